"""Versions: what makes two articles versions of one, which is later, and what changed between them."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.parse.draft import Parsed
from accord.parse.versions import changes, keys_of, later, latest, print_of, same
from accord.records import Article, Change

URL = "https://herald.example/dam"
TEXT = "The dam at Oss burst on Monday. Two people died in the flood. The mayor spoke of a dark day."


def article(text: str = TEXT, **fields: object) -> Article:
    return replace(Article("a", text, "herald.example", "Dam bursts"), **fields)  # type: ignore[arg-type]


def changed(before: str, after: str) -> list[tuple[str | None, str | None]]:
    found = changes(article(before), article(after))
    for change in found:
        assert after[change.start : change.end] == (change.after or "")
        assert change.before is None or change.before in before
    return [(change.before, change.after) for change in found]


# what changed ---------------------------------------------------------------------------------------------------------


def test_a_reworded_sentence_is_matched_to_its_old_form() -> None:
    after = TEXT.replace("Two people", "Three people")
    assert changes(article(), article(after)) == (
        Change("Two people died in the flood.", "Three people died in the flood.", 32, 63),
    )


def test_added_and_dropped_sentences_stand_where_they_are_or_would_be() -> None:
    after = TEXT.replace(" Two people died in the flood.", "") + "\n\nTrains stop at Berg until further notice."
    assert changes(article(), article(after)) == (
        Change("Two people died in the flood.", None, 31, 31),
        Change(None, "Trains stop at Berg until further notice.", 64, 105),
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (TEXT, TEXT),
        (TEXT, TEXT.replace(". ", ".\n\n")),
        (TEXT, TEXT.replace(" ", "  ") + "\n"),
        (TEXT, TEXT.replace("at Oss burst", "at\nOss burst")),
        ("“It’s over – all of it,” he said.", '"It\'s over - all of it," he said.'),
        (TEXT, "The mayor spoke of a dark day. The dam at Oss burst on Monday. Two people died in the flood."),
        ("One line here.\nTwo lines here.\nThree lines here.", "Three lines here.\nOne line here.\nTwo lines here."),
    ],
)
def test_white_space_marks_and_moves_are_no_change(before: str, after: str) -> None:
    assert changed(before, after) == []


def test_white_space_beside_a_change_is_no_change_of_its_own() -> None:
    after = TEXT.replace(". ", ".\n\n").replace("Two people", "Three people")
    assert changed(TEXT, after) == [("Two people died in the flood.", "Three people died in the flood.")]


def test_a_sentence_more_of_the_same_is_added() -> None:
    assert changed("It rained. It rained.", "It rained. It rained. It rained.") == [(None, "It rained.")]


def test_a_new_title_is_a_change_that_stands_nowhere_in_the_text() -> None:
    after = article(TEXT.replace("Two", "Ten"), title="Dam at Oss bursts")
    first, second = changes(article(), after)
    assert first == Change("Dam bursts", "Dam at Oss bursts", 0, 0, "title")
    assert second.part == "text"
    assert changes(article(title="“Dam” bursts"), article(title='"Dam"  bursts')) == ()
    assert changes(article(title=None), article()) == (Change(None, "Dam bursts", 0, 0, "title"),)


def test_texts_without_spaces_are_compared_by_sentence() -> None:
    assert changed("大坝决堤。两人死亡。", "大坝决堤。三人死亡。") == [("两人死亡。", "三人死亡。")]


WORDS = st.sampled_from("dam river mayor flood town bridge train school water night".split())
SENTENCES = st.lists(
    st.lists(WORDS, min_size=3, max_size=8).map(lambda words: " ".join(words).capitalize() + "."), max_size=8
)
SEPARATORS = st.sampled_from([" ", "\n", "\n\n"])


@given(SENTENCES, SENTENCES, SEPARATORS, SEPARATORS)
def test_changes_lead_from_the_old_sentences_to_the_new_ones(
    old: list[str], new: list[str], one: str, other: str
) -> None:
    before, after = article(one.join(old)), article(other.join(new))
    found = changes(before, after)
    left = Counter(old) + Counter(c.after for c in found if c.after)
    left.subtract(c.before for c in found if c.before)
    assert +left == Counter(new)
    assert min(left.values(), default=0) >= 0
    for change in found:
        assert after.text[change.start : change.end] == (change.after or "")
        assert change.before is None or change.before in before.text
        assert change.before != change.after
    assert list(found) == sorted(found, key=lambda change: (change.start, change.end))


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    assert changes(article(one), article(one)) == ()
    for change in changes(article(one), article(other)):
        assert other[change.start : change.end] == (change.after or "")
        assert change.before is None or change.before in one


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It rained. " * 9_000, "It poured. " * 9_000),
        (
            "".join(f"In town {n} it rained. " for n in range(4_000)),
            "".join(f"At {n} men wept. " for n in range(4_000)),
        ),
        ("a" * 100_000, "b" * 100_000),
        ("(" * 50_000, ")" * 50_000),
    ],
)
def test_long_texts_take_seconds_at_most(one: str, other: str) -> None:
    start = time.process_time()
    changes(article(one), article(other))
    assert time.process_time() - start < 10


# what is a version of what --------------------------------------------------------------------------------------------


def parsed(text: str = TEXT, what: str = "a.json", own: str | None = None, **fields: object) -> Parsed:
    return Parsed(article(text, **fields), what, own)


def test_the_address_comes_first_then_the_id_then_title_and_day() -> None:
    assert keys_of(parsed(url=URL + "?utm_source=x", own="7")) == (f"url {URL}", "id herald.example\n7")
    assert keys_of(parsed(published="2024-05-31")) == ("title herald.example\nDambursts\n2024-05-31",)
    assert keys_of(parsed()) == ()
    assert keys_of(parsed(url="https://herald.example/")) == ()
    assert keys_of(parsed(url="https://herald.example/?p=7")) == ("url https://herald.example?p=7",)


def test_one_address_makes_versions_only_of_texts_that_are_alike() -> None:
    key = f"url {URL}"
    assert same(key, article(), article(TEXT + " Rescue goes on.", title="Flood"))
    assert not same(key, article(), article("A baker in Berg sells bread of acorns to tourists.", title="Bread"))
    assert not same(key, article(), article("A baker in Berg sells bread of acorns to tourists."))
    day = {"published": "2024-05-31"}
    assert same(key, article(**day), article("Live: the dam at Oss has given way.", **day))


def test_an_id_or_a_title_asks_for_more_likeness() -> None:
    other = "Two people died in the flood of 1953, a book tells, and its author is honoured in Berg on Friday."
    assert not same("id herald.example\n7", article(), article(other))
    assert same("id herald.example\n7", article(), article(TEXT.replace("Two people", "Three people")))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("2024-05-31T10:00:00Z", "2024-05-31T11:00:00Z", True),
        ("2024-05-31T11:00:00Z", "2024-05-31T10:00:00Z", False),
        ("2024-05-31", "2024-05-31T10:00:00Z", None),
        ("2024-06-01", "2024-05-31T10:00:00Z", False),
        ("2024-05-31", None, None),
    ],
)
def test_the_later_one_is_told_by_when_it_was_modified(before: str, after: str | None, told: bool | None) -> None:
    assert later(article(modified=before), article(modified=after)) is told


def test_where_modified_does_not_tell_the_time_of_fetching_does() -> None:
    times = ("2024-05-31T10:00:00Z", "2024-05-31T11:00:00Z")
    assert later(article(), article(), fetched=times) is True
    assert later(article(), article(), fetched=times[::-1]) is False
    assert later(article(modified="2024-06-02"), article(modified="2024-06-01"), fetched=times) is False
    assert later(article(), article()) is None


def test_repeats_have_one_print() -> None:
    assert print_of(parsed(url=URL)) == print_of(parsed(url=URL + "/#top", modified="2024-06-01"))
    assert print_of(parsed(url=URL)) != print_of(parsed(url=URL + "-2"))
    assert print_of(parsed(own="7")) != print_of(parsed(own="8"))


def test_of_versions_only_the_latest_is_left() -> None:
    old = parsed(url=URL, modified="2024-06-01", id="1")
    new = parsed(TEXT + " Rescue goes on.", "b.json", url=URL, modified="2024-06-02", id="2")
    apart = parsed("A baker in Berg sells bread of acorns to tourists.", "c.json", url=URL, title="Bread")
    for order in ([old, new, apart], [new, apart, old], [apart, new, old]):
        left, (note,) = latest(order)
        assert {item.what for item in left} == {"b.json", "c.json"}
        assert (note.what, note.reason) == (
            "a.json",
            "it is an earlier version of b.json; the later one is used",
        )


def test_without_times_the_last_is_the_latest() -> None:
    old, new = parsed(url=URL), parsed(TEXT + " Rescue goes on.", "b.json", url=URL)
    assert latest([old, new])[0] == (new,)
    assert latest([new, old])[0] == (old,)


def test_versions_that_accord_wrote_are_known_by_what_they_replace() -> None:
    old = parsed(id="1")
    new = parsed("Quite another text.", "b.json", id="2", version=2, replaces="1")
    for order in ([old, new], [new, old]):
        left, notes = latest(order)
        assert left == (new,)
        assert "an earlier version of b.json" in notes[0].reason


def test_equal_articles_are_left_to_be_told_as_repeats() -> None:
    item = parsed(url=URL)
    assert latest([item, replace(item, what="b.json")]) == ((item, replace(item, what="b.json")), ())
    other = parsed(what="b.json", url=URL, modified="2024-06-01")
    left, (note,) = latest([item, other])
    assert left == (other,)
    assert "it is the same article as b.json; it is read once" in note.reason
