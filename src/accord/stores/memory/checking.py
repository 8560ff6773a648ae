"""Finds damage in a store in memory: spans that do not stand in their texts, rows that name what is not held."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass

from accord.stores.evidence import named_in
from accord.stores.memory.tables import Tables
from accord.stores.store import Damage


class Checking(Tables):
    """What a store in memory can find wrong with itself."""

    def check(self) -> Iterator[Damage]:
        yield from self._check_articles()
        yield from self._check_stories()
        yield from self._check_ledger()
        yield from self._check_corrections()

    def _text(self, identity: str) -> str | None:
        kept = self.articles.get(self.numbers.get(identity) or 0)
        return kept.held.article.text if kept else None

    def _check_articles(self) -> Iterator[Damage]:
        for digest, content in self.pages.items():
            if hashlib.sha256(content).hexdigest() != digest:
                yield Damage(f"page {digest}", "its bytes are not those that were kept; read it again")
        for number, kept in self.articles.items():
            held = kept.held
            if held.page is not None and held.page not in self.pages:
                yield Damage(f"article {held.article.id}", f"its page {held.page} is not held; read it again")
            if held.story is not None and number not in (
                self.told[held.story].members if held.story in self.told else ()
            ):
                yield Damage(f"article {held.article.id}", f"it names the story {held.story}, which it is not in")
            for other in self.alike.get(number) or {}:
                if other not in self.articles:
                    yield Damage(f"article {held.article.id}", f"it is linked with article {other}, which is not held")
        for identity, (analysis, _) in self.made.items():
            for problem in misplaced(analysis, self._text, analysis.article):
                yield Damage(f"analysis of {identity}", problem)

    def _check_stories(self) -> Iterator[Damage]:
        for story, told in self.told.items():
            for number in told.members:
                if number not in self.articles:
                    yield Damage(f"story {story}", f"it names the article {number}, which is not held")
        for story, briefing in self.briefings.items():
            if story not in self.told:
                yield Damage(f"briefing of {story}", "there is no such story")
            for problem in misplaced(briefing, self._text):
                yield Damage(f"briefing of {story}", problem)

    def _check_ledger(self) -> Iterator[Damage]:
        for identity, (_, line) in self.ledger_lines.items():
            for problem in misplaced(line, self._text):
                yield Damage(f"ledger line {identity}", problem)
        for identity, entry in self.ledger_entries.items():
            for problem in misplaced(entry, self._text):
                yield Damage(f"ledger entry {identity}", problem)
        for line_id, entry_id in self.entry_of.items():
            if line_id not in self.ledger_lines or entry_id not in self.ledger_entries:
                yield Damage(f"ledger line {line_id}", f"it names the entry {entry_id}, and one of them is not held")

    def _check_corrections(self) -> Iterator[Damage]:
        for identity, (_, correction) in self.corrected.items():
            for problem in misplaced(correction, self._text):
                yield Damage(f"correction {identity}", problem)
            for article in named_in(correction):
                if article not in self.numbers:
                    yield Damage(f"correction {identity}", f"it names the article {article}, which is not held")
        for identity, (_, finding) in self.former.items():
            for problem in misplaced(finding, self._text):
                yield Damage(f"former finding {identity}", problem)


def misplaced(record: object, text_of: Callable[[str], str | None], article: str | None = None) -> Iterator[str]:
    """Yield what is wrong with the spans in `record`: those whose article does not carry their text where they say.

    `article` is where spans stand that name no article themselves.
    """
    if isinstance(record, tuple):
        for item in record:
            yield from misplaced(item, text_of, article)
    if not is_dataclass(record):
        return
    own = getattr(record, "article", None)
    article = own if isinstance(own, str) else article
    start, end, text = (getattr(record, name, None) for name in ("start", "end", "text"))
    if article is not None and isinstance(start, int) and isinstance(end, int) and isinstance(text, str):
        whole = text_of(article)
        if whole is None:
            yield f"it cites the article {article}, which is not held"
        elif whole[start:end] != text:
            yield f"what it cites is not in the article {article} from {start} to {end}"
    for field in fields(record):
        yield from misplaced(getattr(record, field.name), text_of, article)
