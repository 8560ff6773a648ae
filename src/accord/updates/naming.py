"""Names the persons and bodies that stand in the passages of an update, as the briefing calls them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from accord.records import Briefing, Citation


class Names:
    """The persons and organisations of one or two briefings of a story, the later first."""

    def __init__(self, *briefings: Briefing | None) -> None:
        self._listed: dict[str, None] = {}
        self._forms: dict[str, dict[str, str]] = defaultdict(dict)  # by article: which form means whom
        self._spoken: dict[str, list[tuple[int, int, str]]] = defaultdict(list)  # by article: where who is quoted
        self._anywhere: dict[str, str] = {}
        for briefing in briefings:
            if briefing is not None:
                self._add(briefing)

    def among(self, evidence: Iterable[Citation], text: str = "") -> tuple[str, ...]:
        """Return the names that stand in `evidence` or `text`, or are quoted there, in the order of the briefing."""
        found = {name for form, name in self._anywhere.items() if _stands(form, text)}
        for citation in dict.fromkeys(evidence):
            forms = self._forms.get(citation.article, {})
            found.update(name for form, name in forms.items() if _stands(form, citation.text))
            for start, end, speaker in self._spoken.get(citation.article, ()):
                if start < citation.end and citation.start < end and speaker in forms:
                    found.add(forms[speaker])
        return tuple(name for name in self._listed if name in found)

    def _add(self, briefing: Briefing) -> None:
        for name in briefing.names:
            if name.kind == "place":
                continue
            self._listed.setdefault(name.name)
            for form in (name.name, *name.aliases):
                self._anywhere.setdefault(form, name.name)
                for article in name.articles:
                    self._forms[article].setdefault(form, name.name)
        for quote in briefing.quotes:
            if quote.speaker:
                self._spoken[quote.article].append((quote.start, quote.end, quote.speaker))


def _stands(form: str, text: str) -> bool:
    """Tell whether `form` stands in `text` as whole words, written as it is."""
    return form in text and bool(_pattern(form).search(text))


@lru_cache(maxsize=4096)
def _pattern(form: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(form)}(?!\w)")
