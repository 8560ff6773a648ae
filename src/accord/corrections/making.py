"""Makes corrections of what a person says, and refuses those that make no sense.

Every function takes `by` (the analyst's name), `at` (an ISO time in UTC) and a `note` (why; 2,000 characters at most).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from accord.corrections.places import surroundings
from accord.corrections.values import (
    COMMITMENT_FIELDS,
    FIGURE_FIELDS,
    MOST_NAME,
    NEEDED,
    STATUSES,
    as_field,
    as_words,
    note,
    one_of,
    words,
)
from accord.errors import CorrectionError
from accord.records import (
    Article,
    Citation,
    Commitment,
    Correction,
    CorrectionKind,
    Figure,
    Finding,
    LedgerEntry,
    Origin,
    Quote,
    content_id,
)

Citations = tuple[Citation, ...]


# findings -------------------------------------------------------------------------------------------------------------


def merge_findings(a: Finding, b: Finding, *, by: str, at: str, note: str = "") -> Correction:
    """Say that two findings are one thing, told as `a`."""
    if a.id == b.id or set(a.evidence) == set(b.evidence):
        raise CorrectionError(f"finding {a.id} cannot be merged with itself; name two findings")
    return _made("findings merged", by, at, note, passages=a.evidence, other_passages=b.evidence, before=a.gist)


def split_finding(finding: Finding, off: Sequence[Citation], *, by: str, at: str, note: str = "") -> Correction:
    """Say that the passages `off` of a finding are a thing of their own."""
    taken = tuple(citation for citation in finding.evidence if citation in set(off))
    strange = next((citation for citation in off if citation not in finding.evidence), None)
    if strange is not None:
        raise CorrectionError(
            f"finding {finding.id} has no passage at {strange.article} {strange.start}-{strange.end}; name its own"
        )
    if not taken:
        raise CorrectionError(f"no passage of finding {finding.id} is named; choose those that are split off")
    kept = tuple(citation for citation in finding.evidence if citation not in taken)
    if not kept:
        raise CorrectionError(f"all passages of finding {finding.id} are split off; leave one of them at least")
    return _made("finding split", by, at, note, passages=taken, other_passages=kept, before=finding.gist)


def dismiss_finding(finding: Finding, *, by: str, at: str, note: str = "") -> Correction:
    """Say that a finding is none: it is left out, with what rests on it alone."""
    return _made("finding dismissed", by, at, note, passages=finding.evidence, before=finding.gist)


def dismiss_dispute(finding: Finding, field: str | None = None, *, by: str, at: str, note: str = "") -> Correction:
    """Say that what differs in a finding is no contradiction: in one `field`, or at all."""
    apart = [difference.field for difference in finding.differences if not difference.compatible]
    if not apart:
        raise CorrectionError(f"finding {finding.id} is not disputed; there is no dispute to dismiss")
    if field is not None and field not in apart:
        raise CorrectionError(
            f"finding {finding.id} is not disputed in its {field!r}; choose one of {', '.join(apart)}"
        )
    return _made("dispute dismissed", by, at, note, passages=finding.evidence, field=field, before=finding.gist)


# what was read --------------------------------------------------------------------------------------------------------


def fix_speaker(
    quote: Quote, speaker: str | None, *, by: str, at: str, note: str = "", article: Article | None = None
) -> Correction:
    """Say who said a quote; None: nobody who is named. With its `article` it is found again wherever it moves."""
    said = None if speaker is None or not speaker.strip() else words(speaker, "the speaker", MOST_NAME)
    if said == quote.speaker:
        raise CorrectionError(f"the speaker is {said!r} already; write another, or leave it" if said else _NOBODY)
    here, around = _place(quote, article)
    return _made(
        "speaker", by, at, note, passages=here, other_passages=around, field="speaker", value=said, before=quote.speaker
    )


_NOBODY = "nobody is named as the speaker already; write a name, or leave it"


def fix_value(
    item: Figure | Commitment,
    field: str,
    value: str | None,
    *,
    by: str,
    at: str,
    note: str = "",
    article: Article | None = None,
) -> Correction:
    """Say how one `field` of a figure or a commitment is to be read; None, or nothing, where there is no such value.

    Numbers as 1400000, 1,400,000 or "1.4 million", dates in ISO; `values.FIGURE_FIELDS` and `COMMITMENT_FIELDS` are
    the fields. The article's own words stay as they are.
    """
    known = FIGURE_FIELDS if isinstance(item, Figure) else COMMITMENT_FIELDS
    name = "figure" if isinstance(item, Figure) else "commitment"
    if field not in known:
        raise CorrectionError(
            f"a {name} has no field {field!r} that can be corrected; choose one of {', '.join(known)}"
        )
    said = None if value is None or not value.strip() else known[field](value)
    if said is None and field in NEEDED:
        raise CorrectionError(f"{field} cannot be empty; choose or write a value")
    before = as_words(getattr(item, field))
    if said == before:
        raise CorrectionError(f"{field} is {before or 'empty'} already; write another value, or leave it")
    if isinstance(item, Figure) and said is not None:
        low, high = (as_field(f, said) if f == field else getattr(item, f) for f in ("value", "high"))
        if isinstance(low, float) and isinstance(high, float) and high < low:
            raise CorrectionError(
                f"the range would end at {high:,.12g}, below its start {low:,.12g}; correct the other first"
            )
    here, around = _place(item, article)
    return _made("value", by, at, note, passages=here, other_passages=around, field=field, value=said, before=before)


# origins and stories --------------------------------------------------------------------------------------------------


def merge_origins(a: Origin, b: Origin, *, by: str, at: str, note: str = "") -> Correction:
    """Say that two origins are one text."""
    if a.id == b.id or set(a.articles) & set(b.articles):
        raise CorrectionError(f"origin {a.id} cannot be merged with itself; name two origins")
    return _made("origins merged", by, at, note, articles=a.articles, others=b.articles)


def split_origin(origin: Origin, off: Sequence[str], *, by: str, at: str, note: str = "") -> Correction:
    """Say that the articles `off` (ids) of an origin are a text of their own."""
    taken, kept = _parted(origin.articles, off, f"origin {origin.id}")
    return _made("origin split", by, at, note, articles=taken, others=kept)


def merge_stories(articles: Sequence[str], others: Sequence[str], *, by: str, at: str, note: str = "") -> Correction:
    """Say that the stories of the articles (ids) `articles` and `others` are one, told as the first."""
    if not articles or not others or set(articles) & set(others):
        raise CorrectionError("a story cannot be merged with itself; name two stories with different articles")
    return _made("stories merged", by, at, note, articles=_unique(articles), others=_unique(others))


def split_story(articles: Sequence[str], others: Sequence[str], *, by: str, at: str, note: str = "") -> Correction:
    """Say that of a story the `articles` (ids) tell of another event than the `others`."""
    if not articles:
        raise CorrectionError("no article of the story is named; choose those that are split off")
    if not others:
        raise CorrectionError("all articles of the story are split off; leave one of them at least")
    both = next((name for name in articles if name in set(others)), None)
    if both is not None:
        raise CorrectionError(f"article {both!r} is split off and stays; choose one of the two")
    return _made("story split", by, at, note, articles=_unique(articles), others=_unique(others))


# the ledger -----------------------------------------------------------------------------------------------------------


def dismiss_entry(entry: LedgerEntry, *, by: str, at: str, note: str = "") -> Correction:
    """Say that an entry of the ledger is no commitment."""
    said = f"{entry.who}: {entry.what}" if entry.who else entry.what
    return _made("entry dismissed", by, at, note, passages=_lines(entry), before=said)


def set_status(entry: LedgerEntry, status: str, *, by: str, at: str, note: str = "") -> Correction:
    """Say how a commitment stands: one of `records.Status`."""
    said = one_of(STATUSES, "status")(status)
    if said == entry.status:
        raise CorrectionError(f"entry {entry.id} is {said} already; choose another status, or leave it")
    return _made("status", by, at, note, passages=_lines(entry), field="status", value=said, before=entry.status)


# parts ----------------------------------------------------------------------------------------------------------------


def _made(
    kind: CorrectionKind,
    by: str,
    at: str,
    why: str,
    *,
    articles: tuple[str, ...] = (),
    others: tuple[str, ...] = (),
    passages: Citations = (),
    other_passages: Citations = (),
    field: str | None = None,
    value: str | None = None,
    before: str | None = None,
) -> Correction:
    name, time, told = words(by, "the analyst's name", MOST_NAME), _time(at), note(why)
    places = [(c.article, c.start, c.end) for c in (*passages, *other_passages)]
    identity = content_id("correction", kind, name, time, articles, others, places, field, value)
    fields = {"articles": articles, "others": others, "passages": passages, "other_passages": other_passages}
    return Correction(identity, kind, name, time, **fields, field=field, value=value, before=before, note=told)  # type: ignore[arg-type]


def _time(at: str) -> str:
    """Return an ISO time in UTC, as the store writes them; CorrectionError where it is none."""
    try:
        found = datetime.fromisoformat(at)
    except ValueError as error:
        raise CorrectionError(f"{at!r} is no time; write it in UTC as 2031-06-08T09:30:00Z") from error
    if found.tzinfo is None or len(at) <= len("2031-06-08"):
        raise CorrectionError(f"{at!r} names no zone; write it in UTC as 2031-06-08T09:30:00Z")
    return at if at.endswith("Z") else found.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _parted(whole: Sequence[str], off: Sequence[str], what: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    strange = next((name for name in off if name not in whole), None)
    if strange is not None:
        raise CorrectionError(f"article {strange!r} is not in {what}; name articles of it")
    taken = tuple(name for name in _unique(whole) if name in set(off))
    kept = tuple(name for name in _unique(whole) if name not in set(off))
    if not taken:
        raise CorrectionError(f"no article of {what} is named; choose those that are split off")
    if not kept:
        raise CorrectionError(f"all articles of {what} are split off; leave one of them at least")
    return taken, kept


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _place(item: Quote | Figure | Commitment, article: Article | None) -> tuple[Citations, Citations]:
    """Return where `item` stands and what stands around it."""
    here = Citation(item.article, item.start, item.end, item.text)
    if article is None:
        return (here,), ()
    if article.id != item.article or article.text[item.start : item.end] != item.text:
        raise CorrectionError(
            f"article {article.id!r} has no such words at {item.start}-{item.end}; give its own article"
        )
    return (here,), (surroundings(here, article),)


def _lines(entry: LedgerEntry) -> Citations:
    return tuple(dict.fromkeys(Citation(line.article, line.start, line.end, line.text) for line in entry.lines))
