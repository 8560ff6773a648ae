"""A finished run in a store: as if its articles had been added there, whatever broke off and whatever was there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from accord.errors import RunError
from accord.records import Analysis, Article, Briefing, Rejected, Update
from accord.runs.loading import Loaded, load
from accord.stores import Store, open_store
from accord.stores.store import Query
from accord.upkeep import add
from databases import Server
from runs.finished import CONFIG, Desk, changed, reports, write_lines


@dataclass(frozen=True)
class Made:
    """A run, the file that it is of, and the articles in that, in the order of their days."""

    desk: Desk
    folder: Path
    lines: Path
    articles: list[Article]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Give a run over a few reports; one report comes in two versions, and one line holds nothing."""
    folder, desk = tmp_path_factory.mktemp("run"), Desk()
    articles = reports()
    later = changed(articles[0], "All passengers were taken off by noon", "One passenger is missing")
    lines = write_lines(folder / "desk.jsonl", [articles[0], later, *articles[1:]])
    with lines.open("a", encoding="utf-8") as file:
        file.write('{"title": "Nothing", "text": ""}\n')
    return Made(desk, desk.run(folder / "run", [str(lines)]), lines, articles)


@pytest.fixture(autouse=True)
def _once(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("intake", "refreshing", "maker"):
        monkeypatch.setattr(f"accord.upkeep.{module}.analyzed", made.desk.analyzed)


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    url = "memory:" if request.param == "memory" else str(tmp_path / "store.db")
    with closing(open_store(url)) as opened:
        yield opened


@pytest.fixture(scope="module")
def added(made: Made) -> Iterator[Store]:
    """Give a store to which the same articles were added."""
    with closing(open_store("memory:")) as opened, pytest.MonkeyPatch.context() as patch:
        patch.setattr("accord.upkeep.intake.analyzed", made.desk.analyzed)
        add([str(made.lines)], opened, config=CONFIG)
        yield opened


def seen(store: Store) -> dict[str, object]:
    """Return what a reader of the store sees, times left out."""
    lines = sorted(store.stories(limit=100), key=lambda line: line.id)
    return {
        "stories": [replace(line, updated=None, revision=0) for line in lines],
        "briefings": [store.briefing(line.id) for line in lines],
        "members": [[held.article.id for held in store.numbered(store.members([x.id])[x.id])] for x in lines],
        "chains": sorted(store.chains(), key=lambda chain: chain.id),
        "ledger": list(store.ledger()),
        "updates": sorted((replace(update, at=None) for update in store.updates(limit=1000)), key=lambda u: u.id),
        "hits": sorted((hit.kind, hit.article, hit.story or "") for hit in store.search(Query("ferry", limit=500))),
        "claims": sorted(str(replace(hit, score=0.0)) for hit in store.search(Query(kind="quote", limit=500))),
        "counts": store.counts(),
    }


def links(store: Store) -> dict[tuple[str, str], float]:
    held = {item.number: item.article.id for item in store.each()}
    found = store.links(list(held))
    return {(held[a], held[b]): alike for a, near in found.items() for b, alike in near.items()}


def no_analysis(*_: object) -> Analysis | str:
    raise AssertionError("a load analyzes nothing")


# an empty store -------------------------------------------------------------------------------------------------------


def test_a_loaded_run_is_as_if_its_articles_had_been_added(
    made: Made, added: Store, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("intake", "refreshing", "maker"):
        monkeypatch.setattr(f"accord.upkeep.{module}.analyzed", no_analysis)
    told: list[Rejected | Update] = []
    loaded = load(str(made.folder), store, told=told.append)
    wanted, found = seen(added), seen(store)
    for name in wanted:
        assert found[name] == wanted[name], name
    assert links(store) == links(added)
    assert loaded == Loaded(len(made.articles), 1, 0, len(store.stories(limit=100)))
    assert [rejected.what.rpartition("/")[2] for _, rejected in store.rejects()] == ["desk.jsonl, line 9"]
    assert [item for item in told if isinstance(item, Rejected)] == []
    assert list(store.check()) == []


def test_a_run_is_loaded_into_postgresql(made: Made, added: Store, postgres: Server) -> None:
    url = postgres.fresh()
    with closing(open_store(url)) as store:
        load(str(made.folder), store)
        wanted, found = seen(added), seen(store)
        assert load(str(made.folder), store) == Loaded(unchanged=len(made.articles) + 1)
    postgres.drop(url)
    for name in ("members", "briefings", "chains", "ledger", "updates", "claims", "counts"):
        assert found[name] == wanted[name], name


def test_loading_twice_changes_nothing(made: Made, store: Store) -> None:
    load(str(made.folder), store)
    before, pulse = seen(store), store.pulse()
    assert load(str(made.folder), store) == Loaded(unchanged=len(made.articles) + 1)
    assert (seen(store), store.pulse()) == (before, pulse)


class Killed(BaseException):
    pass


@pytest.mark.parametrize("at", [1, 2, 3, 4, 6, 8, 11])
def test_a_load_that_is_killed_and_made_again_ends_the_same(
    made: Made, added: Store, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("accord.runs.loading.BATCH", 5)
    with closing(open_store("memory:")) as store:
        calls, transaction = 0, store.transaction

        def counted() -> object:
            nonlocal calls
            calls += 1
            if calls == at:
                raise Killed
            return transaction()

        monkeypatch.setattr(store, "transaction", counted)
        with pytest.raises(Killed):
            load(str(made.folder), store)
        load(str(made.folder), store)
        wanted, found = seen(added), seen(store)
        for name in wanted:
            assert found[name] == wanted[name], name


# and then -------------------------------------------------------------------------------------------------------------


def test_an_article_that_is_added_later_joins_a_loaded_story(made: Made, store: Store, tmp_path: Path) -> None:
    load(str(made.folder), store)
    before = made.articles[-1]
    newer = replace(
        before, id="", outlet="Sella Evening Post", url=None, title="On the ferry", text=before.text + "\n\nMore soon."
    )
    (held,) = store.held([before.id])
    told: list[Rejected | Update] = []
    result = add([str(write_lines(tmp_path / "new.jsonl", [newer]))], store, config=CONFIG, told=told.append)
    assert (result.articles, result.stories) == (1, (held.story,))
    assert [item.kind for item in told if isinstance(item, Update)][:1] == ["new report"]
    assert add([str(made.lines)], store, config=CONFIG).articles == 0
    assert load(str(made.folder), store).unchanged == len(made.articles) + 1


def test_a_new_version_of_a_loaded_article_takes_its_place(made: Made, store: Store, tmp_path: Path) -> None:
    load(str(made.folder), store)
    before = made.articles[-1]
    later = changed(before, "40 new lifeboats", "38 new lifeboats")
    result = add([str(write_lines(tmp_path / "new.jsonl", [later]))], store, config=CONFIG)
    assert (result.articles, result.versions) == (0, 1)
    assert [held.superseded for held in store.versions(before.id)] == [True, False]


# a store that holds others --------------------------------------------------------------------------------------------


def test_what_the_store_holds_is_passed_over_and_its_stories_are_briefed_anew(
    made: Made, added: Store, store: Store, tmp_path: Path
) -> None:
    half = write_lines(tmp_path / "half.jsonl", made.articles[1::2])
    add([str(half)], store, config=CONFIG)
    loaded = load(str(made.folder), store)
    assert loaded.unchanged == len(made.articles[1::2])
    assert (loaded.articles + loaded.versions, loaded.rejected) == (len(made.articles) + 1 - loaded.unchanged, 0)
    assert loaded.anew
    wanted, found = seen(added), seen(store)
    assert _texts(found["briefings"]) == _texts(wanted["briefings"])
    assert store.stale() == []
    assert list(store.check()) == []
    assert load(str(made.folder), store).unchanged == len(made.articles) + 1


def test_stories_like_nothing_in_the_store_are_taken_over_and_the_others_join(
    made: Made, store: Store, tmp_path: Path
) -> None:
    last = made.articles[-1]
    copy = replace(
        last, id="", outlet="Sella Evening Post", url=None, title="On the ferry", text=last.text + "\n\nMore soon."
    )
    add([str(write_lines(tmp_path / "other.jsonl", [copy]))], store, config=CONFIG)
    (other,) = store.stories()
    loaded = load(str(made.folder), store)
    assert (loaded.articles, loaded.unchanged) == (len(made.articles), 0)
    assert loaded.stories == len(store.stories(limit=100)) - len(loaded.anew)
    assert loaded.stories > 0
    (held,) = store.held([last.id])
    assert held.story == other.id
    assert list(store.check()) == []


@pytest.mark.parametrize(("number", "counts"), [(1, (7, 1, 0)), (0, (7, 0, 1))])
def test_an_article_whose_id_the_store_has_for_another_takes_another_id(
    made: Made, store: Store, tmp_path: Path, number: int, counts: tuple[int, int, int]
) -> None:
    stranger = replace(
        made.articles[number],
        outlet="Uplands Mail",
        url=None,
        title="Bees",
        text="The town of Halm counted its bees on Tuesday. There were nine hives, said Ada Bray, a gardener.",
    )
    add([str(write_lines(tmp_path / "other.jsonl", [stranger]))], store, config=CONFIG)
    loaded = load(str(made.folder), store)
    assert (loaded.articles, loaded.versions, loaded.rejected) == counts
    (held,) = store.held([made.articles[number].id])
    assert (held.article.outlet, held.superseded) == ("Uplands Mail", False)
    assert list(store.check()) == []
    assert store.stale() == []


def _texts(briefings: object) -> list[list[str]]:
    assert isinstance(briefings, list)
    return sorted(
        sorted(article.text for article in briefing.articles)
        for briefing in briefings
        if isinstance(briefing, Briefing)
    )


# what is wrong --------------------------------------------------------------------------------------------------------


def test_a_story_that_the_run_could_not_brief_is_briefed_in_the_store(
    made: Made, added: Store, store: Store, tmp_path: Path
) -> None:
    outlet = made.articles[-1].outlet
    loaded = load(str(made.desk.run(tmp_path / "run", [str(made.lines)], [outlet])), store)
    assert loaded.anew
    assert _texts(seen(store)["briefings"]) == _texts(seen(added)["briefings"])


def test_tables_that_do_not_fit_together_are_told(made: Made, store: Store, tmp_path: Path) -> None:
    folder = made.desk.run(tmp_path / "run", [str(made.lines)])
    manifest = (folder / "manifest.json").read_text()
    name = next(part for part in manifest.split('"') if part.startswith("analyses/"))
    (row,) = [line for line in manifest.splitlines() if name in line]
    (folder / "manifest.json").write_text(manifest.replace(row + "\n", ""))
    with pytest.raises(RunError, match="its table analyses does not fit the others at article"):
        load(str(folder), store)


def test_a_folder_without_a_run_is_told(store: Store, tmp_path: Path) -> None:
    with pytest.raises(RunError, match="there is no manifest"):
        load(str(tmp_path), store)
