"""Joins the names of the articles of one story: one entry per real person, organisation or place."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from accord.records import Analysis, Name, NameKind, content_id

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_SMALL = frozenset({"the", "of", "and", "for", "de", "la", "del", "al", "van", "von"})


def link_names(analyses: Sequence[Analysis]) -> tuple[tuple[Name, ...], Mapping[str, str]]:
    """Return the names of the story, and for each `Name.id` of an article the id of its entry in the story.

    Names that are alike in all that they say stand in the order of `analyses` and of each text.
    Two entries are one when a full form of one is a form of the other, or when both are people and one is the only
    bearer of a family name that the other is called by. The kind is the one that most mentions vote for.
    """
    listed = [name for analysis in analyses for name in sorted(analysis.names, key=_first_meant)]
    entries = sorted(listed, key=lambda name: (-len(name.name), name.name, name.kind, sorted(name.aliases)))
    groups: list[list[Name]] = []
    by_form: dict[str, list[int]] = defaultdict(list)
    for name in entries:
        place = _find_group(name, groups, by_form)
        if place is None:
            place = len(groups)
            groups.append([])
        groups[place].append(name)
        for form in _forms(name):
            if place not in by_form[form]:
                by_form[form].append(place)
    linked: dict[str, str] = {}
    story: list[Name] = []
    for group in groups:
        entry = _merge(group)
        story.append(entry)
        linked.update({name.id: entry.id for name in group})
    return tuple(sorted(story, key=lambda name: (name.kind, name.name, name.id))), linked


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Return `text` in lower case without accents, dots or a leading article: "The U.S." -> "us"."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    words = [word.strip(".,'’") for word in plain.replace(".", "").split()]
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def _first_meant(name: Name) -> tuple[int, str]:
    return min((mention.start for mention in name.mentions), default=0), name.kind


def _forms(name: Name) -> set[str]:
    """Return the folded proper forms of `name`; descriptions ("the minister") are left out."""
    forms = {fold(name.name)}
    forms |= {fold(alias) for alias in name.aliases if alias[:1].isupper() and not alias.lower().startswith("the ")}
    return {form for form in forms if form and form not in _SMALL}


def _find_group(name: Name, groups: list[list[Name]], by_form: Mapping[str, list[int]]) -> int | None:
    """Return the group that `name` belongs to, if exactly one fits."""
    own = fold(name.name)
    exact = [place for place in by_form.get(own, []) if _same_sort(name, groups[place])]
    if exact:
        named = [place for place in exact if any(fold(other.name) == own for other in groups[place])]
        return (named or exact)[0] if named or len(exact) == 1 else None
    if name.kind == "person":
        words = own.split()
        similar = [
            place
            for place, group in enumerate(groups)
            if any(other.kind == "person" and _same_person(words, fold(other.name).split()) for other in group)
        ]
        return similar[0] if len(similar) == 1 else None
    return None


def _same_sort(name: Name, group: list[Name]) -> bool:
    """A person and a place of one name are two; everything else may be one mistaken kind."""
    return not any({name.kind, other.kind} == {"person", "place"} for other in group)


def _same_person(a: list[str], b: list[str]) -> bool:
    """The same family name, and first names that do not contradict each other ("J. Arden", "Joe Luis Arden Jr.")."""
    a, b = ([word for word in words if word not in _SUFFIXES] for words in (a, b))
    if not a or not b or a[-1] != b[-1]:
        return False
    if len(a) == 1 or len(b) == 1:
        return True
    if a[0][0] != b[0][0]:
        return False
    return len(a[0]) == 1 or len(b[0]) == 1 or a[0] == b[0] or a[0][:3] == b[0][:3] or _misspelt(a[0], b[0])


def _misspelt(a: str, b: str) -> bool:
    """Whether two first names of five letters or more are one letter apart ("Bridgit", "Bridget")."""
    from rapidfuzz.distance import Levenshtein

    return min(len(a), len(b)) >= 5 and Levenshtein.distance(a, b, score_cutoff=1) <= 1


def _merge(group: list[Name]) -> Name:
    """Return one entry for the names of `group`."""
    votes: Counter[NameKind] = Counter()
    for name in group:
        votes[name.kind] += 1 + sum(mention.how == "name" for mention in name.mentions)
    best = max(group, key=lambda name: (len(fold(name.name).split()), len(name.mentions), name.name, name.kind))
    aliases = {alias for name in group for alias in (name.name, *name.aliases)} - {best.name}
    return Name(
        id=content_id("name", fold(best.name), best.kind),
        name=best.name,
        kind=max(sorted(votes), key=lambda kind: votes[kind]),
        articles=tuple(sorted({article for name in group for article in name.articles})),
        aliases=tuple(sorted(aliases)),
        role=next((name.role for name in group if name.role), None),
        gender=next((name.gender for name in group if name.gender), None),
    )
