"""Which of many articles carry one text."""

from hypothesis import given, settings
from hypothesis import strategies as st
from reports import EDITED, OTHER, WIRE

from accord.cluster import find_copies
from accord.records import Article

WORDS = (
    "anchor barge crane dock engine ferry gull harbour island jetty keel lantern mast net oar pilot quay rope sail tide"
).split()


def article(name: str, *sentences: str, outlet: str | None = None, title: str | None = None) -> Article:
    return Article(name, "\n".join(sentences), outlet or f"{name} daily", title=title)


def own(number: int, sentences: int = 5) -> tuple[str, ...]:
    """Return sentences that stand in no other article."""
    rows = []
    for n in range(sentences):
        picks = [WORDS[(number * 7 + n * 3 + k * (number + 2)) % len(WORDS)] for k in range(6)]
        rows.append(
            f"The {picks[0]}{number} of {picks[1]}{n} met {' '.join(p + str(number) for p in picks[2:])} there."
        )
    return tuple(rows)


def test_the_same_text_is_one_group():
    assert find_copies([article("a", *WIRE), article("b", *own(1)), article("c", *WIRE)]) == [(0, 2)]


def test_light_edits_and_house_style_are_copies():
    assert find_copies([article("a", *WIRE), article("b", *EDITED)]) == [(0, 1)]


def test_swapped_and_dropped_sentences_are_copies():
    assert find_copies([article("a", *WIRE), article("b", WIRE[4], WIRE[0], WIRE[2])]) == [(0, 1)]


def test_a_brief_inside_a_long_report_is_a_copy():
    assert find_copies([article("a", *own(1, 20), *WIRE), article("b", *WIRE[:2])]) == [(0, 1)]


def test_independent_reports_of_one_event_are_none():
    assert find_copies([article("a", *WIRE), article("b", *OTHER)]) == []


def test_the_same_speech_is_no_copy():
    quote = "“The barge was old, but she was sound when she left, and every man aboard knew the estuary by heart,” {}."
    first = article("a", quote.format("the widow of the skipper told the evening news"), OTHER[0])
    second = article("b", quote.format("said Lena Ost, whose husband was in command"), OTHER[3])
    assert find_copies([first, second]) == []


def test_a_transcript_printed_twice_is_a_copy():
    said = [f"“{sentence}”" for sentence in (*WIRE[:3], *OTHER[3:])]
    assert find_copies([article("a", *said), article("b", *said)]) == [(0, 1)]


def test_a_part_copied_does_not_join():
    assert find_copies([article("a", *WIRE), article("b", WIRE[0], *OTHER)]) == []


def test_copies_of_copies_are_one_group():
    assert find_copies([article("a", *WIRE[:3]), article("b", *WIRE), article("c", *WIRE[3:])]) == [(0, 1, 2)]


def test_a_few_words_alone_are_no_copy():
    assert find_copies([article("a", "Three men were missing on Monday."), article("b", *WIRE, own(1)[0])]) == []


def test_last_week_s_report_of_the_same_kind_is_no_copy():
    told = (
        "The harbour of Varlund took in {} ships in the week that ended on {}, the harbour office said on Thursday.",
        "Grain made up {} tonnes of what they landed, the office said, and timber from the north another {} tonnes.",
    )
    first = [told[0].format(214, "June 6"), told[1].format("4,100", 750)]
    second = [told[0].format(198, "August 17"), told[1].format("3,800", 920)]
    assert find_copies([article("a", *first), article("b", *second)]) == []


def test_the_names_and_titles_that_all_use_are_no_copy():
    title = "the deputy minister for harbours and inland waterways Lena Ost"
    first = f"Late on Friday evening {title} resigned over the sunken barge."
    second = f"A court cleared {title} of taking bribes from two ship owners."
    assert find_copies([article("a", first), article("b", second)]) == []


def test_boilerplate_of_one_outlet_does_not_join_its_articles():
    boilerplate = (
        "The Varlund Echo is read by sailors and their families in every port along the estuary and beyond it.",
        "It has been printed in the old customs house at the end of the long pier since the harbour was dug.",
    )
    rows = [article(str(n), *own(n, 2), *boilerplate, outlet="Varlund Echo", title=f"On {n}") for n in range(8)]
    assert find_copies(rows) == []


def test_copies_within_one_outlet_are_no_boilerplate():
    rows = [article(str(n), *WIRE, own(n)[0], outlet="Varlund Echo", title="Barge sinks") for n in range(8)]
    assert find_copies(rows) == [tuple(range(8))]


def test_one_sentence_in_very_many_articles_makes_no_group():
    rows = [article(str(n), *own(n, 3), WIRE[0]) for n in range(300)]
    assert find_copies(rows) == []


def test_nothing_and_empty_texts_are_no_copies():
    assert find_copies([]) == []
    assert find_copies([article("a"), article("b")]) == []


def test_control_characters_do_not_spill_into_other_articles():
    rows = [article("a", "\x02 \x01 x \x03 \x02"), article("b", *WIRE), article("c", *EDITED)]
    assert find_copies(rows) == [(1, 2)]


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(7)))
def test_order_of_input_does_not_matter(order):
    texts = [WIRE, EDITED, OTHER, WIRE[:3], own(1), (*own(1)[1:], own(2)[0]), own(3)]
    rows = [article(str(number), *text) for number, text in enumerate(texts)]
    found = find_copies([rows[number] for number in order])
    assert sorted(tuple(sorted(order[n] for n in group)) for group in found) == [(0, 1, 3), (4, 5)]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text(max_size=80), max_size=6))
def test_any_texts_are_read(texts):
    groups = find_copies([article(str(n), text) for n, text in enumerate(texts)])
    members = [n for group in groups for n in group]
    assert len(members) == len(set(members))
