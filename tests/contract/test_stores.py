"""What every store promises of itself: transactions, opening, others at work on it, backup, check."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from accord.errors import StoreError
from accord.readers.web.memory import Validators
from accord.records import Chain, Correction, Rejected
from accord.stores import Store, open_store
from accord.stores.store import Counts, Feed, Visit
from arrivals import (
    AT,
    BRIDGE,
    LATER,
    MAKER,
    analysis,
    arrival,
    article,
    brief,
    briefing,
    entry,
    keep,
    line,
    place,
    update,
)
from contents import contents

WRITES: dict[str, Callable[[Store], object]] = {
    "note": lambda store: store.note("mark of a late one"),
    "reject": lambda store: store.reject([Rejected("feed.jsonl, line 9", "parse", "it is empty")], LATER),
    "keep": lambda store: store.keep([arrival("new")], LATER),
    "keep a version": lambda store: store.keep([arrival(article("a2", version=2, replaces="a"))], LATER),
    "take_down": lambda store: store.take_down("a", LATER),
    "reanalyze": lambda store: store.reanalyze([analysis(article("b", BRIDGE))], "accord 10"),
    "link": lambda store: store.link([(1, 2, 0.25)]),
    "place": lambda store: store.place({"t": [1, 2]}, {"s": "t"}, LATER),
    "chain": lambda store: store.chain([Chain("c", ("s", "r"))], ["s"]),
    "brief": lambda store: store.brief("s", _revision(store), briefing(article("a"), title="Anew"), 2.0, LATER),
    "tell": lambda store: store.tell([update("u2")]),
    "keep_lines": lambda store: store.keep_lines(["a"], [line("l2")]),
    "keep_entries": lambda store: store.keep_entries([entry("e2", line("l1"))], ["e1"]),
    "correct": lambda store: store.correct(Correction("c2", "entry dismissed", "Ida Lund", LATER, articles=("b",))),
    "undo": lambda store: store.undo("c1", "Per Holt", LATER),
    "tally": lambda store: store.tally("t", origins=1, agreed=2, disputed=3, single=4, lead="Anew."),
    "keep_feed": lambda store: store.keep_feed(Feed("http://courier.example/feed", LATER)),
    "keep_visit": lambda store: store.keep_visit(Visit("http://courier.example/a", LATER)),
    "stamp": lambda store: store.stamp("key", "value"),
}


def _revision(store: Store) -> int:
    found = store.story("s")
    return found.revision if found else 0


def fill(store: Store) -> None:
    """Keep something of everything: articles a and b, both in the story s, briefed, with an update and an entry."""
    reports = (article("a"), article("b", BRIDGE, outlet="Quellmouth Post"))
    numbers = keep(store, *reports)
    place(store, {"s": numbers})
    brief(store, "s", briefing(*reports))
    with store.transaction():
        store.tell([update("u1")])
        store.correct(Correction("c1", "speaker", "Ida Lund", AT, articles=("a",)))
        store.keep_lines(["a"], [line("l1")])
        store.keep_entries([entry("e1", line("l1"))])


# transactions ---------------------------------------------------------------------------------------------------------


def test_writing_outside_a_transaction_is_refused(store: Store) -> None:
    fill(store)
    before = contents(store)
    for write in WRITES.values():
        with pytest.raises(RuntimeError):
            write(store)
    assert contents(store) == before


def test_all_that_is_written_in_a_transaction_is_kept(store: Store) -> None:
    fill(store)
    before = contents(store)
    for write in WRITES.values():
        with store.transaction():
            write(store)
    after = contents(store)
    same = {"hits", "chains", "stale", "pages", "versions"}
    assert [part for part in before if before[part] == after[part] and part not in same] == []


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_an_error_in_a_transaction_leaves_nothing(store: Store, error: type[BaseException]) -> None:
    fill(store)
    before = contents(store)
    with pytest.raises(error), store.transaction():  # noqa: PT012
        for write in WRITES.values():
            write(store)
        raise error
    assert contents(store) == before
    assert not store.seen("mark of a late one")
    assert not store.seen("mark new")
    assert not store.given("new")
    assert store.stamp("key") is None
    assert [known.article.id for known in store.known("url a")] == ["a"]
    for write in WRITES.values():
        with store.transaction():
            write(store)
    assert store.given("new")


def test_a_transaction_sees_what_it_wrote_itself(store: Store) -> None:
    with store.transaction():
        number = store.keep([arrival("a")], AT)[0]
        store.place({"s": [number]}, {}, AT)
        assert store.given("a")
        assert store.stories_of([number]) == {number: "s"}
        assert store.stale() == ["s"]


def test_a_transaction_in_a_transaction_is_refused(store: Store) -> None:
    with pytest.raises(RuntimeError), store.transaction(), store.transaction():
        pass
    keep(store, "a")
    assert store.given("a")


def test_a_transaction_that_writes_nothing_is_no_harm(store: Store) -> None:
    with store.transaction():
        pass
    assert store.counts() == Counts(0, 0, 0, 0, 0, 0, 0)


# opening --------------------------------------------------------------------------------------------------------------


def test_everything_is_there_when_it_is_opened_again(lasting: str) -> None:
    with closing(open_store(lasting)) as store:
        fill(store)
        for write in WRITES.values():
            with store.transaction():
                write(store)
        before = contents(store)
    with closing(open_store(lasting, make=False)) as store:
        assert contents(store) == before
        assert store.stamp("key") == "value"
        assert keep(store, "more")[0] > max(held.number for held in store.held(["a", "b", "new"]))


def test_a_store_that_is_not_there_is_made_only_where_that_is_wanted(url: str) -> None:
    with pytest.raises(StoreError, match=r"\w; |\w, "):
        open_store(url, make=False)
    with closing(open_store(url)) as store:
        assert store.counts() == Counts(0, 0, 0, 0, 0, 0, 0)


def test_the_address_is_told_without_a_password(store: Store) -> None:
    assert store.url
    assert "secret" not in store.url


def test_a_wrong_address_is_told_without_its_password() -> None:
    with pytest.raises(StoreError) as caught:
        open_store("postgresql://jo:secret@127.0.0.1:9/none?connect_timeout=2")
    assert "secret" not in str(caught.value)
    assert "127.0.0.1" in str(caught.value)


@pytest.mark.parametrize("address", ["mysql://here/db", "http://courier.example/feed", "redis://x"])
def test_no_store_is_known_of_other_kinds(address: str) -> None:
    with pytest.raises(StoreError, match="no store of this kind"):
        open_store(address)


# others at work -------------------------------------------------------------------------------------------------------


def test_reading_does_not_wait_for_a_writer_and_sees_only_what_is_committed(lasting: str) -> None:
    with closing(open_store(lasting)) as writer, closing(open_store(lasting)) as reader:
        keep(writer, "a")
        with writer.transaction():
            writer.keep([arrival("b")], AT)
            started = time.monotonic()
            assert reader.given("a")
            assert not reader.given("b")
            assert reader.counts().articles == 1
            assert time.monotonic() - started < 1.0
        assert reader.given("b")


def test_a_writer_waits_for_another(lasting: str) -> None:
    with closing(open_store(lasting)) as first, closing(open_store(lasting)) as second:
        done: list[float] = []

        def write() -> None:
            keep(second, "b")
            done.append(time.monotonic())

        thread = threading.Thread(target=write)
        with first.transaction():
            first.keep([arrival("a")], AT)
            thread.start()
            time.sleep(0.3)
            ended = time.monotonic()
        thread.join(20)
        assert done
        assert done[0] > ended
        assert first.counts().articles == second.counts().articles == 2


def test_two_that_write_in_turn_give_different_numbers(lasting: str) -> None:
    with closing(open_store(lasting)) as first, closing(open_store(lasting)) as second:
        numbers = [keep(store, f"{name}{n}")[0] for n in range(3) for name, store in (("a", first), ("b", second))]
        assert numbers == sorted(set(numbers))


def test_what_one_remembers_of_pages_is_not_confirmed_by_the_other(lasting: str) -> None:
    with closing(open_store(lasting)) as first, closing(open_store(lasting)) as second:
        first.remember("http://courier.example/", Validators(etag='"1"'))
        second.finish()
        assert second.validators("http://courier.example/") is None
        first.finish()
        assert second.validators("http://courier.example/") == Validators(etag='"1"')


# what a store tells of itself -----------------------------------------------------------------------------------------


def test_it_counts_what_it_holds(store: Store) -> None:
    fill(store)
    with store.transaction():
        store.keep([arrival(article("a2", version=2, replaces="a"))], LATER)
        store.reject([Rejected("x", "parse", "it is empty")], LATER)
    expected = Counts(articles=2, versions=1, stories=1, findings=2, entries=1, updates=1, rejected=1)
    assert store.counts() == expected


def test_a_stamp_is_kept_and_replaced(store: Store) -> None:
    assert store.stamp("cursor") is None
    with store.transaction():
        assert store.stamp("cursor", "1") == "1"
    with store.transaction():
        store.stamp("cursor", "2")
        store.stamp("other", "")
    assert (store.stamp("cursor"), store.stamp("other")) == ("2", "")


def test_a_sound_store_has_no_damage(store: Store) -> None:
    assert list(store.check()) == []
    fill(store)
    for write in WRITES.values():
        with store.transaction():
            write(store)
    keep(store, arrival(article("empty", ""), page=None), article("odd", "a\x00b 𝔘\u2028 é" * 50))
    assert list(store.check()) == []


def test_a_backup_holds_everything_while_others_write(url: str, tmp_path: Path) -> None:
    with closing(open_store(url)) as store:
        fill(store)
        target = str(tmp_path / "copy.db")
        if url == "memory:":
            with pytest.raises(StoreError, match=r"copy\.db"):
                store.backup(target)
            return
        before = contents(store)
        with closing(open_store(url)) as other, other.transaction():
            other.keep([arrival("not yet")], LATER)
            store.backup(target)
        with closing(open_store(target, make=False)) as copy:
            assert contents(copy) == before
            assert list(copy.check()) == []
            keep(copy, "more")
        assert not store.given("more")
        with pytest.raises(StoreError, match=r"copy\.db"):
            store.backup(target)
        with pytest.raises(StoreError, match="nowhere"):
            store.backup(str(tmp_path / "nowhere" / "copy.db"))
        assert sorted(path.name for path in tmp_path.glob("*copy*")) == ["copy.db"]


def test_the_maker_of_analyses_is_kept(store: Store) -> None:
    fill(store)
    assert set(store.analyses(["a", "b"], MAKER)) == {"a", "b"}
