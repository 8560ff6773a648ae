"""What every store promises of updates, of the ledger and of what the watch keeps."""

from __future__ import annotations

from dataclasses import replace

from accord.records import Citation, LedgerEntry, LedgerLine, Update
from accord.stores import Store
from accord.stores.store import Feed, Visit
from arrivals import AT, FERRY, LATER, article, entry, keep, line, update

# updates --------------------------------------------------------------------------------------------------------------


def tell(store: Store, *updates: Update) -> None:
    with store.transaction():
        store.tell(updates)


def told(store: Store, **rest: object) -> list[str]:
    return [item.id for item in store.updates(**rest)]


def test_updates_come_back_as_they_were_the_latest_first(store: Store) -> None:
    whole = Update(
        "u3", "corrected", "s", "A number changed\x00", LATER, "f", "a", "214", "215",
        (Citation("a", 0, 3, FERRY[:3]),), ("Ilse Tarn", "Norvik"),
    )  # fmt: skip
    keep(store, "a")
    tell(store, update("u1"), update("u2"))
    tell(store, whole, update("u0", at="2031-05-01T00:00:00Z"))
    assert store.updates() == [whole, update("u1"), update("u2"), update("u0", at="2031-05-01T00:00:00Z")]
    assert told(store, limit=2) == ["u3", "u1"]
    assert told(store, limit=2, offset=1) == ["u1", "u2"]
    assert store.counts().updates == 4


def test_an_update_is_told_once(store: Store) -> None:
    tell(store, update("u1"), update("u1", gist="Another"))
    tell(store, update("u1", at=LATER), update("u2"))
    assert [(item.id, item.at, item.gist) for item in store.updates()] == [
        ("u1", AT, "Update u1"),
        ("u2", AT, "Update u2"),
    ]


def test_updates_of_one_time_come_in_the_order_in_which_they_were_told(store: Store) -> None:
    tell(store, update("n1", at=LATER), update("n2", at=LATER))
    tell(store, update("o1"), update("o2"), update("o3"))
    tell(store, update("n3", at=LATER))
    assert told(store) == ["n1", "n2", "n3", "o1", "o2", "o3"]


def test_updates_are_filtered(store: Store) -> None:
    tell(
        store,
        update("u1", story="s", at="2031-05-01T10:00:00Z", names=("Ilse Tarn",)),
        update("u2", story="t", at="2031-05-02T10:00:00Z", kind="corrected", before="2,140 crowns", after="214 crowns"),
        update(
            "u3", story="s", at="2031-05-03T10:00:00Z", gist="Élise Brandt lost an orchard", names=("Élise Brandt",)
        ),
        update("u4", story="t", at=None),
    )
    assert told(store, since="2031-05-02") == ["u3", "u2"]
    assert told(store, since="2031-05-02T10:00:00Z") == ["u3", "u2"]
    assert told(store, since="2031-05-02T10:00:01Z") == ["u3"]
    assert told(store, story="s") == ["u3", "u1"]
    assert told(store, name="tarn") == told(store, name="Ilse Tarn") == ["u1"]
    assert told(store, name="elise brandt") == ["u3"]
    assert told(store, words="ORCHARD lost") == ["u3"]
    assert told(store, words="crowns") == ["u2"]
    assert told(store, kind="corrected") == ["u2"]
    assert told(store, kind="newly disputed", story="s", since="2031-05-02") == ["u3"]
    assert told(store, story="none") == told(store, kind="merged") == []
    assert told(store) == ["u3", "u2", "u1", "u4"]


# the ledger -----------------------------------------------------------------------------------------------------------


def keep_lines(store: Store, articles: list[str], *lines: LedgerLine) -> None:
    with store.transaction():
        store.keep_lines(articles, lines)


def keep_entries(store: Store, *entries: LedgerEntry, gone: tuple[str, ...] = ()) -> None:
    with store.transaction():
        store.keep_entries(entries, gone)


def fill(store: Store) -> tuple[LedgerLine, LedgerLine, LedgerLine]:
    """Keep three lines of two articles, in no entry."""
    reports = (article("a"), article("b"))
    keep(store, *reports)
    lines = (line("l1", reports[0]), line("l2", reports[0]), line("l3", reports[1], keys=("other", "lifeboat")))
    keep_lines(store, ["a", "b"], *lines)
    return lines


def test_lines_come_back_as_they_were(store: Store) -> None:
    keep(store, "a")
    start = FERRY.index("promised")
    whole = LedgerLine(
        "l", "a", start, start + 8, "promised", "partly done", "Brennick Courier", None, "boats\x00", "2031-05-04",
        "all", "offered", 40.0, "boat", "by March", "2032-03", "Tarn", "s", "f", "o", ("k1", "k2\x00"),
    )  # fmt: skip
    keep_lines(store, ["a"], whole)
    assert store.lines(["a"]) == [(whole, None)]
    assert store.lines_near(["k2\x00"]) == [(whole, None)]


def test_lines_take_the_place_of_those_of_their_articles(store: Store) -> None:
    one, two, three = fill(store)
    assert sorted(item.id for item, _ in store.lines(["a", "b", "none"])) == ["l1", "l2", "l3"]
    keep_entries(store, entry("e", one, three))
    changed = replace(one, what="41 new lifeboats")
    keep_lines(store, ["a"], changed)
    assert store.lines(["a"]) == [(changed, None)]
    assert store.lines(["b"]) == [(three, "e")]
    keep_lines(store, ["a", "b"])
    assert store.lines(["a", "b"]) == []
    assert store.lines_near(["lifeboat"]) == []
    assert two.id == "l2"


