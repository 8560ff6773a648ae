"""Lines of commitments made by hand."""

from __future__ import annotations

from typing import Any

from accord.ledger.keys import keys_of
from accord.records import LedgerLine, Says, content_id

OUTLETS = ("Tarn Herald", "Orlen Post", "Kestrin Times")


def line(
    text: str, day: str, says: Says = "made", *, article: str | None = None, start: int = 0, **fields: Any
) -> LedgerLine:
    """Return a line that stands in an article of its own unless told otherwise; `made` ones state a commitment."""
    name = article or content_id(text, day)
    given: dict[str, Any] = {"who": None, "what": text, "outlet": OUTLETS[len(text) % 3]}
    if says == "made" and "strength" not in fields:
        given["strength"] = "planned"
    given |= fields
    return LedgerLine(
        id=content_id("line", name, start, says),
        article=name,
        start=start,
        end=start + len(text),
        text=text,
        says=says,
        published=day,
        keys=keys_of(given["who"], given["what"], given.get("amount"), given.get("about"), text),
        **given,
    )


FERRY = line(
    "Orlen council will buy a second ferry for the Tarn crossing by the end of June",
    "2031-03-04",
    who="Orlen council",
    what="buy a second ferry for the Tarn crossing by the end of June",
    due="by the end of June",
    due_date="2031-06",
)
FERRY_AGAIN = line(
    "the council would buy a second ferry for the crossing before July",
    "2031-04-11",
    who="the council",
    what="buy a second ferry for the crossing before July",
    due="before July",
    due_date="2031-06-30",
)
FERRY_NOT_BOUGHT = line(
    "The ferry that Orlen council promised in March has still not been bought",
    "2031-07-09",
    "denied",
    who="Orlen council",
    recalled=True,
)
FERRY_BOUGHT = line(
    "Orlen council has bought a second ferry for the Tarn crossing", "2031-07-02", "done", who="Orlen council"
)
MILL = line(
    "Velmar Paper will close its mill at Sorby by October",
    "2031-01-15",
    who="Velmar Paper",
    what="close its mill at Sorby by October",
    due="by October",
    due_date="2031-10",
)
MILL_KEPT = line(
    "Velmar Paper has dropped its plan to close the Sorby mill",
    "2031-03-02",
    "withdrawn",
    who="Velmar Paper",
    what="close the Sorby mill",
    strength="planned",
    recalled=True,
)
SCHOOLS = line(
    "Norvia pledged $130 million to rebuild schools in Istra",
    "2031-02-01",
    who="Norvia",
    what="rebuild schools in Istra",
    strength="promised",
    amount=130e6,
    unit="USD",
)
SCHOOLS_RAISED = line(
    "Norvia raised its pledge for schools in Istra from $130 million to $150 million",
    "2031-05-20",
    "changed",
    who="Norvia",
    what="schools in Istra",
    strength="promised",
    amount=150e6,
    unit="USD",
    recalled=True,
)
