"""What a store does, whatever keeps it: the interface that `tests/contract` holds every store to.

A store keeps what was read and all that was made of it, each piece with where it came from. Articles have two names: an
id (a content hash or the input's own) and a `number` (a positive integer, in the order in which they came).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from accord.records import (
    Analysis,
    Article,
    Briefing,
    Chain,
    Correction,
    CorrectionKind,
    Finding,
    LedgerEntry,
    LedgerLine,
    NameKind,
    Page,
    Rejected,
    Status,
    Update,
    UpdateKind,
)

if TYPE_CHECKING:
    from accord.history import Known
    from accord.readers.web.memory import Validators

HitKind = Literal["article", "quote", "figure", "commitment"]


# rows -----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Arrival:
    """An article on its way into a store, with all that is known of where it came from and what was made of it.

    `what` is its place ("feed.jsonl, line 3"), `page` the bytes that it was parsed from, `fetched` when (ISO time in
    UTC); `mark` and `marks` are those of `parse.versions` (`print_of`, `keys_of`). `maker` names the accord and the
    models that made `analysis`. `day` (number of the day, 1 is 1 January of year 1), `postings` (its telling terms with
    their weights) and `sketch` (as `cluster.grouping.pack` gives it) are what grouping sees. `latest` is false for an
    older version that came late: it is kept, but neither searched nor grouped. `follows` is the id of the held version
    whose place it takes: that which the article `replaces`, or an earlier one where that was never read.
    """

    article: Article
    what: str
    page: Page | None
    mark: str
    marks: tuple[str, ...]
    analysis: Analysis
    maker: str
    fetched: str | None = None
    day: int | None = None
    postings: tuple[tuple[int, float], ...] = ()
    sketch: bytes = b""
    latest: bool = True
    follows: str | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """An article as a store holds it. `page` is the SHA-256 of the raw page, in hex; `added` an ISO time in UTC.

    `superseded` is true where a later version is held; `gone` is when its outlet was found to have taken it down.
    """

    number: int
    article: Article
    what: str
    page: str | None
    fetched: str | None
    added: str
    superseded: bool = False
    gone: str | None = None
    story: str | None = None


@dataclass(frozen=True, slots=True)
class Posting:
    """That the article `number` (of the `day`) carries a term (a hash, signed 64 bits), with its weight."""

    term: int
    number: int
    day: int | None
    weight: float


@dataclass(frozen=True, slots=True)
class StoryLine:
    """A story in a list. Days are ISO; `updated` is when it was last briefed (ISO time in UTC).

    `agreed`, `disputed` and `single` count its findings by verdict; `lead` is the first sentence of its briefing.
    `stale` is true where articles came that its briefing does not know; `weight` orders stories: how much there is to
    tell.
    """

    id: str
    title: str
    first: str | None
    last: str | None
    outlets: tuple[str, ...]
    articles: int
    origins: int
    agreed: int = 0
    disputed: int = 0
    single: int = 0
    weight: float = 0.0
    updated: str | None = None
    stale: bool = False
    revision: int = 0
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """What to search for. `words` as people type them: all must occur, "..." is a phrase, -word must not, word* begins.

    `since` and `until` are ISO days of publication, both included; `speaker` and `outlet` match parts of names,
    whatever their case, and `exactly` whole names only; `kind` None searches everything. No words at all find
    everything that the rest admits.
    """

    words: str = ""
    kind: HitKind | None = None
    speaker: str | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    limit: int = 20
    offset: int = 0
    exactly: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: a claim with its span, or an article (its span is the passage around the words). Best first.

    `quoted` is true of a quote that stands between quotation marks in its article: the rest is reported speech.
    """

    kind: HitKind
    article: str
    outlet: str
    title: str | None
    published: str | None
    start: int
    end: int
    text: str
    speaker: str | None = None
    story: str | None = None
    score: float = 0.0
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Facets:
    """How many hits a query has: by kind, and by outlet, speaker and month ("2031-05"), the most frequent first.

    `more` is true where there are more than were counted: of the common words only the latest matches are.
    """

    kinds: tuple[tuple[HitKind, int], ...] = ()
    outlets: tuple[tuple[str, int], ...] = ()
    speakers: tuple[tuple[str, int], ...] = ()
    months: tuple[tuple[str, int], ...] = ()
    more: bool = False


