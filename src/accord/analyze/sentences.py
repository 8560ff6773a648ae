"""Splits an article into sentences by paragraph, datelines and credits apart, and names the furniture among them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from accord.analyze.credits import AGENCY
from accord.analyze.furniture import label_lines, label_sentence
from accord.records import Article, Sentence

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_BLOCK = re.compile(r"\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*")
_WHOLE_LINE = frozenset({"title", "heading", "byline", "cross-link"})

_MONTHS = r"(?:Jan|Feb|March|Mar|April|Apr|May|June|Jun|July|Jul|Aug|Sept?|Oct|Nov|Dec)"
_MONTH = _MONTHS + r"[a-z]*\.?"
_CAPITALS = r"[A-ZÀ-ÞŁŚŠŽ](?:[A-ZÀ-ÞŁŚŠŽ.'’]|\b-)*[A-ZÀ-ÞŁŚŠŽ.]"
_PLACE = rf"{_CAPITALS}(?:[ /-]{_CAPITALS}){{0,4}}(?:, (?:[A-Z][\w.'’-]*\.?)(?: [A-Z][\w.'’-]*\.?){{0,2}}){{0,2}}"
_MIXED = r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}(?:, [A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,2})?"
_DAY = rf"(?:,? (?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?)"
_BY = rf"(?: ?[(\[](?:{AGENCY}|[A-Z][\w.]+)(?:[/,] ?(?:{AGENCY}|[A-Z][\w. ]+))*[)\]])"
_DASH = r"\s*(?:—|―|–|--+|-|_|:)\s*"
_DATELINE = re.compile(
    rf"(?:{_PLACE}{_DAY}?{_BY}?{_DASH}|{_MIXED}{_DAY}?{_BY}{_DASH}|{_MIXED}{_DAY}{_DASH})(?=[A-ZÀ-Þ\"“'‘$€£\d(])"
)
_NO_PLACE = re.compile(
    r"^(?:FILE|UPDATE|CORRECTION|EDITOR|NOTE|BREAKING|EXCLUSIVE|WATCH|READ|RELATED|VIDEO|OPINION|ANALYSIS)\b"
)
_LEADING_CREDIT = re.compile(
    rf"[(\[](?:{AGENCY}|CNN|CNN Business|CBS|NBC|ABC|BBC|Fox News|[A-Z]{{2,6}})[)\]]\s*[-–—]*\s*(?=[A-Z\"“'‘\d])"
)
_TRAILING_CREDIT = re.compile(
    rf"(?<=[.!?\"”’])\s*(?:[(\[](?:{AGENCY})(?:(?:,|/| and| &) ?(?:{AGENCY}))*[)\]]"
    r"|\((?:Additional |With )?(?:[Rr]eporting|[Ww]riting|[Ee]diting)(?: and (?:writing"
    r"|editing))? by [^()]{3,300}\))\s*$"
)

_TITLE_ENDS = re.compile(
    r"(?:^|[\s(\[\"“'‘—–-])(?:Reps?|Sens?|Govs?|Gens?|Lts?|Cols?|Maj|Capt|Cmdr|Sgts?|Cpl|Pvt|Adm|Mr|Mrs|Ms"
    r"|Messrs|Drs?|Profs?|Revs?|Hon"
    r"|Pres|St|Ft|Mt|Det|Supt|Insp|Amb|Atty|Asst|Fr|Msgr|Dep|Spc|vs|v|Fig|Vol|cf|e\.g|i\.e|a\.k\.a|approx|est"
    r"|Mx|Sra?|Gob|Lic)\.$"
)
_NUMBER_ENDS = re.compile(rf"(?:^|[\s(])(?:Nos?|{_MONTHS}|Art|Sec|pp|para)\.$")
_STATE_ENDS = re.compile(r"\b[A-Z][a-z]{1,5}\.$")
_ABBREVIATED_TITLE = re.compile(r"(?:Gov|Sen|Rep|Lt|Atty|Sens|Reps)\.")
_SAYS = re.compile(
    r"(?:[A-Z][\w.'’-]+ ){1,3}(?:said|says|asked|wrote|added|tweeted|replied|told|continued)\b|(?:said|asked"
    r"|wrote|says) [A-Z]"
)
_ENDS_SENTENCE = re.compile(r"[.!?…:][\"”’'»)\]]*$")
_CLOSERS = re.compile(r"^[\"”’'»)\]\s.]+$")
_LEADING_CLOSERS = re.compile(r"^[”’»)\]]+(?=\s|$)")


def find_sentences(article: Article) -> tuple[Sentence, ...]:
    """Return the sentences and stand-alone lines of `article` in text order, furniture labelled."""
    text = article.text
    places = [place for place in _paragraphs(text) if any(map(str.isalnum, text[place[0] : place[1]]))]
    labels = label_lines([text[start:end] for start, end in places], article.title)
    found: list[Sentence] = []
    for number, ((start, end), label) in enumerate(zip(places, labels, strict=True)):
        for first, last, furniture in _pieces(text, start, end, label, number):
            found.append(Sentence(first, last, text[first:last], number, furniture))
    return tuple(found)


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of each paragraph: a line, or a block between blank lines where lines are wrapped."""
    pattern = _BLOCK if _is_wrapped(text) else _LINE
    return [_trimmed(text, *match.span()) for match in pattern.finditer(text) if match.group().strip()]


