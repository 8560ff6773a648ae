"""The records that flow from stage to stage, in the order of the way through.

Frozen dataclasses with slots; standard library only. Spans are code-point offsets into `Article.text`, and every record
that has `article`, `start`, `end` and `text` satisfies `article.text[start:end] == text`. Dates are ISO 8601 strings: a
day (`2021-06-08`), else a month (`2021-06`) or a year (`2021`). Ids are content hashes unless the input brought one.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal, Protocol

NameKind = Literal["person", "organisation", "place"]
ClaimKind = Literal["quote", "figure", "commitment", "statement"]
Verdict = Literal["corroborated", "single", "disputed"]
Between = Literal["reports", "speakers"]
UpdateKind = Literal[
    "new story",
    "new report",
    "newly corroborated",
    "newly disputed",
    "no longer disputed",
    "no longer corroborated",
    "corrected",
    "retracted",
    "merged",
    "commitment",
]
Says = Literal["made", "done", "partly done", "changed", "withdrawn", "denied"]
CorrectionKind = Literal[
    "stories merged",
    "story split",
    "origins merged",
    "origin split",
    "findings merged",
    "finding split",
    "finding dismissed",
    "dispute dismissed",
    "entry dismissed",
    "speaker",
    "value",
    "status",
]
Status = Literal["open", "reported done", "reported partly done", "changed", "withdrawn", "disputed", "overdue"]


def content_id(*parts: object) -> str:
    """Return a short stable id: the first 12 hex digits of the SHA-256 of `parts`."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:12]


class Spanned(Protocol):
    """Anything that stands at an exact place in an article."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Rejected:
    """What a stage left out, and why: nothing is dropped silently."""

    what: str
    stage: str
    reason: str


@dataclass(frozen=True, slots=True)
class Unchanged(Rejected):
    """A page that its server did not send, because it has not changed since it was last read."""


# read -----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Listing:
    """What a feed, a sitemap or an archive says of a page that it lists. What the page says of itself wins."""

    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    published: str | None = None
    modified: str | None = None
    section: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Bytes as read, and where they came from. `media_type` is a key of `parse.FORMATS` (`text/plain`, ...).

    `location` is a path, a URL or a place in a file ("dump.warc.gz, record 17"); `fetched` an ISO time in UTC;
    `charset` what the server or the archive calls the encoding; `address` the URL that the page itself has.
    """

    content: bytes
    location: str
    media_type: str
    fetched: str | None = None
    charset: str | None = None
    listing: Listing | None = None
    address: str | None = None

    @property
    def url(self) -> str | None:
        """The page's URL: its `address`, else its `location` where that is one."""
        plain = self.location.startswith(("http://", "https://")) and " " not in self.location
        return self.address or (self.location if plain else None)


# parse ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Caption:
    """The words under a picture or a video, kept apart from the text, and whom they credit ("Jo Bly/Reuters")."""

    text: str
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a live blog: a stretch of the article's text, and the ISO day or time it was posted."""

    start: int
    end: int
    at: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """How a version differs from the one before: sentences `before` (None: added) and `after` (None: dropped).

    `start` and `end` are where `after` stands in the new version's text, or where `before` would stand (start == end).
    A new title is a change of the `part` title, which stands nowhere in the text (0, 0).
    """

    before: str | None
    after: str | None
    start: int
    end: int
    part: Literal["text", "title"] = "text"


@dataclass(frozen=True, slots=True)
class Article:
    """One outlet's report. `text` is never changed after parsing; `language` is an ISO 639-1 code or None.

    `published` is an ISO day, `modified` an ISO day or time; `paywalled` None where the page does not say. An article
    that changed is a new `version` of the one whose id is `replaces`, with its `changes`.
    """

    id: str
    text: str
    outlet: str
    title: str | None = None
    byline: str | None = None
    credits: tuple[str, ...] = ()
    published: str | None = None
    language: str | None = None
    url: str | None = None
    modified: str | None = None
    section: str | None = None
    paywalled: bool | None = None
    captions: tuple[Caption, ...] = ()
    entries: tuple[Entry, ...] = ()
    version: int = 1
    replaces: str | None = None
    changes: tuple[Change, ...] = ()


