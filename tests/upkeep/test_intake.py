"""Intake and refresh: what is added is kept whole, once, in its story; what changes is briefed and told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from accord import pipeline
from accord.config import Config
from accord.errors import AnalyzeError
from accord.records import Analysis, Article, Quote, Rejected, Sentence, Update
from accord.stores import Store, open_store
from accord.upkeep import Added, add, intake, refresh, refreshing

LANTERN = {
    "outlet": "The Lantern",
    "title": "Council backs new bridge over the Orle",
    "url": "https://lantern.example/bridge",
    "published": "2024-05-06",
    "text": "VESTRA - The council of Vestra backed a new bridge over the Orle on Monday. "
    'Mayor Ines Corvo said the bridge would cost $12 million. "We start in June," she said.',
}
GAZETTE = {
    "outlet": "Orle Gazette",
    "title": "New bridge over the Orle wins council vote",
    "url": "https://gazette.example/2024/bridge",
    "published": "2024-05-06",
    "text": "The council in Vestra voted on Monday for a new bridge over the Orle that will cost $12 million. "
    '"We start in June," Mayor Ines Corvo told reporters after the vote.',
}
OTHER = {
    "outlet": "Halden Post",
    "title": "Dairy herd escapes from farm at Halden",
    "url": "https://post.example/cows",
    "published": "2024-05-07",
    "text": "Forty cows walked out of a farm near Halden and blocked the railway for two hours, the operator said.",
}


@pytest.fixture
def store() -> Store:
    return open_store("memory:")


def reports(folder: Path, *rows: dict[str, str]) -> str:
    path = folder / f"reports-{len(list(folder.iterdir()))}.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def light(article: Article, config: Config) -> Analysis:
    """Return an analysis without models: sentences and quotes alone."""
    sentences, at = [], 0
    for number, text in enumerate(article.text.split(". ")):
        sentences.append(Sentence(at, at + len(text), text, number))
        at += len(text) + 2
    quotes = [Quote(article.id, s.start, s.end, s.text, "direct", "Ines Corvo") for s in sentences if '"' in s.text]
    return Analysis(article.id, tuple(sentences), quotes=tuple(quotes))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accord.analyze.analyze", light)


def texts(store: Store) -> dict[str, str]:
    return {held.article.text: held.story or "" for held in store.each()}


@pytest.mark.usefixtures("quick")
def test_adding_twice_changes_nothing(store: Store, tmp_path: Path) -> None:
    path = reports(tmp_path, LANTERN, GAZETTE, OTHER)
    first = add([path], store)
    assert (first.articles, first.unchanged, len(first.stories)) == (3, 0, 2)
    before = (store.counts(), store.stories(), [store.briefing(line.id) for line in store.stories()], store.updates())
    again = add([path], store)
    assert again == Added(unchanged=3)
    after = (store.counts(), store.stories(), [store.briefing(line.id) for line in store.stories()], store.updates())
    assert after == before


@pytest.mark.usefixtures("quick")
def test_reports_of_one_event_that_come_on_different_days_are_one_story(store: Store, tmp_path: Path) -> None:
    add([reports(tmp_path, LANTERN)], store)
    add([reports(tmp_path, OTHER)], store)
    added = add([reports(tmp_path, GAZETTE)], store)
    of = texts(store)
    assert of[LANTERN["text"]] == of[GAZETTE["text"]] != of[OTHER["text"]]
    assert added.stories == (of[LANTERN["text"]],)
    briefing = store.briefing(of[LANTERN["text"]])
    assert briefing is not None
    assert {article.outlet for article in briefing.articles} == {"The Lantern", "Orle Gazette"}


@pytest.mark.usefixtures("quick")
def test_a_changed_report_is_a_version_in_the_story_and_its_correction_is_told(store: Store, tmp_path: Path) -> None:
    add([reports(tmp_path, LANTERN, GAZETTE)], store)
    changed = LANTERN | {"text": LANTERN["text"].replace("$12 million", "$21 million"), "modified": "2024-05-08"}
    added = add([reports(tmp_path, changed)], store)
    assert (added.articles, added.versions) == (0, 1)
    (line,) = store.stories()
    briefing = store.briefing(line.id)
    assert briefing is not None
    assert sorted(article.text for article in briefing.articles) == sorted([changed["text"], GAZETTE["text"]])
    (corrected,) = [update for update in added.updates if update.kind == "corrected"]
    assert "$12 million" in (corrected.before or "")
    assert "$21 million" in (corrected.after or "")
    assert [held.superseded for held in store.versions(briefing.articles[0].replaces or briefing.articles[1].id)]


@pytest.mark.usefixtures("quick")
def test_a_batch_that_fails_leaves_nothing_and_is_made_again(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> tuple[str, ...]:
        raise OSError("the machine goes down")

    path = reports(tmp_path, LANTERN, GAZETTE)
    with monkeypatch.context() as patch:
        patch.setattr(intake, "place", fail)
        with pytest.raises(OSError, match="goes down"):
            add([path], store)
    assert store.counts().articles == 0
    assert add([path], store).articles == 2


@pytest.mark.usefixtures("quick")
def test_what_is_stopped_goes_on_where_it_was(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "BATCH", 1)
    path = reports(tmp_path, LANTERN, OTHER, GAZETTE)
    asked = iter([False, True])
    first = add([path], store, stop=lambda: next(asked, True))
    assert (first.articles, first.stopped, first.stories) == (1, True, ())
    second = add([path], store)
    assert (second.articles, second.unchanged, len(second.stories)) == (2, 1, 2)


@pytest.mark.usefixtures("quick")
def test_what_another_process_kept_meanwhile_is_not_kept_twice(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = reports(tmp_path, LANTERN, GAZETTE)
    once: Iterator[bool] = iter([True])

    def meanwhile(article: Article, config: Config) -> Analysis:
        if next(once, False):
            assert add([reports(tmp_path, LANTERN)], store).articles == 1
        return light(article, config)

    monkeypatch.setattr("accord.analyze.analyze", meanwhile)
    added = add([path], store)
    assert (added.articles, added.unchanged) == (1, 1)
    assert store.counts().articles == 2
    assert len(store.stories()) == 1


def test_an_article_that_cannot_be_analyzed_is_named_and_the_rest_is_kept(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def picky(article: Article, config: Config) -> Analysis:
        if article.outlet == "Halden Post":
            raise AnalyzeError("it is in no language that is read; leave it out")
        return light(article, config)

    monkeypatch.setattr("accord.analyze.analyze", picky)
    said: list[Rejected | Update] = []
    path = reports(tmp_path, OTHER, LANTERN)
    added = add([path], store, told=said.append)
    assert (added.articles, added.rejected) == (1, 1)
    reject = Rejected(f"{path}, line 1", "analyze", "it is in no language that is read; leave it out")
    assert said[0] == reject
    assert [found for _, found in store.rejects()] == [reject]


@pytest.mark.usefixtures("quick")
def test_a_report_that_was_taken_down_no_longer_counts(store: Store, tmp_path: Path) -> None:
    add([reports(tmp_path, LANTERN, GAZETTE)], store)
    (lantern,) = [held for held in store.each() if held.article.outlet == "The Lantern"]
    with store.transaction():
        store.take_down(lantern.article.id, "2024-05-09T08:00:00Z")
    updates = refresh(store)
    assert "retracted" in {update.kind for update in updates}
    (line,) = store.stories()
    briefing = store.briefing(line.id)
    assert briefing is not None
    assert [article.outlet for article in briefing.articles] == ["Orle Gazette"]


@pytest.mark.usefixtures("quick")
def test_a_story_whose_only_report_was_taken_down_says_so_and_is_empty(store: Store, tmp_path: Path) -> None:
    add([reports(tmp_path, OTHER)], store)
    (held,) = store.each()
    with store.transaction():
        store.take_down(held.article.id, "2024-05-09T08:00:00Z")
    (update,) = refresh(store)
    assert (update.kind, update.article) == ("retracted", held.article.id)
    assert refresh(store) == ()
    briefing = store.briefing(store.stories()[0].id)
    assert briefing is not None
    assert briefing.findings == ()


@pytest.mark.usefixtures("quick")
def test_analyses_of_an_older_accord_are_made_anew(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add([reports(tmp_path, LANTERN, OTHER)], store)
    assert refresh(store, outdated=True) == ()
    monkeypatch.setattr(refreshing, "maker", lambda: "a later accord")
    assert len(store.outdated("a later accord", 10)) == 2
    refresh(store, outdated=True)
    assert store.outdated("a later accord", 10) == []
    assert store.stale() == []


@pytest.mark.usefixtures("quick")
def test_of_a_story_with_many_reports_all_outlets_are_compared(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "MOST_COMPARED", 2)
    later = LANTERN | {
        "url": "https://lantern.example/bridge-2",
        "title": "Council backs bridge",
        "published": "2024-05-07",
    }
    add([reports(tmp_path, LANTERN, GAZETTE, later)], store)
    (line,) = store.stories()
    briefing = store.briefing(line.id)
    assert briefing is not None
    assert {(a.outlet, a.published) for a in briefing.articles} == {
        ("The Lantern", "2024-05-07"),
        ("Orle Gazette", "2024-05-06"),
    }
    assert [r.what for r in briefing.rejected if r.stage == "brief"] == [f"The Lantern: {LANTERN['title']}"]


@pytest.mark.usefixtures("quick")
def test_a_defect_met_by_one_article_or_story_does_not_keep_the_others_out(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(article: Article, config: Config) -> Analysis:
        if article.outlet == "Halden Post":
            raise IndexError("string index out of range")
        return light(article, config)

    def failing(articles: list[Article], *_: object, **__: object) -> None:
        raise KeyError("a name")

    monkeypatch.setattr("accord.analyze.analyze", faulty)
    said: list[Rejected | Update] = []
    added = add([reports(tmp_path, OTHER, LANTERN)], store, told=said.append)
    assert (added.articles, added.rejected) == (1, 1)
    assert "accord fails on it" in store.rejects()[0][1].reason
    with monkeypatch.context() as patch:
        patch.setattr("accord.pipeline.brief_analyses", failing)
        assert add([reports(tmp_path, GAZETTE)], store, told=said.append).stories == ()
    assert "accord fails on it (KeyError" in store.rejects()[0][1].reason
    assert len(store.stale()) == 1
    refresh(store)
    assert store.stale() == []


@pytest.mark.usefixtures("quick")
def test_a_story_that_another_process_briefs_meanwhile_is_told_by_that_one_alone(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from accord import pipeline

    brief_analyses, others = pipeline.brief_analyses, []

    def beside(*given: object, **options: object) -> object:
        if not others:
            others.append(())
            others.append(refresh(store))
        return brief_analyses(*given, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "brief_analyses", beside)
    added = add([reports(tmp_path, LANTERN)], store)
    assert [update.kind for update in others[1]] == ["new story"]
    assert (added.stories, added.updates) == ((), ())