def _is_wrapped(text: str) -> bool:
    """Tell whether paragraphs are wrapped at a fixed width, with blank lines between them."""
    sample = text[:20_000]
    inner = [line for block in _BLOCK.findall(sample) for line in block.split("\n")[:-1]]
    if len(inner) < 4 or len(inner) < sample.count("\n") / 3:
        return False
    even = sum(40 <= len(line) <= 100 for line in inner)
    open_ended = sum(not _ENDS_SENTENCE.search(line.rstrip()) for line in inner)
    return even >= 0.8 * len(inner) and open_ended >= 0.6 * len(inner)


def _pieces(text: str, start: int, end: int, label: str | None, number: int) -> Iterator[tuple[int, int, str | None]]:
    """Yield (start, end, furniture) of the sentences of one paragraph."""
    if label in _WHOLE_LINE:
        yield start, end, label
        return
    if label is None:
        lead = _lead(text, start, end, number)
        if lead is not None:
            yield lead
            start = _trimmed(text, _after_dash(text, lead[1], end), end)[0]
        tail = _TRAILING_CREDIT.search(text, max(start, end - 400), end)
        if tail is not None and tail.start() > start:
            yield from _running(text, start, tail.start())
            yield *_trimmed(text, *tail.span()), "credit"
            return
        yield from _running(text, start, end)
        return
    for first, last in _split(text, start, end):
        yield first, last, label


def _running(text: str, start: int, end: int) -> Iterator[tuple[int, int, str | None]]:
    """Yield the sentences of running text, each with its own furniture if it is a link, a credit or an advert."""
    for first, last in _split(text, start, end):
        yield first, last, label_sentence(text[first:last])


def _lead(text: str, start: int, end: int, number: int) -> tuple[int, int, str | None] | None:
    """Return the dateline or agency credit that a paragraph starts with."""
    head = text[start : min(end, start + 120)]
    match = _DATELINE.match(head)
    if match is not None and match.end() < end - start and not _NO_PLACE.match(head):
        credited = re.search(r"[(\[]", match.group()) is not None
        if (
            credited
            or (number < 6 and re.match(r"[A-ZÀ-Þ][A-ZÀ-Þ.'’]{2,}", head))
            or (number < 3 and re.search(r"\d", match.group()))
        ):
            return (*_trimmed(text, start, start + match.end()), "dateline")
    match = _LEADING_CREDIT.match(head)
    if match is not None and number < 6 and match.end() < end - start:
        return (*_trimmed(text, start, start + match.end()), "credit")
    return None


def _after_dash(text: str, start: int, end: int) -> int:
    """Return the offset after a dash that parts a dateline from its sentence."""
    while start < end and text[start] in " \t\xa0-–—―_:":
        start += 1
    return start


def _split(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return (start, end) of each sentence between two offsets; a closing mark belongs to its own sentence."""
    import syntok.segmenter

    spans: list[tuple[int, int]] = []
    for block in syntok.segmenter.analyze(text[start:end]):
        for tokens in block:
            first = start + tokens[0].offset
            last = start + tokens[-1].offset + len(tokens[-1].value)
            spans.append((first, last))
    return _mended(text, spans)


def _mended(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join pieces that no sentence ends between: after titles, before lower case, at lone closing marks."""
    mended: list[tuple[int, int]] = []
    for start, end in spans:
        start, end = _trimmed(text, start, end)
        if start >= end:
            continue
        if mended:
            before = text[max(mended[-1][0], mended[-1][1] - 24) : mended[-1][1]]
            if _belongs(before, text[start : min(end, start + 24)], end - start):
                mended[-1] = (mended[-1][0], end)
                continue
            closers = _LEADING_CLOSERS.match(text[start:end][:4])
            if closers is not None:
                mended[-1] = (mended[-1][0], start + closers.end())
                start = _trimmed(text, start + closers.end(), end)[0]
                if start >= end:
                    continue
        mended.append((start, end))
    return mended


def _belongs(before: str, after: str, length: int) -> bool:
    """Tell whether `after` (a piece of `length` characters) goes on with the sentence that ends in `before`."""
    if length < 6 and _CLOSERS.match(after):
        return True
    if _TITLE_ENDS.search(before):
        return True
    if _NUMBER_ENDS.search(before) and after[:1].isdigit():
        return True
    if before[-1] in ";," or (_STATE_ENDS.search(before) and _ABBREVIATED_TITLE.match(after)):
        return True
    if re.search(r"[?!][\"”’']+$", before) and _SAYS.match(after):
        return True
    if not _ENDS_SENTENCE.search(before):
        return not re.match(r"[A-Z\d\"“•—–-]", after)
    word = re.match(r"[\"“‘'(]*([a-z]+)\b", after)
    return word is not None and before[-1] not in "!?:" and not re.match(r"[a-z]+[A-Z]", after)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the offsets without the white space at either end."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
