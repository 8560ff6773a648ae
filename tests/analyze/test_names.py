"""Names: kinds, forms that belong together, roles, titles and pronouns."""

from accord.analyze.language import parse
from accord.analyze.names import find_names
from accord.analyze.reading import Reading
from accord.analyze.sentences import find_sentences
from accord.records import Article, Name


def names_of(text: str) -> dict[str, Name]:
    article = Article(id="a", text=text, outlet="The Harbour Post")
    sentences = find_sentences(article)
    return {name.name: name for name in find_names(Reading(article, sentences, parse(text, sentences)))}


def said(name: Name, how: str) -> list[str]:
    return [mention.text for mention in name.mentions if mention.how == how]


def test_family_name_joins_the_full_name_and_accents_do_not_matter() -> None:
    found = names_of(
        "Foreign Minister Inés Quiroga Beltrán arrived on Monday. Quiroga Beltran met reporters. "
        "Quiroga Beltrán then left."
    )
    name = found["Inés Quiroga Beltrán"]
    assert name.kind == "person"
    assert name.role == "Foreign Minister"
    assert set(name.aliases) >= {"Quiroga Beltran", "Quiroga Beltrán"}
    assert len(said(name, "name")) == 3


def test_countries_have_one_entry_for_all_their_forms() -> None:
    found = names_of("The U.S. signed the pact. Officials in the United States were glad. The US will pay first.")
    assert found["United States"].kind == "place"
    assert len(said(found["United States"], "name")) == 3


def test_two_countries_with_a_hyphen_are_two_places() -> None:
    found = names_of("Trucks waited at the Peru-Chile border on Friday.")
    assert {found["Peru"].kind, found["Chile"].kind} == {"place"}


def test_a_body_joins_its_initials_and_its_other_word_order() -> None:
    found = names_of(
        "The National Lighthouse Association (NLA) met. The NLA voted. The Department of Fisheries agreed, and the "
        "Fisheries Department paid."
    )
    assert "NLA" in found["National Lighthouse Association"].aliases
    assert "Fisheries Department" in {alias for name in found.values() for alias in (name.name, *name.aliases)}
    assert sum("Fisheries" in name for name in found) == 1


def test_an_unknown_family_name_that_speaks_is_a_person() -> None:
    found = names_of("Ebelmann said the dam was safe. Ebelmann told reporters it would hold. Ebelmann said no more.")
    assert found["Ebelmann"].kind == "person"


def test_relatives_stay_apart() -> None:
    found = names_of(
        "Carla Dunmore and her brother Peter Dunmore own the mill. Mr. Dunmore runs it. Ms. Dunmore pays the bills."
    )
    assert "Peter Dunmore" in found
    assert "Carla Dunmore" in found
    assert len(said(found["Peter Dunmore"], "name")) == 2
    assert len(said(found["Carla Dunmore"], "name")) == 2


def test_pronouns_follow_gender_and_subject() -> None:
    found = names_of("Mayor Carla Dunmore met Peter Oakes on Friday. She thanked him. He left early.")
    assert said(found["Carla Dunmore"], "pronoun") == ["She"]
    assert said(found["Peter Oakes"], "pronoun") == ["him", "He"]


def test_a_title_means_who_holds_it() -> None:
    found = names_of(
        "Vice President Carla Dunmore met President Peter Oakes. The vice president spoke first, and the president "
        "listened."
    )
    assert said(found["Carla Dunmore"], "title") == ["The vice president"]
    assert said(found["Peter Oakes"], "title") == ["the president"]


def test_mentions_are_verbatim() -> None:
    text = "Judge Ruth Abelard of Lyon said she agreed.\n\nAbelard’s clerk, Tom Reed, did not."
    for name in names_of(text).values():
        for mention in name.mentions:
            assert text[mention.start : mention.end] == mention.text


def test_party_and_state_after_a_name_are_no_name() -> None:
    found = names_of("Sen. Ruth Abelard, R-Ohio, voted no. Rep. Tom Reed, D-Ohio, voted yes.")
    assert {name for name in found if name.startswith(("R-", "D-"))} == set()