@dataclass(frozen=True, slots=True)
class Located:
    """A finding by its id: `story` is the story it is in, or was; `current` is false where its briefing lost it.

    Of a lost finding `finding` is as it last was, and `now` the ids of the findings that carry its passages by now.
    """

    finding: Finding
    story: str
    current: bool = True
    now: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A person, body or place by the fullest name, over all stories: in how many, and which (the latest first)."""

    name: str
    kind: NameKind
    stories: int
    latest: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """What the watch knows of a feed or page that it reads again and again. Times are ISO, in UTC.

    `next` is when it is due; `failures` counts the failed reads in a row, `problem` says what the last one was.
    """

    url: str
    next: str
    failures: int = 0
    problem: str | None = None
    read: str | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """That a page is to be looked at again. Times are ISO, in UTC.

    `url` is the address as it was listed; `next` "" says never; `seen` counts the visits, `missed` the last ones in a
    row that brought nothing; `last` is when it was last read, `note` what the watch notes of it (JSON).
    """

    url: str
    next: str
    seen: int = 0
    missed: int = 0
    last: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Damage:
    """Something wrong in a store: where, what, and what can be done."""

    where: str
    problem: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a store holds: `articles` are the last versions, `versions` those that they superseded."""

    articles: int
    versions: int
    stories: int
    findings: int
    entries: int
    updates: int
    rejected: int


# the store ------------------------------------------------------------------------------------------------------------


