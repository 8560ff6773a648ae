"""Names over the articles of a story: one entry for each real bearer, with all its forms."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from accord.reconcile.names import fold, link_names
from accord.records import Analysis, Mention, Name, NameKind


def entry(
    article: str, called: str, kind: NameKind = "person", *aliases: str, mentions: int = 1, role: str | None = None
) -> Name:
    seen = tuple(Mention(number, number + 1, "x") for number in range(mentions))
    return Name(f"{article}/{called}", called, kind, (article,), aliases, seen, role)


def link(*names: Name) -> tuple[tuple[Name, ...], dict[str, str]]:
    articles = sorted({name.articles[0] for name in names})
    story, linked = link_names(
        [Analysis(article, names=tuple(name for name in names if name.articles[0] == article)) for article in articles]
    )
    return story, dict(linked)


def test_forms_of_one_person_are_one_name_over_articles() -> None:
    (name,), linked = link(
        entry("a", "Mira Holtenau", "person", "Holtenau", "the harbour master"),
        entry("b", "Holtenau"),
        entry("c", "M. Holtenau"),
    )
    assert name.name == "Mira Holtenau"
    assert name.articles == ("a", "b", "c")
    assert set(name.aliases) == {"Holtenau", "M. Holtenau", "the harbour master"}
    assert set(linked.values()) == {name.id}


def test_members_of_a_family_stay_apart() -> None:
    story, linked = link(entry("a", "Mira Holtenau"), entry("a", "Jasper Holtenau"), entry("b", "Mira Holtenau"))
    assert [name.name for name in story] == ["Jasper Holtenau", "Mira Holtenau"]
    assert linked["a/Mira Holtenau"] == linked["b/Mira Holtenau"] != linked["a/Jasper Holtenau"]


def test_a_family_name_that_two_people_bear_is_joined_to_neither() -> None:
    story, linked = link(entry("a", "Mira Holtenau"), entry("a", "Jasper Holtenau"), entry("b", "Holtenau"))
    assert len(story) == 3
    assert linked["b/Holtenau"] not in (linked["a/Mira Holtenau"], linked["a/Jasper Holtenau"])


def test_a_person_and_a_place_of_one_name_stay_apart() -> None:
    story, _ = link(entry("a", "Telmar", "person"), entry("b", "Telmar", "place"))
    assert {name.kind for name in story} == {"person", "place"}


def test_the_kind_is_the_one_that_most_mentions_vote_for() -> None:
    (name,), _ = link(
        entry("a", "Varlund", "organisation", mentions=1),
        entry("b", "Varlund", "place", mentions=5),
        entry("c", "Varlund", "organisation", mentions=1),
    )
    assert name.kind == "place"


def test_accents_dots_and_a_leading_article_are_no_difference() -> None:
    story, _ = link(entry("a", "The Órsk Institute", "organisation"), entry("b", "Orsk Institute", "organisation"))
    assert len(story) == 1
    assert fold("The U.N.") == "un"


def test_the_role_given_in_any_report_is_kept() -> None:
    (name,), _ = link(entry("a", "Mira Holtenau"), entry("b", "Holtenau", role="harbour master"))
    assert name.role == "harbour master"


called = st.sampled_from(["Mira Holtenau", "Jasper Holtenau", "Holtenau", "M. Holtenau", "Telmar", "Port of Telmar"])
kinds = st.sampled_from(["person", "organisation", "place"])
entries = st.builds(entry, st.sampled_from("abcd"), called, kinds, mentions=st.integers(0, 3))


@settings(deadline=None)
@given(st.lists(entries, max_size=8, unique_by=lambda name: name.id), st.randoms(use_true_random=False))
def test_order_of_articles_and_names_does_not_matter(names: list[Name], random: object) -> None:
    story, linked = link(*names)
    shuffled = list(names)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    articles = sorted({name.articles[0] for name in names}, reverse=True)
    again, relinked = link_names(
        [Analysis(article, names=tuple(n for n in shuffled if n.articles[0] == article)) for article in articles]
    )
    assert (story, linked) == (again, dict(relinked))


@settings(deadline=None)
@given(st.lists(entries, max_size=8, unique_by=lambda name: name.id))
def test_every_name_of_an_article_has_one_entry_in_the_story(names: list[Name]) -> None:
    story, linked = link(*names)
    ids = [name.id for name in story]
    assert set(linked) == {name.id for name in names}
    assert set(linked.values()) == set(ids)
    for name in names:
        (home,) = [item for item in story if item.id == linked[name.id]]
        assert name.articles[0] in home.articles
        assert name.name in (home.name, *home.aliases)


def test_suffixes_and_a_letter_do_not_part_people() -> None:
    names = [entry("a", "Jasper Holtenau Jr."), entry("b", "Jasper Holtenau"), entry("c", "Jaspar Holtenau")]
    story, _ = link(*names)
    assert len(story) == 1
    assert len(link(entry("a", "Jana Holtenau"), entry("b", "Jasper Holtenau"))[0]) == 2
