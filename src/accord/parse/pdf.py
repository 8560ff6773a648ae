"""PDF: the text of its pages in reading order, running heads and page numbers left out, lines joined to paragraphs."""

from __future__ import annotations

import re
import time
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from accord.config import Config
from accord.errors import ParseError
from accord.parse.draft import Draft
from accord.parse.text import first_line_title
from accord.records import Page, Rejected

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfTextPage

MOST_PAGES = 300
MOST_SECONDS = 20.0
MOST_CHARACTERS = 200_000
"""On one page; an article is capped by `Config.max_characters`."""
MOST_IN_STREAM = 16_000_000
MOST_IN_STREAMS = 64_000_000

_ENCRYPTED = 4  # FPDF_ERR_PASSWORD
_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?")
_NO_TITLE = re.compile(
    r"untitled|microsoft word|\.(?:docx?|indd|pdf|qxp|rtf|odt|html?|pages|tex)\b|^document\d*$", re.I
)
_NO_AUTHOR = re.compile(r"^(?:admin(?:istrator)?|user|owner|author|unknown|root|system|pc|\W*)\d*$", re.I)
_BROWSER = re.compile(r"skia|chrom|mozilla|firefox|safari|quartz|wkhtml|webkit|print", re.I)
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|seite|p[áa]gina|pagina|p)\W*)?\d{1,4}(?:\s*(?:/|of|von|de|di|sur)\s*\d{1,4})?\W*", re.I
)
_DIGITS = re.compile(r"\d+")
_BROKEN_WORD = re.compile(r"[^\W\d_]{2,}[-\u00ad\u2010]$")
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_STREAM = re.compile(rb"stream\r?\n")
_CHUNK = 1 << 16
_LINE = re.compile(r"[^\n\x02\ufffe]*(?:[\x02\ufffe](?:\r?\n)?|\n|$)")
_BROKEN = re.compile(r"[\x02\ufffe]")  # what PDFium gives for a hyphen at the end of a line
_BULLET = re.compile(r"[•▪◦‣*–—-]\s|\d{1,2}[.)]\s")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its text, its box in points from the lower left corner, whether it stands in the margin."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    margin: bool


def drafts(page: Page, config: Config) -> Iterator[Draft | Rejected]:
    """Yield the article of a PDF. Raises ParseError where it is damaged, encrypted or holds pictures of text only."""
    from pypdfium2 import PdfDocument, PdfiumError

    _check_streams(page.content)
    try:
        document = PdfDocument(page.content)
    except PdfiumError as error:
        if getattr(error, "err_code", None) == _ENCRYPTED or "password" in str(error).lower():
            raise ParseError("it is encrypted; save it without its password") from error
        raise ParseError(f"it is no usable PDF ({error}); download or export it again") from error
    with closing(document):
        count = len(document)
        pages = list(_pages(document, config.max_characters))
        said = document.get_metadata_dict(skip_empty=True)
    text = "\n".join(_paragraphs(_without_running_heads([lines for lines in pages if lines])))
    if not text.strip():
        raise ParseError("its pages are pictures without text, as scans are; run a text recognition (OCR) on it first")
    damaged = [str(number) for number, lines in enumerate(pages, 1) if lines is None]
    if damaged:
        yield Rejected(page.location, "parse", f"page {', '.join(damaged[:20])} of it is damaged and left out")
    if len(pages) < count:
        yield Rejected(page.location, "parse", f"only the first {len(pages)} of its {count:,} pages are read")
    title = said.get("Title", "").strip()
    author = said.get("Author", "").strip()
    yield Draft(
        what=page.location,
        text=text,
        title=(None if not title or _NO_TITLE.search(title) else title) or first_line_title(text),
        byline=None if not author or _NO_AUTHOR.match(author) else author,
        published=_day(said),
    )


def _check_streams(content: bytes) -> None:
    """Raise ParseError where drawing a page would fill the memory: what a compressed stream unpacks to, pictures aside.

    PDFium unpacks a page's streams whole, and takes some fifteen times their size.
    """
    total = 0
    for start in _STREAM.finditer(content):
        told = content[max(0, start.start() - 2_000) : start.start()].rpartition(b" obj")[2]
        if b"Fl" not in told or (b"/Width" in told and b"/Height" in told):
            continue
        size = _unpacked_size(content, start.end())
        total += size
        if size > MOST_IN_STREAM or total > MOST_IN_STREAMS:
            raise ParseError("its pages unpack to more than a report needs; save the report's text as .txt")


def _unpacked_size(content: bytes, start: int) -> int:
    """Return how many bytes the deflate stream at `start` holds, at most just over `MOST_IN_STREAM`."""
    stream = zlib.decompressobj()
    size = 0
    part, at = b"", start
    try:
        while not stream.eof and size <= MOST_IN_STREAM and (part or at < len(content)):
            if not part:
                part, at = content[at : at + _CHUNK], at + _CHUNK
            size += len(stream.decompress(part, 16 * _CHUNK))
            part = stream.unconsumed_tail
    except zlib.error:  # encrypted, or damaged: PDFium tells
        return size
    return size


