"""A store in which every word that somebody else chose is an attempt to run a script, and what to look for in pages."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import quote as quoted

from lxml import html

from accord.records import (
    Article,
    Briefing,
    Citation,
    Correction,
    Difference,
    Finding,
    Name,
    Origin,
    Passage,
    Rejected,
    SummarySentence,
    TimelineEntry,
    Utterance,
    Value,
)
from accord.stores import Store
from accord.stores.store import Feed
from arrivals import AT, FERRY, arrival, article, brief, commitment, entry, figure, keep, line, place, quote, update

SCRIPT = "<script>hostile()</script>"
IMAGE = "<img src=x onerror=hostile()>"
SHAPE = "<svg onload=hostile()>"
MARKUP = f'{SCRIPT}{IMAGE}"\'>{SHAPE}" onfocus="hostile() {{{{ 7 * 7 }}}}'
ADDRESS = "javascript:hostile()"
OUTLET = f"Courier {MARKUP}"
SPEAKER = f"Ilse {MARKUP} Tarn"
SAID = f"It was {MARKUP} that did it,"
PROMISED = f"promised {MARKUP} 40 boats by March"
MANY = f"912 {MARKUP} crowns"
TEXT = f"{FERRY}\n“{SAID}” said {SPEAKER}.\nNorvik Line {PROMISED}.\nIt cost {MANY}."


def fill(store: Store) -> None:
    """Fill `store`; `HELD` says what stands in it then."""
    made_of = {"title": MARKUP, "byline": MARKUP, "section": MARKUP, "credits": (MARKUP,)}
    one = article("a", TEXT, OUTLET, url=ADDRESS, **made_of)
    two = article("b", f"{TEXT} Again.", f"Gazette {MARKUP}", url=f"http://x.example/{MARKUP}", **made_of)
    arrivals = [replace(arrival(of), analysis=replace(arrival(of).analysis, **_claims(of))) for of in (one, two)]
    place(store, {"s": keep(store, *arrivals)})
    made = _briefing(one, two)
    brief(store, "s", made)
    told = line("l1", one, who=SPEAKER, what=MARKUP, outlet=OUTLET)
    with store.transaction():
        store.keep_lines(["a"], [told])
        store.keep_entries([entry("e1", told, who=SPEAKER, what=MARKUP, rule=MARKUP, due_date="2031-06-01")])
        store.tell([update("u1", gist=MARKUP, before=MARKUP, after=MARKUP, names=(SPEAKER,), article="a")])
        store.reject([Rejected(MARKUP, "parse", MARKUP)], AT)
        store.keep_feed(Feed(f"http://x.example/{MARKUP}", AT, 1, MARKUP))
        evidence = made.findings[0].evidence
        store.correct(Correction("c1", "finding dismissed", MARKUP, AT, passages=evidence, note=MARKUP))


HELD = {
    "/stories/": "s",
    "/findings/": "f-quote",
    "/articles/": "a",
    "/names/": SPEAKER,
    "/ledger/": "e1",
    "/corrections/": "c1",
    "/jobs/": "none",
}
"""What stands in the store, by where routes take it: "/stories/{story}" -> "s"."""


def address(path: str) -> str:
    """Return the path of a route with what stands in the store for its parameters."""
    while (found := re.search(r"([a-z]+/)\{[a-z_]+(?::[a-z]+)?\}", path)) is not None:
        held = HELD.get(f"/{found[1]}", MARKUP)
        path = path[: found.start()] + found[1] + quoted(held, safe="") + path[found.end() :]
    return path


def _claims(of: Article) -> dict[str, object]:
    return {
        "quotes": (quote(of, SAID, SPEAKER),),
        "figures": (replace(figure(of, MANY, 912.0, MARKUP), of=MARKUP),),
        "commitments": (replace(commitment(of, PROMISED, SPEAKER, MARKUP), due_date="2031-06-01"),),
        "names": (Name("n1", SPEAKER, "person", (of.id,), (MARKUP,), role=MARKUP),),
    }


def _cited(of: Article, text: str) -> Citation:
    start = of.text.index(text)
    return Citation(of.id, start, start + len(text), text)


def _briefing(one: Article, two: Article) -> Briefing:
    both = (one, two)
    outlets = (one.outlet, two.outlet)
    findings = []
    for kind, text in (("statement", FERRY[:20]), ("quote", SAID), ("figure", MANY), ("commitment", PROMISED)):
        evidence = tuple(_cited(of, text) for of in both)
        verdict, between = ("disputed", "reports") if kind == "figure" else ("corroborated", None)
        values = (Value(MARKUP, ("a",)), Value(f"not {MARKUP}", ("b",)))
        spoken = (Utterance(f"ut-{kind}", evidence, values, reasons=(MARKUP,)),) if kind == "quote" else ()
        differences = (Difference("value", values, compatible=False),)
        findings.append(
            Finding(
                id=f"f-{kind}",
                kind=kind,
                gist=f"{text} {MARKUP}",
                verdict=verdict,
                between=between,
                origins=2,
                outlets=outlets,
                evidence=evidence,
                differences=differences,
                reasons=(MARKUP,),
                utterances=spoken,
            )
        )
    ids = [one.id for one in findings]
    claims = [_claims(of) for of in both]
    shared = tuple(_cited(of, FERRY[:60]) for of in both)
    return Briefing(
        id="hostile",
        title=MARKUP,
        articles=both,
        origins=(Origin("o1", ("a",), "own", None, MARKUP), Origin("o2", ("b",), "agency", MARKUP, MARKUP, shared)),
        findings=tuple(findings),
        quotes=tuple(replace(told["quotes"][0], finding="f-quote", utterance="ut-quote") for told in claims),
        figures=tuple(replace(told["figures"][0], finding="f-figure") for told in claims),
        commitments=tuple(replace(told["commitments"][0], finding="f-commitment") for told in claims),
        timeline=(TimelineEntry("2031-05-04", MARKUP, findings[0].evidence, ids[0]),),
        names=(Name("n1", SPEAKER, "person", ("a", "b"), (MARKUP,), role=MARKUP),),
        summary=(SummarySentence(MARKUP, (ids[0],)),),
        rejected=(Rejected(MARKUP, "parse", MARKUP),),
        utterances=findings[1].utterances,
        passages=tuple(Passage(one.article, one.start, one.end, one.text, "sh1", "o2", MARKUP) for one in shared),
    )


def found_in(page: str) -> list[str]:
    """Return what in a page would run, or show that words were taken for markup."""
    tree = html.fromstring(page)
    found = [f"<{one.tag} {name}>" for one in tree.iter() for name in map(str, one.attrib) if name.startswith("on")]
    found += [f"<{one.tag} style>" for one in tree.iter() if "style" in one.attrib]
    found += ["<style>" for _ in tree.iter("style")]
    found += ["<script> without src" for one in tree.iter("script") if not one.get("src", "").startswith("/static/")]
    for one in tree.iter():
        for name in ("href", "src", "action", "formaction", "xlink:href", "hx-get", "hx-post"):
            value = (one.get(name) or "").strip().lower()
            if value.startswith(("javascript:", "data:text", "vbscript:")):
                found.append(f"<{one.tag} {name}={value[:30]}>")
    return found + [marker for marker in (SCRIPT, IMAGE, SHAPE, ">49") if marker in page]
