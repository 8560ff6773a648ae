"""The tools: each one function, whose docstring is what assistants are told of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, Literal

from mcp_types import CallToolResult, TextContent
from pydantic import BaseModel, Field

from accord.mcp import answers, lines, making
from accord.records import Status, UpdateKind
from accord.stores.store import HitKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accord.mcp.library import Library
    from accord.records import Article, Briefing
    from accord.stores import Store

_SURROGATE = re.compile("[\ud800-\udfff]")
_EVIDENCE, _LINES = 20, 40
_MOST_SENT = 400_000
_AROUND = 4_000
_MOST_READ = 8_000

Words = Annotated[str | None, Field(min_length=1, max_length=400)]
Name = Annotated[str | None, Field(min_length=1, max_length=400)]
Id = Annotated[str, Field(min_length=1, max_length=1_000)]
Day = Annotated[str | None, Field(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$", description="A day, such as 2031-05-04.")]
Time = Annotated[
    str | None,
    Field(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:]{8}Z)?$", description="A day, or a time in UTC."),
]
Limit = Annotated[int, Field(ge=1, le=50, description="The most to answer with.")]
Offset = Annotated[int, Field(ge=0, le=1_000_000, description="`next` of the answer before.")]
Size = Annotated[int, Field(ge=1_000, le=40_000, description="The most characters to answer with.")]


class Tools:
    """The tools over one store."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def search(
        self,
        words: Annotated[Words, Field(description='All must occur; "a phrase", word*, -word.')] = None,
        kind: HitKind | None = None,
        speaker: Annotated[Name, Field(description="Only what somebody of this name said.")] = None,
        outlet: Name = None,
        since: Day = None,
        until: Day = None,
        limit: Limit = 10,
        offset: Offset = 0,
    ) -> Annotated[CallToolResult, answers.Hits]:
        """Find articles, quotes, figures and commitments in news reports, each with outlet, day, span and address.

        Start here. The best come first; where `words` is left out (not empty), all that the filters admit is listed.
        """
        return self._search(words, kind, speaker, outlet, since, until, limit, offset)

    def quotes(
        self,
        speaker: Annotated[
            Id, Field(description="The name, or a part of it; of a known name only the whole one counts.")
        ],
        words: Words = None,
        since: Day = None,
        until: Day = None,
        limit: Limit = 20,
        offset: Offset = 0,
    ) -> Annotated[CallToolResult, answers.Hits]:
        """Find what somebody said, as each report gives it: word for word between quotation marks, or reported."""
        with self._read() as store:
            known = store.one_named(speaker, limit=1) is not None
        return self._search(words, "quote", speaker, None, since, until, limit, offset, exactly=known)

    def stories(
        self,
        order: Literal["latest", "weight", "changed"] = "latest",
        since: Day = None,
        outlet: Name = None,
        several: Annotated[bool, Field(description="Only stories that two reports or more tell.")] = False,
        limit: Limit = 20,
        offset: Offset = 0,
    ) -> Annotated[CallToolResult, answers.Stories]:
        """List stories (reports of one event) with how much is agreed, disputed, and told by one origin only."""
        with self._read() as store:
            found = store.stories(
                since=since, outlet=outlet, several=several, order=order, limit=limit + 1, offset=offset
            )
        shown, following = making.page(found, limit, offset)
        made = answers.Stories(stories=[making.story(line) for line in shown], next=following)
        return _told(made, lines.stories(made.stories))

    def story(
        self,
        story: Annotated[Id, Field(description="Its id, or how it begins.")],
        format: Annotated[
            Literal["markdown", "json"], Field(description="json: the document accord/briefing@1 without the texts.")
        ] = "markdown",
        size: Size = 12_000,
        offset: Offset = 0,
    ) -> Annotated[CallToolResult, answers.OneStory]:
        """Read the briefing of a story: what reports agree on, dispute, say alone; quotes, commitments, timeline.

        Every line carries the passages that it rests on. Long briefings come in parts: ask on with `next`.
        """
        from accord.web.reading import briefing_in, story_in

        with self._read() as store:
            line = story_in(store, story)
            briefing = briefing_in(store, line, corrections=True)
        told = lines.briefing_lines(briefing) if format == "markdown" else _document(briefing)
        part, following = lines.part(told, offset, size)
        made = answers.OneStory(story=making.story(line), format=format, part=part, lines=len(told), next=following)
        return _told(made, [part])

    def finding(
        self, finding: Id, offset: Annotated[Offset, Field(description="Passages to pass over.")] = 0
    ) -> Annotated[CallToolResult, answers.Finding]:
        """Read one finding: its verdict and why, where reports differ, and the exact passages that carry it.

        Former ids lead to what became of a finding.
        """
        from accord.web.reading import finding_in

        with self._read() as store:
            found = finding_in(store, finding, corrections=True)
            if found is None:
                raise _missing(
                    f"no finding {finding}", "take an id from the tool story; search finds passages by words"
                )
            made = making.finding(store, *found, _EVIDENCE, offset)
        return _told(made, lines.finding(made))

    def ledger(
        self,
        who: Annotated[Name, Field(description="Who is to do it.")] = None,
        to_whom: Name = None,
        topic: Words = None,
        due_from: Day = None,
        due_until: Day = None,
        status: Annotated[Status | None, Field(description="How it stands today.")] = None,
        story: Name = None,
        order: Literal["made", "latest", "due", "lately due"] = "latest",
        limit: Annotated[int, Field(ge=1, le=25)] = 10,
        offset: Offset = 0,
    ) -> Annotated[CallToolResult, answers.Entries]:
        """List commitments (promised, agreed, planned, threatened ...) and what was reported of each since."""
        from accord.web.reading import standing, today

        due = None if due_from is None and due_until is None else (due_from, due_until)
        with self._read() as store:
            found = store.ledger(
                who=who, to_whom=to_whom, topic=topic, due=due, status=status, story=story, order=order,
                today=today(), limit=limit + 1, offset=offset,
            )  # fmt: skip
            shown, following = making.page(list(found), limit, offset)
            entries = standing(store, shown)
            of = making.articles(store, (line.article for one in entries for line in one.lines))
        made = answers.Entries(entries=[making.entry(one, of) for one in entries], next=following)
        return _told(made, lines.entries(made.entries))

    def entry(
        self, entry: Id, offset: Annotated[Offset, Field(description="Reports to pass over.")] = 0
    ) -> Annotated[CallToolResult, answers.Entry]:
        """Read one commitment with its whole history: every report of it, in the order of their days."""
        from accord.web.reading import standing

        with self._read() as store:
            found = standing(store, store.entries([entry]))
            if not found:
                raise _missing(f"no entry {entry}", "take an id from the tool ledger")
            of = making.articles(store, (line.article for line in found[0].lines[offset : offset + _LINES]))
        made = making.entry(found[0], of, _LINES, offset, latest=False)
        return _told(made, lines.entries([made]))

    def changes(
        self,
        since: Time = None,
        story: Name = None,
        name: Annotated[Name, Field(description="Only about a person, body or place of this name.")] = None,
        words: Words = None,
        kind: UpdateKind | None = None,
        limit: Limit = 20,
        offset: Offset = 0,
    ) -> Annotated[CallToolResult, answers.Changes]:
        """List what later coverage changed: newly agreed, newly disputed, corrected, retracted, merged."""
        with self._read() as store:
            found = store.updates(
                since=since, story=story, name=name, words=words, kind=kind, limit=limit + 1, offset=offset
            )
            shown, following = making.page(found, limit, offset)
            of = making.articles(store, (each.article for one in shown for each in one.evidence))
        made = answers.Changes(changes=[making.change(one, of) for one in shown], next=following)
        return _told(made, lines.changes(made.changes))

    def passage(
        self,
        article: Id,
        start: Annotated[int, Field(ge=0, description="Where it begins, in characters (code points).")] = 0,
        end: Annotated[int | None, Field(ge=0, description="Where it ends; without it, 1,000 characters.")] = None,
        around: Annotated[int, Field(ge=0, le=_AROUND, description="Characters on both sides.")] = 300,
    ) -> Annotated[CallToolResult, answers.Passage]:
        """Read exact characters of a report, and those around them: to quote it, or to check a citation.

        At most 8,000 at once. Where the report ends before `end`, the passage does, and the answer says so.
        """
        with self._read() as store:
            held = store.held([article])
        if not held:
            raise _missing(f"no article {article}", "take an id from a citation, or find one by the tool search")
        one, text = held[0], held[0].article.text
        asked = start + 1_000 if end is None else end
        _check_span(start, asked, article, len(text))
        first, last = start, min(asked, len(text), start + _MOST_READ)
        of = {one.article.id: one.article}
        made = answers.Passage(
            **making.placed_in(one.article.id, of), article=article, start=first, end=last, text=text[first:last],
            before=text[max(0, first - around) : first], after=text[last : last + around], characters=len(text),
            version=one.article.version, superseded=one.superseded, gone=one.gone,
        )  # fmt: skip
        return _told(made, lines.passage(made, cut=last < min(asked, len(text))))

    def brief(
        self,
        reports: Annotated[list[answers.Sent], Field(min_length=1, max_length=20)],
        size: Size = 12_000,
        offset: Offset = 0,
    ) -> Annotated[CallToolResult, answers.Briefed]:
        """Read reports that you have against each other: what they agree on, where they differ, who said what.

        Nothing is stored. Takes some seconds a report. Article ids are text-1, text-2 ... in the order sent.
        """
        briefing = self._briefed(reports)
        told = lines.briefing_lines(briefing)
        part, following = lines.part(told, offset, size)
        rejected = [f"{one.what}: {one.reason}" for one in briefing.rejected[:20]]
        made = answers.Briefed(title=briefing.title, part=part, lines=len(told), next=following, rejected=rejected)
        return _told(made, [part])

    # ------------------------------------------------------------------------------------------------------------------

    def _search(
        self, words: str | None, kind: HitKind | None, speaker: str | None, outlet: str | None, since: str | None,
        until: str | None, limit: int, offset: int, *, exactly: bool = False,
    ) -> CallToolResult:  # fmt: skip
        from accord.stores.store import Query

        query = Query(words or "", kind, speaker, outlet, since, until, limit + 1, offset, exactly)
        with self._read() as store:
            shown, following = making.page(store.search(query), limit, offset)
            of = making.articles(store, (hit.article for hit in shown))
        made = answers.Hits(hits=[making.hit(one, of) for one in shown], next=following)
        return _told(made, lines.hits(made))

    def _briefed(self, reports: Sequence[answers.Sent]) -> Briefing:
        """Return the briefing on reports; the last few are kept for those who read on."""
        from accord.errors import NothingToBriefError
        from accord.pipeline import brief_articles
        from accord.records import content_id

        if sum(len(one.text) for one in reports) > _MOST_SENT:
            raise _missing("more than can be briefed at once", f"send at most {_MOST_SENT:,} characters")
        key = content_id(*(one.model_dump_json() for one in reports))
        briefing = self._library.briefing(key)
        if briefing is None:
            try:
                briefing = brief_articles([_article(number, one) for number, one in enumerate(reports, 1)])
            except NothingToBriefError as error:
                raise _missing(str(error), "send whole reports, as they were published") from error
            self._library.keep(key, briefing)
        return briefing

    @contextmanager
    def _read(self) -> Iterator[Store]:
        """Give the store; what goes wrong with it is told to the assistant."""
        from mcp.server.mcpserver.exceptions import ToolError

        from accord.errors import StoreError
        from accord.web.problems import Problem

        try:
            with self._library.store() as store:
                yield store
        except Problem as error:
            raise ToolError(error.detail) from error
        except StoreError as error:
            raise ToolError(f"the store cannot be read: {error}") from error


