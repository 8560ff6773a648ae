"""Who copied whom: origins in words, how much each report shares, and shared passages as each of them prints them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from accord.renderers import words
from accord.renderers.origins_picture import origin_title, picture, taken
from accord.web.views.places import passage_at
from accord.web.views.story import Reading, article_at

if TYPE_CHECKING:
    from accord.records import Origin, Passage

ROOM = 120_000  # bytes for the words of shared passages
LONGEST = 700


@dataclass(frozen=True, slots=True)
class Carried:
    """One place of a shared passage: the report, its words there (or that they are the same), and their address."""

    label: str
    at: str
    text: str
    same: bool
    characters: int


@dataclass(frozen=True, slots=True)
class Shared:
    """A passage that several reports carry: whose text it is, in words, and each of its places."""

    id: str
    whose: str
    places: tuple[Carried, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """An origin: what it is, why, and its reports with the share of their text that others carry too."""

    origin: Origin
    title: str
    why: str
    reports: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Origins:
    """The page: the picture (SVG), flows in words, origins, shared passages, and how many there is no room for."""

    picture: str
    flows: tuple[str, ...]
    sources: tuple[Source, ...]
    passages: tuple[Shared, ...]
    more: int = 0


def origins(reading: Reading) -> Origins:
    """Return the page."""
    briefing, labels = reading.briefing, reading.shown.labels
    shares = taken(briefing)
    sources = tuple(
        Source(
            origin,
            origin_title(origin),
            words.plain(origin.why),
            tuple((labels[a], article_at(a), round(100 * shares[a].share)) for a in origin.articles if a in labels),
        )
        for origin in sorted(briefing.origins, key=lambda one: -len(one.articles))
    )
    shown, more = _passages(reading)
    listed = {one.id for one in shown}
    drawn = picture(briefing, link=lambda shared: f"#p-{shared}" if shared in listed else "#passages")
    return Origins(drawn, tuple(_flows(reading)), sources, tuple(shown), more)


def _passages(reading: Reading) -> tuple[list[Shared], int]:
    """Return the shared passages, the longest first, as many as there is room for; and how many more there are."""
    places: dict[str, list[Passage]] = {}
    for passage in reading.briefing.passages:
        if passage.article in reading.shown.labels:
            places.setdefault(passage.shared, []).append(passage)
    several = [each for each in places.values() if len({p.article for p in each}) > 1]
    several.sort(key=lambda each: -max(len(p.text) for p in each))
    shown: list[Shared] = []
    room = ROOM
    for each in several:
        one = Shared(each[0].shared, _whose(reading, each[0]), tuple(_carried(reading, each)))
        room -= 300 + sum(200 + len(place.text) for place in one.places)
        if room < 0:
            break
        shown.append(one)
    return shown, len(several) - len(shown)


def _carried(reading: Reading, each: list[Passage]) -> list[Carried]:
    printed: list[Carried] = []
    before: set[str] = set()
    for passage in each:
        text = words.trim(passage.text, LONGEST)
        same = text in before
        before.add(text)
        printed.append(
            Carried(
                reading.shown.labels[passage.article],
                passage_at(passage.article, passage.start, passage.end),
                "" if same else text,
                same,
                passage.end - passage.start,
            )
        )
    return printed


def _whose(reading: Reading, passage: Passage) -> str:
    """Return whose text a passage is, in words; that it is not known, where it is not."""
    of = next((origin for origin in reading.briefing.origins if origin.id == passage.origin), None)
    names = [reading.shown.labels[a] for a in of.articles if a in reading.shown.labels] if of else []
    if passage.agency:
        return f"copy of {words.plain(passage.agency)}"
    if names:
        return f"text of {' and '.join(names[:2])}"
    return "who wrote it first is not known"


def _flows(reading: Reading) -> list[str]:
    """Return who took how much from whom, in sentences, the most first."""
    labels = reading.shown.labels
    carriers: dict[str, set[str]] = {}
    for passage in reading.briefing.passages:
        carriers.setdefault(passage.shared, set()).add(passage.article)
    amounts: dict[tuple[str, str], int] = {}
    for passage in reading.briefing.passages:
        if passage.article in labels:
            told = _flow(reading, passage, carriers[passage.shared] - {passage.article})
            if told:
                amounts[passage.article, told] = amounts.get((passage.article, told), 0) + passage.end - passage.start
    said = []
    for (article, told), characters in sorted(amounts.items(), key=lambda item: (-item[1], item[0])):
        whole = len(reading.articles[article].text) or 1
        said.append(f"{labels[article]}: {characters:,} of its {whole:,} characters ({characters / whole:.0%}) {told}.")
    return said


def _flow(reading: Reading, passage: Passage, others: set[str]) -> str:
    """Return whose text a report has in a passage; empty where it is its own, and others took it."""
    own = reading.origins.get(passage.article)
    at_home = own is not None and own.id == passage.origin
    home = next((origin for origin in reading.briefing.origins if origin.id == passage.origin), None)
    names = _named(reading, home.articles if home else ())
    if passage.agency:
        agency = words.plain(passage.agency)
        if at_home or not names:
            return f"are copy of {agency}"
        return f"are copy of {agency}, which {names} carr{'ies' if home and len(home.articles) == 1 else 'y'} too"
    if at_home and own is not None and len(own.articles) == 1:
        return ""
    if at_home:
        return f"stand in {_named(reading, others)} too"
    if names:
        return f"are text of {names}"
    return f"stand in {_named(reading, others)} too; who wrote them first is not known"


def _named(reading: Reading, articles: Iterable[str]) -> str:
    """Return the labels of articles in words: "Herald, Post and 3 more"."""
    wanted = set(articles)
    names = [label for article, label in reading.shown.labels.items() if article in wanted]
    if len(names) > 3:
        return f"{', '.join(names[:2])} and {len(names) - 2} more"
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)