def test_lines_that_share_a_key_are_near(store: Store) -> None:
    one, two, three = fill(store)
    keep_entries(store, entry("e", one))
    assert sorted(store.lines_near(["lifeboat"]), key=str) == sorted([(one, "e"), (two, None), (three, None)], key=str)
    assert store.lines_near(["key l2", "other"], most=1) in ([(two, None), (three, None)], [(three, None), (two, None)])
    assert store.lines_near(["lifeboat"], most=2) == []
    assert [item.id for item, _ in store.lines_near(["lifeboat", "other"], most=2)] == ["l3"]
    assert store.lines_near([]) == store.lines_near(["none"]) == []


def test_entries_come_back_as_they_were(store: Store) -> None:
    one, two, _ = fill(store)
    whole = LedgerEntry(
        "e1", None, "boats\x00", "reported done", "done: l2", (one, two), "all", "offered", 40.0, "boat", "by March",
        "2032-03", "2031-05-04", "2031-06-04", (Citation("a", 0, 3, FERRY[:3]),),
    )  # fmt: skip
    keep_entries(store, whole, entry("e2"))
    assert store.entries(["e2", "none", "e1"]) == [entry("e2"), whole]
    assert store.entries([]) == []
    assert [in_entry for _, in_entry in sorted(store.lines(["a"]), key=lambda row: row[0].id)] == ["e1", "e1"]
    assert store.counts().entries == 2
    assert list(store.check()) == []


def test_entries_take_the_place_of_those_before(store: Store) -> None:
    one, two, three = fill(store)
    keep_entries(store, entry("e1", one, two), entry("e2", three))
    keep_entries(store, entry("e1", one, status="overdue"), entry("e3", two, three), gone=("e2", "never"))
    assert [item.id for item in store.ledger()] == ["e1", "e3"]
    assert store.entries(["e1"])[0].status == "overdue"
    assert {item.id: name for item, name in store.lines(["a", "b"])} == {"l1": "e1", "l2": "e3", "l3": "e3"}
    keep_entries(store, entry("e3", two))
    assert {item.id: name for item, name in store.lines(["a", "b"])} == {"l1": "e1", "l2": "e3", "l3": None}
    keep_entries(store, gone=("e1", "e3"))
    assert list(store.ledger()) == []
    assert {name for _, name in store.lines(["a", "b"])} == {None}


def test_the_ledger_is_in_the_order_of_days(store: Store) -> None:
    keep_entries(
        store,
        entry("c", made="2031-05-02"),
        entry("b", made="2031-05-03"),
        entry("a", made="2031-05-03"),
        entry("d", made="2031-05-01"),
    )
    assert [item.id for item in store.ledger()] == ["d", "c", "a", "b"]


def test_the_ledger_is_filtered(store: Store) -> None:
    one, _, _ = fill(store)
    keep_entries(
        store,
        entry("e1", one, who="Élise Brandt", to_whom="the orchard keepers", what="a new press", due_date="2031-06-15"),
        entry("e2", who="Norvik Line", what="repairs of the quay", due_date="2031-06"),
        entry("e3", who=None, what="nothing", due_date="2032"),
        entry("e4", who="Norvik Line"),
    )

    def found(**rest: object) -> list[str]:
        return sorted(item.id for item in store.ledger(**rest))

    assert found(who="norvik") == ["e2", "e4"]
    assert found(who="elise BRANDT") == ["e1"]
    assert found(to_whom="orchard") == ["e1"]
    assert found(topic="quay repairs") == ["e2"]
    assert found(who="norvik", topic="press") == found(who="nobody") == []
    assert found(due=("2031-06-01", "2031-06-30")) == ["e1", "e2"]
    assert found(due=("2031-06-16", "2031-06-20")) == ["e2"]
    assert found(due=("2031-07-01", None)) == ["e3"]
    assert found(due=(None, "2031-06-10")) == ["e2"]
    assert found(due=(None, None)) == ["e1", "e2", "e3"]
    assert found() == ["e1", "e2", "e3", "e4"]


# the watch ------------------------------------------------------------------------------------------------------------


def test_feeds_are_kept_and_replaced(store: Store) -> None:
    one, two = Feed("http://a.example/", AT), Feed("http://b.example/", LATER, 3, "it does not answer", AT)
    with store.transaction():
        store.keep_feed(one)
        store.keep_feed(two)
    assert sorted(store.feeds(), key=lambda feed: feed.url) == [one, two]
    assert store.feeds(["http://b.example/", "http://none.example/"]) == [two]
    assert store.feeds([]) == []
    with store.transaction():
        store.keep_feed(replace(one, next="", failures=1))
    assert sorted(store.feeds(), key=lambda feed: feed.url) == [replace(one, next="", failures=1), two]


def test_pages_are_visited_again_the_most_urgent_first(store: Store) -> None:
    times = {"a": "2031-05-03T00:00:00Z", "b": "2031-05-01T00:00:00Z", "c": "2031-05-02T00:00:00Z", "d": ""}
    with store.transaction():
        for name, at in times.items():
            store.keep_visit(Visit(f"http://{name}.example/", at, 2, 1, AT, '{"a": 1}'))
    due = store.visits("2031-05-02T12:00:00Z")
    assert [visit.url for visit in due] == ["http://b.example/", "http://c.example/"]
    assert due[0] == Visit("http://b.example/", times["b"], 2, 1, AT, '{"a": 1}')
    assert [visit.url for visit in store.visits("2032", limit=1)] == ["http://b.example/"]
    assert store.visit("http://a.example/") == Visit("http://a.example/", times["a"], 2, 1, AT, '{"a": 1}')
    assert store.visit("http://none.example/") is None
    with store.transaction():
        store.keep_visit(Visit("http://b.example/", ""))
    assert [visit.url for visit in store.visits("2032")] == ["http://c.example/", "http://a.example/"]