TOOLS = ("search", "stories", "story", "finding", "quotes", "ledger", "entry", "changes", "passage", "brief")


def _missing(what: str, advice: str) -> Exception:
    from mcp.server.mcpserver.exceptions import ToolError

    return ToolError(f"{what}; {advice}")


def _check_span(start: int, end: int, article: str, length: int) -> None:
    """Raise where no characters of a text are meant."""
    if start and start >= length:
        raise _missing(f"start: it is {start}, and article {article} has {length} characters", "begin before its end")
    if end < start:
        raise _missing(f"end: it is {end}, before start, which is {start}", f"give {start} or more, or leave it out")


def _article(number: int, sent: answers.Sent) -> Article:
    from accord.parse import to_day
    from accord.records import Article

    try:
        day = to_day(sent.published) if sent.published else None
    except ValueError as error:
        raise _missing(f"report {number}: {error}", "write published as 2031-05-04, or leave it out") from error
    return Article(f"text-{number}", sent.text, sent.outlet, title=sent.title, published=day, url=sent.url)


def _document(briefing: Briefing) -> list[str]:
    """Return the document `accord/briefing@1` without the articles' texts, a line each."""
    from accord.renderers.json import to_document

    document = to_document(briefing)
    for article in document["articles"]:
        del article["text"]
    return json.dumps(document, ensure_ascii=False, indent=1).splitlines()


def _told(made: BaseModel, text: Iterable[str]) -> CallToolResult:
    """Return an answer: to be read, and as data. What no encoding can write is replaced."""
    following = getattr(made, "next", None)
    words = "\n".join(text) + (
        f"\n\nThere is more: ask again with offset {following}." if following is not None else ""
    )
    data: dict[str, Any] = _clean(made.model_dump())
    return CallToolResult(content=[TextContent(type="text", text=_clean(words))], structured_content=data)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, dict):
        return {key: _clean(item) for key, item in value.items()}
    return [_clean(item) for item in value] if isinstance(value, list) else value