class Store(Protocol):
    """Keeps articles, stories and the ledger.

    All that is written inside one `transaction` is kept whole or not at all, once it ends without an error; writing
    outside one raises RuntimeError, and so does a transaction inside another. One process writes at a time, others wait
    for it; reading never waits. A store is used by one thread at a time, but for the three functions of
    `readers.web.memory.Memory`. Every method raises StoreError where the store cannot be read or written, and names the
    store and what to do.
    """

    @property
    def url(self) -> str:
        """Where it is, without passwords: for messages."""
        ...

    def close(self) -> None: ...

    def transaction(self) -> AbstractContextManager[None]: ...

    # what was fetched and read (`readers.web.memory.Memory`, `revisions.History`); may be called outside a transaction

    def validators(self, url: str) -> Validators | None: ...

    def remember(self, url: str, validators: Validators) -> None:
        """Keep what a server said of a page; it counts once `finish` is called, and is lost if it never is."""
        ...

    def forget(self, url: str) -> None: ...

    def finish(self) -> None:
        """Say that all that was read since the last call was kept."""
        ...

    def known(self, key: str) -> Iterator[Known]:
        """Yield the last versions of articles under one of `Arrival.marks`, the latest first; of many, the latest four.

        `Known.number` is the article's number.
        """
        ...

    def seen(self, mark: str) -> bool:
        """Tell whether an article with this `Arrival.mark` was kept or noted, in any of its versions."""
        ...

    def given(self, identity: str) -> bool:
        """Tell whether an article is held under this id."""
        ...

    def replaced(self, identity: str) -> bool:
        """Tell whether an article is held that says that it replaces the one with this id, which is not."""
        ...

    def note(self, mark: str) -> None:
        """Keep that an article with this mark was read, and is no last version. (Inside a transaction.)"""
        ...

    def reject(self, rejected: Iterable[Rejected], at: str) -> None:
        """Keep what was left out; what is kept already changes nothing. (Inside a transaction.)"""
        ...

    def rejects(self, limit: int = 100, offset: int = 0) -> list[tuple[str, Rejected]]:
        """Return what was left out with when (ISO time), the latest first."""
        ...

    # articles

    def keep(self, arrivals: Sequence[Arrival], at: str) -> list[int]:
        """Keep articles with their pages, analyses, claims (for search) and sketches; return their numbers.

        One that replaces an article takes over its story, and the older one is superseded: no longer found, searched or
        grouped, its postings and links dropped. An id that is held already raises ValueError.
        """
        ...

    def held(self, ids: Sequence[str]) -> list[Held]:
        """Return the articles with these ids, in their order; ids that are not held are left out."""
        ...

    def numbered(self, numbers: Sequence[int]) -> list[Held]:
        """Return the articles with these numbers, in their order."""
        ...

    def each(self, since: str | None = None, *, superseded: bool = False) -> Iterator[Held]:
        """Yield all articles published on or after the day `since`, in the order of their numbers, a few at a time."""
        ...

    def versions(self, identity: str) -> list[Held]:
        """Return all versions of the article that `identity` is a version of, the first one first."""
        ...

    def page(self, digest: str) -> bytes | None:
        """Return the raw page with this SHA-256 (hex)."""
        ...

    def take_down(self, identity: str, at: str) -> None:
        """Keep that an outlet took an article down; its story becomes stale. (Inside a transaction.)"""
        ...

    def analyses(self, ids: Sequence[str], maker: str | None = None) -> dict[str, Analysis]:
        """Return the analyses of the articles with these ids; with `maker`, only those that it made."""
        ...

    def reanalyze(self, analyses: Sequence[Analysis], maker: str) -> None:
        """Put `analyses` in the place of older ones; the stories of their articles become stale."""
        ...

    def outdated(self, maker: str, limit: int) -> list[str]:
        """Return ids of articles (superseded ones left out) whose analysis another maker made."""
        ...

    # grouping

    def postings(
        self, terms: Sequence[int], days: tuple[int, int] | None = None, most: int = 65
    ) -> dict[int, list[Posting]]:
        """Return for each of `terms` the `most` postings with the highest numbers, sorted by these.

        Where `days` are given, of the days between them, both included.
        """
        ...

    def sketches(self, numbers: Sequence[int]) -> dict[int, bytes]: ...

    def links(self, numbers: Sequence[int]) -> dict[int, dict[int, float]]:
        """Return for each of `numbers` the articles that it is linked with, and how alike they are."""
        ...

    def link(self, links: Iterable[tuple[int, int, float]]) -> None:
        """Keep that two articles are alike; the order of the two does not matter."""
        ...

    def stories_of(self, numbers: Sequence[int]) -> dict[int, str]:
        """Return the story of each of `numbers` that is in one."""
        ...

    def members(self, stories: Sequence[str]) -> dict[str, list[int]]:
        """Return the numbers of the articles of each of `stories`, sorted."""
        ...

    def place(self, stories: Mapping[str, Sequence[int]], gone: Mapping[str, str | None], at: str) -> None:
        """Say which articles form which stories, and which are `gone`: merged into another, or dissolved (None).

        A story whose articles change, and one that is new, becomes stale; one that stays as it is does not. A new story
        is listed by its articles from the start (title of its first article, no findings).
        """
        ...

    def chain(self, chains: Sequence[Chain], of: Sequence[str]) -> None:
        """Put `chains` in the place of all chains that any of the stories `of` is in."""
        ...

    # stories

    def stale(self, limit: int = 100) -> list[str]:
        """Return ids of stories that are to be briefed again, those that wait longest first."""
        ...

    def brief(self, story: str, revision: int, briefing: Briefing, weight: float, at: str) -> bool:
        """Keep the briefing of a story, and its findings, origins and names by their own; it is no longer stale.

        Nothing is kept and False returned where the story's articles have changed since `revision` was read.
        `Briefing.articles` are articles that are held.
        """
        ...

    def story(self, identity: str) -> StoryLine | None:
        """Return a story; of one that was merged into another, that one. The beginning of one id will do."""
        ...

    def begun(self, identity: str, limit: int = 5) -> list[str]:
        """Return ids of stories that begin with `identity`, those of merged stories too, sorted."""
        ...

    def stories(
        self,
        *,
        since: str | None = None,
        outlet: str | None = None,
        several: bool = False,
        order: Literal["latest", "weight", "changed"] = "latest",
        limit: int = 50,
        offset: int = 0,
    ) -> list[StoryLine]:
        """Return stories with an article of the day `since` or later; `several`: of two articles or more.

        `changed`: those that were briefed last come first.
        """
        ...

    def days(self, stories: Sequence[str]) -> dict[str, list[tuple[str, int]]]:
        """Return on which days (ISO) the articles of each of `stories` were published, with how many, in order."""
        ...

    def finding(self, identity: str) -> Located | None:
        """Return the finding with this id, also one that its story had and lost; None where none ever was kept."""
        ...

    def tally(self, story: str, *, origins: int, agreed: int, disputed: int, single: int, lead: str) -> None:
        """Put the counts of a story and its first sentence, corrections applied, in the place of its briefing's.

        They stand until its next briefing. (Inside a transaction.)
        """
        ...

    def briefing(self, story: str) -> Briefing | None:
        """Return the last briefing of a story, with its articles whole; None where there is none so far."""
        ...

    def chains(self, stories: Sequence[str] | None = None) -> list[Chain]:
        """Return the chains that any of `stories` is in; all chains without."""
        ...

    def search(self, query: Query) -> list[Hit]: ...

    def facets(self, query: Query, most: int = 12) -> Facets:
        """Count what `query` finds, whatever its kind, `limit` and `offset`: by kind, and the `most` of the rest."""
        ...

    def found(self, query: Query, most: int = 12) -> tuple[list[Hit], Facets]:
        """Return what `search` and `facets` do, for less than both of them take."""
        ...

    def named(self, words: str, kind: NameKind | None = None, limit: int = 20) -> list[tuple[str, str, int]]:
        """Return (name, kind, number of stories) of the persons, bodies and places whose names hold `words`."""
        ...

    def one_named(self, name: str, kind: NameKind | None = None, limit: int = 50) -> Named | None:
        """Return the person, body or place with this very name (whatever its case), with its `limit` latest stories."""
        ...

    # corrections

    def correct(self, correction: Correction) -> None:
        """Keep `correction`; one whose id is kept already changes nothing. (Inside a transaction.)"""
        ...

    def undo(self, identity: str, by: str, at: str) -> bool:
        """Keep that a correction no longer stands; False where there is none that stands. (Inside a transaction.)"""
        ...

    def corrections(
        self,
        articles: Sequence[str] | None = None,
        *,
        kinds: Sequence[CorrectionKind] | None = None,
        standing: bool = True,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Correction]:
        """Return corrections in the order in which they were made; `standing` leaves out those that were undone.

        With `articles` (ids), those that name one of them, or another version of one of them.
        """
        ...

    def correction(self, identity: str) -> Correction | None: ...

    # updates

    def tell(self, updates: Sequence[Update]) -> None:
        """Keep `updates`, in their order; one whose id is kept already changes nothing."""
        ...

    def updates(
        self,
        *,
        since: str | None = None,
        story: str | None = None,
        name: str | None = None,
        words: str | None = None,
        kind: UpdateKind | None = None,
        limit: int = 100,
        offset: int = 0,
    ) -> list[Update]:
        """Return updates since a time (ISO; a day will do): of a story, naming somebody, with words.

        The latest `at` comes first; those of one `at` come in the order in which they were told.
        """
        ...

    # the ledger

    def keep_lines(self, articles: Sequence[str], lines: Sequence[LedgerLine]) -> None:
        """Put `lines` in the place of all lines of `articles` (ids); they are in no entry until `keep_entries`."""
        ...

    def lines(self, articles: Sequence[str]) -> list[tuple[LedgerLine, str | None]]:
        """Return the lines of `articles` and the id of the entry that each is in."""
        ...

    def lines_near(self, keys: Sequence[str], most: int = 200) -> list[tuple[LedgerLine, str | None]]:
        """Return the lines that share one of `keys`, with the entry of each; a key of over `most` lines is no use."""
        ...

    def entries(self, ids: Sequence[str]) -> list[LedgerEntry]:
        """Return the entries with these ids, in their order; those that are not held are left out."""
        ...

    def keep_entries(self, entries: Sequence[LedgerEntry], gone: Iterable[str] = ()) -> None:
        """Put `entries` in the place of those with their ids, drop those that are `gone`; lines join their entry."""
        ...

    def ledger(
        self,
        *,
        who: str | None = None,
        to_whom: str | None = None,
        topic: str | None = None,
        due: tuple[str | None, str | None] | None = None,
        status: Status | None = None,
        story: str | None = None,
        order: Literal["made", "latest", "due", "lately due"] = "made",
        today: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> Iterator[LedgerEntry]:
        """Yield entries by the day they were made, then by id: whose `who`, `to_whom`, or text hold the words given.

        `due` are the first and the last day that the due date may be; `story` a story with a line of the entry.
        `latest`: those with the latest day made first; `due`: by due date, those without one left out; `lately due`:
        the same from the latest on. With `today` (an ISO day) what is open or changed, and past its due date, counts as
        overdue for `status`, as `ledger.as_of` has it; the entries are as they are kept.
        """
        ...

    def statuses(
        self,
        *,
        who: str | None = None,
        to_whom: str | None = None,
        topic: str | None = None,
        due: tuple[str | None, str | None] | None = None,
        today: str | None = None,
    ) -> dict[Status, int]:
        """Return how many entries of the ledger have each status, of those that `ledger` yields for the rest."""
        ...

    # the watch

    def feeds(self, urls: Sequence[str] | None = None) -> list[Feed]: ...

    def keep_feed(self, feed: Feed) -> None: ...

    def visits(self, before: str, limit: int = 100) -> list[Visit]:
        """Return pages that are to be looked at again before a time, the most urgent first."""
        ...

    def keep_visit(self, visit: Visit) -> None:
        """Keep when the page at an address is looked at again; "" as `next`: never. (Inside a transaction.)"""
        ...

    def visit(self, url: str) -> Visit | None:
        """Return what was kept of the page at this very address; may be called outside a transaction."""
        ...

    # the store itself

    def counts(self) -> Counts: ...

    def pulse(self) -> str:
        """Return a short mark that is another after every transaction of any process that changed what is read.

        The articles, stories, updates, corrections and the ledger are meant; it is cheap enough to ask every second.
        """
        ...

    def stamp(self, key: str, value: str | None = None) -> str | None:
        """Return the value kept under `key`; keep another where one is given. (Inside a transaction.)"""
        ...

    def backup(self, path: str) -> None:
        """Write a copy of all that is committed to a new file at `path`, whole or not at all, while others use it."""
        ...

    def check(self) -> Iterator[Damage]:
        """Yield all damage: of the file, of pages and articles against their hashes, of spans against texts, of rows
        that name what is not held, of search indexes against what they index. A store that stops to answer is damage.
        """
        ...
