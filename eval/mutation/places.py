"""Another place of the same kind and region, where another report states the same one."""

from __future__ import annotations

import re
from random import Random

from mutation.events import Change, Event, Evidence, Fact, mentions, quoted
from mutation.lexicon import CITIES, COUNTRIES, MANY, STATES, TOWNS

_WHERE = re.compile(r"\b(?:in|at|near|to|from|off|outside|around|across|into|over|of|for|toward|towards) $")


def change_place(
    event: Event, fact: Fact, evidence: Evidence, others: tuple[Evidence, ...], rng: Random
) -> Change | None:
    article = event.articles[evidence.article].text
    doc = event.doc(evidence.article)
    places = [
        e for e in doc.ents if e.label_ == "GPE" and evidence.start <= e.start_char and e.end_char <= evidence.end
    ]
    for place in places:
        name, at = re.sub(r"['’]s$", "", place.text), place.start_char
        if place.root.dep_ != "pobj" or quoted(article, at) or not _is_place_name(name):
            continue
        if not _stands_alone(article, at, name) or _is_family_name(event, name):
            continue
        if not _WHERE.search(article[:at]) or not mentions(fact.gist, name):
            continue
        theirs = tuple(
            e for e in others if _WHERE.search(e.text[: max(0, e.text.find(name))]) and mentions(e.text, name)
        )
        new = _other_place(name, article, at, event, rng)
        if not theirs or new is None:
            continue
        spots = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", article)]
        if len(spots) > MANY or not all(_stands_alone(article, spot, name) for spot in spots):
            spots = [at]
        return Change(name, new, tuple((s, s + len(name), new) for s in spots), theirs)
    return None


def _is_place_name(name: str) -> bool:
    """Tell whether `name` is a proper name of a town, state or country, no abbreviation, district or landmark."""
    if not re.fullmatch(r"[A-ZÀ-Þ][\w'’-]{2,}(?:[ -][\w'’-]+){0,2}", name) or name.isupper():
        return False
    return not re.search(
        r"\b(?:The|United|District|Garden|Bank|House|Street|County|Coast|Capitol|Strip|Union|Hill|Beach|Island|Lake|Mount|Bay|Park|Square)\b",
        name,
        re.I,
    )


def _is_family_name(event: Event, name: str) -> bool:
    """Tell whether the parser finds a person of that name ("Lena Tarsis") in one of the articles."""
    people = (entity for article in event.articles for entity in event.doc(article).ents if entity.label_ == "PERSON")
    return any(name in entity.text.split() for entity in people)


def _stands_alone(text: str, start: int, name: str) -> bool:
    """Tell whether the name at `start` is no part of a longer name ("San Diego Zoo", "University of Memphis")."""
    before, after = text[max(0, start - 30) : start], text[start + len(name) : start + len(name) + 30]
    if re.match(r"[ -][A-Z]|-\w", after) and not re.match(r" (?:On|Mr|Ms|Mrs)\b", after):
        return False
    return not re.search(
        r"(?:\b[A-Z][\w.]*(?:,| of| de| and)? |\w-)$",
        re.sub(r"(?:^|[.!?\n“\"] ?)(?:In|At|Near|From|The|Of) $", "", before),
    )


def _other_place(name: str, article: str, at: int, event: Event, rng: Random) -> str | None:
    """Return a place of the same kind (country, state, city, town) and region that the event does not name."""
    pools: list[tuple[str, ...]] = [STATES] if name in STATES else []
    pools += [row for row in COUNTRIES.values() if name in row]
    if not pools:
        pools += [row for row in CITIES.values() if name in row]
    if not pools:
        pools = [TOWNS[_region(article[at : at + 40]) or _region(article) or "us"]]
    rest = [place for place in pools[0] if place not in event.everything and not place.startswith("the ")]
    return rng.choice(rest) if rest else None


def _region(text: str) -> str | None:
    """Return the region whose countries, states and cities `text` names most."""
    known = {region: sum(text.count(place) for place in (*CITIES[region], *COUNTRIES[region])) for region in CITIES}
    known["us"] += sum(text.count(state) for state in STATES) + len(
        re.findall(r", [A-Z][a-z]{1,5}\.|, [A-Z]{2}\b", text)
    )
    best = max(sorted(known), key=lambda region: known[region])
    return best if known[best] else None
