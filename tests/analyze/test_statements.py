from __future__ import annotations

from accord.analyze import language
from accord.analyze.reading import Reading
from accord.analyze.statements import find_statements
from accord.records import Article, Mention, Name, Quote, Sentence, Statement, Time


def read(*sentences: str, furniture: str | None = None) -> Reading:
    text, split = "", []
    for sentence in sentences:
        split.append(Sentence(len(text), len(text) + len(sentence), sentence, 0, furniture))
        text += sentence + " "
    return Reading(Article("a", text, "Dorrin Courier"), tuple(split), language.parse(text, split))


def name(reading: Reading, key: str, full: str, kind: str, *forms: str) -> Name:
    text = reading.article.text
    mentions = tuple(Mention(text.index(form), text.index(form) + len(form), form) for form in forms or (full,))
    return Name(key, full, kind, ("a",), mentions=mentions)  # type: ignore[arg-type]


def statements(
    reading: Reading, *names: Name, times: tuple[Time, ...] = (), quotes: tuple[Quote, ...] = ()
) -> list[Statement]:
    return list(find_statements(reading, names, times, quotes))


def test_every_span_is_verbatim() -> None:
    reading = read("The ferry sank off Dorrin, killing 12 people, officials said.", "“It was awful,” Lena Ruiz said.")
    for statement in statements(reading):
        assert reading.article.text[statement.start : statement.end] == statement.text


def test_two_facts_in_one_sentence_are_two_statements() -> None:
    found = statements(read("The ferry sank off Dorrin on Friday, killing 12 passengers."))
    assert [statement.text for statement in found] == ["The ferry sank off Dorrin on Friday", "killing 12 passengers"]
    assert [statement.head for statement in found] == ["sink", "kill"]


def test_furniture_is_skipped_but_captions_are_read() -> None:
    assert statements(read("Read more about the ferry disaster here.", furniture="cross-link")) == []
    assert len(statements(read("The ferry lies on its side in the harbour.", furniture="caption"))) == 1


def test_actor_speaker_and_names_are_resolved() -> None:
    reading = read("Lena Ruiz opened the port, and she thanked Velmar Steel, the mayor said.")
    ruiz = name(reading, "n1", "Lena Ruiz", "person", "Lena Ruiz", "she")
    steel = name(reading, "n2", "Velmar Steel", "organisation")
    first, second = statements(reading, ruiz, steel)
    assert (first.actor, second.actor) == ("n1", "n1")
    assert second.names == ("n1", "n2")
    assert second.speaker == "the mayor"


def test_agent_acts_in_a_passive() -> None:
    reading = read("The treaty was signed by Lena Ruiz.")
    (found,) = statements(reading, name(reading, "n1", "Lena Ruiz", "person"))
    assert found.passive
    assert found.actor == "n1"


def test_quote_gives_the_speaker() -> None:
    reading = read("“The ferry was far too old to sail.”")
    start = reading.article.text.index("The")
    end = reading.article.text.index("”")
    quote = Quote("a", start, end, reading.article.text[start:end], "direct", "Lena Ruiz")
    (found,) = statements(reading, quotes=(quote,))
    assert found.speaker == "Lena Ruiz"


def test_date_is_inherited_by_what_goes_with_it() -> None:
    reading = read("Two crew members died when the ferry sank on Friday, killing 12 passengers.")
    start = reading.article.text.index("Friday")
    friday = Time("a", start, start + 6, "Friday", "2024-03-08")
    assert {found.date for found in statements(reading, times=(friday,))} == {"2024-03-08"}


def test_place_is_where_it_happened() -> None:
    reading = read("The ferry sank near Dorrin.")
    (found,) = statements(reading, name(reading, "n1", "Dorrin", "place"))
    assert found.place == "n1"


def test_negation() -> None:
    denied, said = statements(read("The captain did not leave the ship.", "The captain left the ship."))
    assert denied.negated
    assert not said.negated


def test_status() -> None:
    found = statements(
        read(
            "The ferry sank off the coast.",
            "The company will raise the wreck.",
            "The company plans to raise the wreck.",
            "The wreck is a danger to shipping.",
            "The wreck could leak oil.",
        )
    )
    assert [statement.status for statement in found] == ["done", "planned", "planned", "state", "hypothetical"]


def test_content_words_are_lemmas() -> None:
    (found,) = statements(read("The divers were searching the flooded cabins."))
    assert found.words == ("diver", "search", "flooded", "cabin")
