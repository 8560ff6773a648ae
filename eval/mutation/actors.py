"""Another person, invented or from the same article, where another report names the same one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from mutation.events import Change, Event, Evidence, Fact, mentions
from mutation.lexicon import FAMILY, FEMALE, GIVEN, MALE, MANY, MONTHS, STATES, WEEKDAYS, listed

_NO_PERSON_AFTER = re.compile(
    r"^(?:['’]s?\b|[ -](?:administration|campaign|family|team|era|attorney|lawyer|spokes\w+|supporters|allies|aides?)"
    r"|[ -][A-Z]|-\w)"
)


@dataclass(frozen=True)
class Person:
    """A person whom an article names in full: given name and family name."""

    full: str
    family: str

    @property
    def gender(self) -> str:
        return "female" if self.full.split()[0] in FEMALE else "male"


def people_in(event: Event, article: str) -> dict[str, Person]:
    """Return the people whom `article` names in full, by family name; a family name shared by two is left out."""
    found: dict[str, set[str]] = {}
    for entity in event.doc(article).ents:
        words = re.sub(r"['’]s$", "", entity.text).split()
        while words and words[0].rstrip(".") in _TITLES:
            words = words[1:]
        if entity.label_ != "PERSON" or not 2 <= len(words) <= 4 or {*words} & {*STATES, *MONTHS, *WEEKDAYS}:
            continue
        if all(re.fullmatch(r"[A-ZÀ-Þ][\w.'’-]*", word) for word in words) and _is_person(words, event):
            found.setdefault(words[-1], set()).add(" ".join(words))
    rows = {family: names for family, names in found.items() if len({name.split()[0] for name in names}) == 1}
    return {family: Person(max(sorted(names), key=len), family) for family, names in rows.items()}


def _is_person(words: Sequence[str], event: Event) -> bool:
    """Tell whether a name begins with a given name, or stands after a title or a role in one of the articles."""
    if words[0] in MALE or words[0] in FEMALE:
        return True
    titles = "|".join(sorted(_TITLES))
    names = f"{re.escape(' '.join(words))}|{re.escape(words[-1])}"
    return bool(re.search(rf"\b(?:{titles}|{_ROLE})\.? (?:{names})\b", event.everything))


_TITLES = frozenset(
    listed(
        "President,Sen,Rep,Gov,Senator,Representative,Governor,Secretary,Minister,Leader,Speaker,Mr,Mrs,Ms,Dr,Judge,"
        "Justice,Mayor,General,Chancellor,Director,Chief,Spokesman,Spokeswoman,Rabbi,Attorney,Officer,Republican,"
        "Democrat,CEO,Capt,Prof"
    )
)
_ROLE = (
    r"spokes(?:man|woman|person)|executive|officer|lawyer|attorney|pilot|secretary|minister|judge|mayor|director"
    r"|analyst|professor"
)
_HEAD_OF_STATE = re.compile(r"(?:President|Prime Minister|Premier|Chancellor|Pope|King|Queen)(?:[- ]elect)? $")
_APPOSITION = re.compile(r"^(?:,| \(| and (?:his|her))")


def change_actor(
    event: Event, fact: Fact, evidence: Evidence, others: tuple[Evidence, ...], rng: Random
) -> Change | None:
    text = event.articles[evidence.article].text
    people = people_in(event, evidence.article)
    for person in people.values():
        forms = re.compile(rf"(?<!\w)(?:{re.escape(person.full)}|{re.escape(person.family)})(?!\w)")
        mine = [m for m in forms.finditer(text) if evidence.start <= m.start() and m.end() <= evidence.end]
        theirs = tuple(e for e in others if _names_person(e.text, person.family))
        if len(mine) != 1 or not theirs or not mentions(fact.gist, person.family) or not _plain(text, mine[0], person):
            continue
        spots = list(forms.finditer(text))
        if len(spots) <= MANY and all(_plain(text, spot, person) for spot in spots):
            new = _invented(person, event, rng)
        else:
            spots = mine
            swap = not _titled(text, mine[0]) and not _APPOSITION.match(text[mine[0].end() :])
            new = _other_person(person, people, evidence, others, rng) if swap else None
        if new is not None:
            edits = tuple((m.start(), m.end(), new.full if m.group() == person.full else new.family) for m in spots)
            put = new.full if mine[0].group() == person.full else new.family
            return Change(mine[0].group(), put, edits, theirs)
    return None


def _plain(text: str, match: re.Match[str], person: Person) -> bool:
    """Tell whether the name is a whole one, of no family, head of state, office or thing named for the person."""
    before = text[max(0, match.start() - 40) : match.start()]
    if _NO_PERSON_AFTER.match(text[match.end() :]) or _HEAD_OF_STATE.search(before):
        return False
    if re.search(r"[A-ZÀ-Þ][\w’'-]+ and $", before):
        return False
    word = re.search(r"([A-ZÀ-Þ][\w’'-]*)\.? $", before)
    return match.group() == person.full or word is None or word[1] in _TITLES


def _titled(text: str, match: re.Match[str]) -> bool:
    word = re.search(r"([^\W\d_][\w’'-]*)\.? $", text[max(0, match.start() - 40) : match.start()])
    return word is not None and word[1].capitalize() in _TITLES - {"Mr", "Ms", "Mrs"}


def _names_person(text: str, family: str) -> bool:
    spots = re.finditer(rf"(?<!\w){re.escape(family)}(?!\w)", text)
    return any(not _NO_PERSON_AFTER.match(text[spot.end() :]) for spot in spots)


def _invented(person: Person, event: Event, rng: Random) -> Person | None:
    spanish = re.search(r"(?:ez|[áéíóúñ]|[^aeiou]o|[^h]os?|ia)$", person.family) is not None
    rest = [name for name in FAMILY["latin" if spanish else "other"] if name not in event.everything]
    given = [name for name in GIVEN[person.gender] if name not in event.everything]
    if not rest or not given:
        return None
    family = rng.choice(rest)
    return Person(f"{rng.choice(given)} {family}", family)


def _other_person(
    person: Person, people: dict[str, Person], evidence: Evidence, others: tuple[Evidence, ...], rng: Random
) -> Person | None:
    """Return another person of the same article, the same gender, and no part in this fact."""
    said = " ".join((evidence.text, *(e.text for e in others)))
    rest = [p for p in people.values() if p.gender == person.gender and p.family not in (person.family, *said.split())]
    rest = [p for p in rest if p.family not in said]
    return rng.choice(sorted(rest, key=lambda p: p.full)) if rest else None