# analyze --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an article's text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence or stand-alone line. `paragraph` counts from 0.

    `furniture` is None for running text, else what the line is: title, heading, caption, credit, byline, cross-link,
    advert, dateline. A dateline or an agency credit before a sentence is a `Sentence` of its own.
    """

    start: int
    end: int
    text: str
    paragraph: int
    furniture: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an article means a name: by `name`, by `title` ("the vice president") or by `pronoun`."""

    start: int
    end: int
    text: str
    how: Literal["name", "title", "pronoun"] = "name"


@dataclass(frozen=True, slots=True)
class Name:
    """One real person, organisation or place, in one article or (from `reconcile`) over a story.

    `name` is the fullest form given, `aliases` the other forms (titles included, pronouns not), `articles` where it
    stands; `mentions` belong to a single article and are empty over a story. `role` is the description given with it.
    """

    id: str
    name: str
    kind: NameKind
    articles: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    role: str | None = None
    gender: Literal["female", "male"] | None = None


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression with its value. `until` is the last day of a stretch ("from Monday to Friday"), else None.

    `future` tells of a due date or a time after publication; expressions with no calendar value have `date` None.
    """

    article: str
    start: int
    end: int
    text: str
    date: str | None
    until: str | None = None
    future: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody is quoted as saying. A direct quote's span is what stands between the marks, marks left out.

    A mixed quote is the marked part of a sentence, an indirect one the reported words, without marks. `speaker` is the
    fullest name that the article gives, the role phrase for unnamed ones, None if nobody; `speaker_id` the `Name.id`
    where there is one; `cue` the word or phrase that attributes ("said"). `source` and `cue_span` are where the
    attribution names the speaker and the cue; `content` all that it attributes, in its pieces, marks included.
    `relayed_by` is who passes the words on where the speaker is quoted by somebody else; `found_by` what found the
    quote; `utterance` the id of the `Utterance` that quotes of other reports give too.
    """

    article: str
    start: int
    end: int
    text: str
    kind: Literal["direct", "indirect", "mixed"]
    speaker: str | None
    cue: str | None = None
    speaker_id: str | None = None
    finding: str | None = None
    source: Span | None = None
    cue_span: Span | None = None
    content: tuple[Span, ...] = ()
    relayed_by: str | None = None
    found_by: Literal["rules", "model", "both"] = "rules"
    utterance: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """An expression that says how many or how much.

    `value` (and `high` for a range) are plain numbers, percent 20 is 20, None where words give none ("dozens").
    `unit` is an ISO currency code, person, percent, year, vote, age, km ..., else the counted noun in the singular;
    `of` what is counted, in the article's words. `step` is the size of the last digit stated ("$1.4 billion": 1e8).
    """

    article: str
    start: int
    end: int
    text: str
    value: float | None
    unit: str | None
    of: str | None = None
    qualifier: Literal["exact", "about", "at_least", "at_most", "more_than", "less_than"] = "exact"
    high: float | None = None
    step: float | None = None
    finding: str | None = None


