"""Invented reports and hand-made analyses for the tests of `cluster`."""

from __future__ import annotations

import re

from accord.records import Analysis, Article, Quote, Sentence

WIRE = (
    "A freight barge sank off the port of Varlund late on Monday, leaving three sailors missing.",
    "The harbour office said the vessel had been carrying 40 tonnes of fertiliser from Ostrava Bay.",
    "Two tugboats searched the estuary until dawn but found only a life raft and some ropes.",
    "“Nobody here has ever seen waves as high as the ones that came in that night,” pilot Ana Merrick said.",
    "Divers will go down again once the storm that has battered the coast all week moves east.",
    "The owner of the barge, a family firm from Telmar, declined to comment on its last inspection.",
)
OTHER = (
    "Rescue teams spent the night looking for the crew of a barge lost near Varlund.",
    "Witnesses on the pier told how the lights of the ship went out within a few minutes.",
    "“Nobody here has ever seen waves as high as the ones that came in that night,” said Merrick, who guides ships in.",
    "Local fishermen joined the hunt in small boats although officials had asked them to stay ashore.",
    "An inquiry is to look at whether the cargo had been stowed in line with the rules.",
)
EDITED = (
    "A freight barge sank off the port of Varlund late Monday, leaving 3 sailors missing.",
    "The harbor office said that the vessel had been carrying 40 tons of fertilizer from Ostrava Bay.",
    "Two tugboats searched the estuary until dawn, but found only a life raft and ropes.",
    "Divers will go down again once the storm that battered the coast all week has moved east.",
    "The owner of the barge, a family firm from Telmar, would not comment.",
)


def report(
    name: str, *sentences: str, outlet: str | None = None, credits: tuple[str, ...] = ()
) -> tuple[Article, Analysis]:
    """Return an article of `sentences`, a paragraph each; one that starts with "#" is furniture."""
    text = "\n".join(sentences)
    article = Article(id=name, text=text, outlet=outlet or f"{name} daily", published="2031-05-06")
    found, at = [], 0
    for number, sentence in enumerate(sentences):
        furniture = "caption" if sentence.startswith("#") else None
        found.append(Sentence(at, at + len(sentence), sentence, number, furniture))
        at += len(sentence) + 1
    quotes = tuple(
        Quote(name, match.start(1), match.end(1), match[1], "direct", None) for match in re.finditer("“([^”]*)”", text)
    )
    return article, Analysis(name, sentences=tuple(found), quotes=quotes, credits=credits)