def _pages(document: PdfDocument, limit: int) -> Iterator[list[Line] | None]:
    """Yield the lines of each page, None for one that is damaged, up to the caps on pages, characters and time."""
    from pypdfium2 import PdfiumError

    ends = time.monotonic() + MOST_SECONDS
    read = 0
    for number in range(min(len(document), MOST_PAGES)):
        if time.monotonic() > ends or read > limit:
            return
        try:
            with closing(document[number]) as page, closing(page.get_textpage()) as text:
                lines = list(_lines(text, page.get_height()))
        except PdfiumError:
            yield None
            continue
        read += sum(len(line.text) for line in lines)
        yield lines


def _lines(page: PdfTextPage, height: float) -> Iterator[Line]:
    """Yield the lines of a page, which is `height` points high, in the order in which it draws them."""
    count = min(page.count_chars(), MOST_CHARACTERS)
    start = 0
    content = page.get_text_range(0, count) if count else ""
    for text in _LINE.findall(content):
        shown = " ".join(_BROKEN.sub("-", text).split())
        if shown:
            ends = (start, min(start + len(text.rstrip()), count) - 1)
            boxes = [page.get_charbox(at) for at in ends if at >= 0]
            bottom, top = min(box[1] for box in boxes), max(box[3] for box in boxes)
            left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
            yield Line(shown, left, bottom, right, top, bottom > 0.89 * height or top < 0.08 * height)
        start += len(text)


def _without_running_heads(pages: list[list[Line]]) -> list[list[Line]]:
    """Return the pages without page numbers, and without lines that their edges share but for digits."""
    seen: Counter[str] = Counter()
    for lines in pages:
        seen.update({_DIGITS.sub("#", line.text) for line in lines if line.margin})
    often = {text for text, count in seen.items() if count >= 3 or (count == 2 and len(pages) == 2)}
    return [
        [
            line
            for line in lines
            if not (line.margin and (_DIGITS.sub("#", line.text) in often or _PAGE_NUMBER.fullmatch(line.text)))
        ]
        for lines in pages
    ]


def _paragraphs(pages: list[list[Line]]) -> Iterator[str]:
    """Yield the paragraphs: lines are joined unless the page shows a break between them."""
    lines = [line for page in pages for line in page]
    words = Counter(word.lower() for line in lines for word in _WORDS.findall(line.text))
    pitch = _usual([a.top - b.top for a, b in pairwise(lines) if 0 < a.top - b.top < 60])
    parts: list[Line] = []
    for line in lines:
        if parts and _breaks(parts[-1], line, pitch, max(part.right for part in parts)):
            yield _joined(parts, words)
            parts = []
        parts.append(line)
    if parts:
        yield _joined(parts, words)


def _breaks(before: Line, line: Line, pitch: float, right: float) -> bool:
    """Tell whether a paragraph starts at `line`: after a gap, an indent, a short last line, in another size."""
    if _BROKEN_WORD.search(before.text) and line.text[:1].islower():
        return False
    if before.margin != line.margin:
        return True
    step = before.top - line.top
    height, other = before.top - before.bottom, line.top - line.bottom
    if _BULLET.match(line.text):
        return True
    ends = bool(_SENTENCE_END.search(before.text))
    if step <= 0 or step > 10 * max(pitch, 1.0):  # another column or page
        return ends and not line.text[:1].islower()
    if pitch and step > 1.35 * pitch:
        return True
    if max(height, other) > 2 * max(min(height, other), 1.0):
        return True
    indent = line.left - before.left
    short = right - before.right > 0.15 * (right - before.left)
    return ends and (short or indent > 0.6 * max(height, 1.0))


def _joined(parts: list[Line], words: Counter[str]) -> str:
    text = parts[0].text
    for part in parts[1:]:
        if _BROKEN_WORD.search(text) and part.text[:1].isalpha():
            text = _mended(text, part.text, words)
        else:
            text = f"{text} {part.text}"
    return text


def _mended(text: str, rest: str, words: Counter[str]) -> str:
    """Join a word broken at a line's end; its hyphen stays where the document writes it so or a capital follows."""
    head = text.rstrip("-\u00ad\u2010")
    first, last = _WORDS.findall(head)[-1], _WORDS.findall(rest)[0]
    hyphened, whole = words[f"{first}-{last}".lower()], words[f"{first}{last}".lower()]
    keep = hyphened > whole or (not whole and rest[:1].isupper())
    return f"{head}-{rest}" if keep else f"{head}{rest}"


def _usual(values: list[float]) -> float:
    """Return the commonest of `values`, to half a point."""
    return Counter(round(value * 2) / 2 for value in values).most_common(1)[0][0] if values else 0.0


def _day(said: dict[str, str]) -> str | None:
    """Return the day on which the document was made; None where a browser printed it, which may be years later."""
    found = _DATE.match(said.get("CreationDate", ""))
    if not found or _BROWSER.search(said.get("Producer", "") + said.get("Creator", "")):
        return None
    return f"{found[1]}-{found[2]}-{found[3]}" if found[2] and found[3] else None