@dataclass(frozen=True, slots=True)
class Commitment:
    """A stated future act of a named or described actor. `due` and `what` are the article's words; `due_date` ISO."""

    article: str
    start: int
    end: int
    text: str
    who: str | None
    what: str
    strength: Literal["promised", "agreed", "planned", "offered", "threatened", "ordered", "refused", "considering"]
    to_whom: str | None = None
    amount: float | None = None
    unit: str | None = None
    due: str | None = None
    due_date: str | None = None
    who_id: str | None = None
    finding: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A clause-level claim: one thing that the article, or a speaker in it, says is so.

    `sentence` indexes `Analysis.sentences`. `head` is the lemma of the clause's main verb (or noun); `words` its
    content lemmas, lower case, in order; `names` the `Name.id`s meant in it, pronouns and titles resolved; `actor` the
    one that acts; `place` where; `date` when it happened; `speaker` who is said to say so (None: the outlet itself).
    """

    article: str
    start: int
    end: int
    text: str
    sentence: int
    head: str
    words: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    actor: str | None = None
    place: str | None = None
    date: str | None = None
    speaker: str | None = None
    negated: bool = False
    status: Literal["done", "planned", "state", "hypothetical"] = "done"
    passive: bool = False


@dataclass(frozen=True, slots=True)
class Happening:
    """A dated happening that the article tells: its clause, and the ISO date of it."""

    article: str
    start: int
    end: int
    text: str
    date: str


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything found in one article, each item with its span, in text order."""

    article: str
    sentences: tuple[Sentence, ...] = ()
    names: tuple[Name, ...] = ()
    times: tuple[Time, ...] = ()
    quotes: tuple[Quote, ...] = ()
    figures: tuple[Figure, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    statements: tuple[Statement, ...] = ()
    happenings: tuple[Happening, ...] = ()
    credits: tuple[str, ...] = ()
    rejected: tuple[Rejected, ...] = ()


# cluster --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Origin:
    """Articles that share one text count once. `kind` is own, agency or copy; `why` names the shared text or credit.

    `shared` lists the sentences that two or more of its articles carry, each as the first of them prints it.
    """

    id: str
    articles: tuple[str, ...]
    kind: Literal["own", "agency", "copy"]
    agency: str | None
    why: str
    shared: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article whose text another article carries too; passages with one `shared` id are one text.

    `origin` is the id of the `Origin` whose text it is, `agency` the agency that wrote it; None where it is not known.
    """

    article: str
    start: int
    end: int
    text: str
    shared: str
    origin: str | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """Articles on one event, their origins (each article in exactly one), and the passages they copied.

    `title` is that of the article most like the others, where `group` made the story.
    """

    id: str
    articles: tuple[Article, ...]
    origins: tuple[Origin, ...]
    passages: tuple[Passage, ...] = ()
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """Stories that follow one another, an event and what came of it: their ids, in the order of their days."""

    id: str
    stories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grouping:
    """A pile of articles as stories, in the order of their first days; the chains they form; what was left out."""

    stories: tuple[Story, ...]
    chains: tuple[Chain, ...] = ()
    rejected: tuple[Rejected, ...] = ()


# reconcile ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Citation:
    """The exact characters that carry a line."""

    article: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Value:
    """One side of a difference: what it says, and the articles that say it."""

    value: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the claims of a finding differ. `field`: value, date, place, actor, polarity, status, wording, detail."""

    field: str
    values: tuple[Value, ...]
    compatible: bool


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one speaker said once, as two or more reports give it: quoted, clipped, reworded, translated, reported.

    `quotes` are the spans of those `Quote`s; `wording` how the words inside the marks differ (case, punctuation and
    clipping are no difference), empty where they do not; `score` in 0..1 how sure the least sure pair of them is.
    """

    id: str
    quotes: tuple[Citation, ...]
    wording: tuple[Value, ...] = ()
    score: float = 1.0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing asserted, by one report or more, with its verdict.

    `kind` is the most specific kind of its claims; `gist` its sentence, in a report's own words; `origins` how many
    origins carry it; `between` is set for disputed findings only; `score` in 0..1, `reasons` say why;
    `weight` orders the briefing; `utterances` are those that its claims carry (the briefing lists them).
    """

    id: str
    kind: ClaimKind
    gist: str
    verdict: Verdict
    between: Between | None
    origins: int
    outlets: tuple[str, ...]
    evidence: tuple[Citation, ...]
    differences: tuple[Difference, ...] = ()
    score: float = 1.0
    reasons: tuple[str, ...] = ()
    weight: float = 0.0
    utterances: tuple[Utterance, ...] = ()


# brief ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A dated happening."""

    date: str
    gist: str
    evidence: tuple[Citation, ...]
    finding: str | None = None


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """One sentence of the lead and the findings that carry it."""

    text: str
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Briefing:
    """What a desk reads: chosen, ordered, cited (`accord/briefing@1`). Findings stand in the order of their weight."""

    id: str
    title: str
    articles: tuple[Article, ...]
    origins: tuple[Origin, ...]
    findings: tuple[Finding, ...]
    quotes: tuple[Quote, ...]
    figures: tuple[Figure, ...]
    commitments: tuple[Commitment, ...]
    timeline: tuple[TimelineEntry, ...]
    names: tuple[Name, ...]
    summary: tuple[SummarySentence, ...]
    rejected: tuple[Rejected, ...] = ()
    utterances: tuple[Utterance, ...] = ()
    passages: tuple[Passage, ...] = ()


# keep up --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Update:
    """What later coverage changed in a story. `at` is when accord noticed it (ISO time in UTC).

    `finding` is the id of the finding that it is about, `article` that of the report that brought it (a corrected one:
    the new version). `before` and `after` are the words or values that changed: a passage of the older and the newer
    version, a status of the ledger, the id of a story that was merged into another. `names` are those that it is about.
    """

    id: str
    kind: UpdateKind
    story: str
    gist: str
    at: str | None = None
    finding: str | None = None
    article: str | None = None
    before: str | None = None
    after: str | None = None
    evidence: tuple[Citation, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """What one article says of one commitment, with its span: that it was made, or what became of it.

    `who`, `what`, `to_whom` and `due` are the article's words, `due_date` ISO (a day, a month or a year) and
    `published` the article's day; `speaker` is who says so (None: the outlet itself). `finding` is the finding of its
    story that the line is evidence of. `origin` is that of the article: of
    lines with one origin and the same words one counts. `keys` are the marks by which lines that may be of one
    commitment find each other. `date` (ISO) is when what the line tells happened; `recalled` tells that it looks back
    on a commitment made before; `about` are the words before it that it takes up ("the money"), where its own say too
    little.
    """

    id: str
    article: str
    start: int
    end: int
    text: str
    says: Says
    outlet: str
    who: str | None
    what: str
    published: str | None = None
    to_whom: str | None = None
    strength: str | None = None
    amount: float | None = None
    unit: str | None = None
    due: str | None = None
    due_date: str | None = None
    speaker: str | None = None
    story: str | None = None
    finding: str | None = None
    origin: str | None = None
    keys: tuple[str, ...] = ()
    date: str | None = None
    recalled: bool = False
    about: str | None = None


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One commitment, followed from the day it was made: what is known of it, and every line that says so.

    `made` is the day of the first report of it, `latest` that of the latest; `amount`, `due` and the like are as the
    latest line that gives them has them. `status` follows from `lines` by the rules in docs/ledger.md; `rule` names
    the one that applied and what it rests on, `rests_on` the words, empty where it rests on an absence. `lines` are in
    the order of their days.
    """

    id: str
    who: str | None
    what: str
    status: Status
    rule: str
    lines: tuple[LedgerLine, ...]
    to_whom: str | None = None
    strength: str | None = None
    amount: float | None = None
    unit: str | None = None
    due: str | None = None
    due_date: str | None = None
    made: str | None = None
    latest: str | None = None
    rests_on: tuple[Citation, ...] = ()


# correct --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person says against the machine's answer, which stays as it is beside it: who, when, on what, why.

    It names what it is about by articles (stories, origins) or by exact passages (findings, quotes, figures,
    commitments, entries of the ledger), by which it finds that again after another analysis and in later versions.
    `articles` or `passages` are merged with, or split from, `others` or `other_passages`. `speaker`, `value` and
    `status` put `value` in the place of the machine's `before`; of a value, `field` names the field of the `Figure` or
    `Commitment`. `at` and `undone` are ISO times in UTC, `by` and `undone_by` names of analysts.
    """

    id: str
    kind: CorrectionKind
    by: str
    at: str
    articles: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    passages: tuple[Citation, ...] = ()
    other_passages: tuple[Citation, ...] = ()
    field: str | None = None
    value: str | None = None
    before: str | None = None
    note: str = ""
    undone: str | None = None
    undone_by: str | None = None
