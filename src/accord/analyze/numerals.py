"""Reads numbers out of text: digits, words, fractions, dozens, scales, and the words that give no number ("dozens")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["number", "fraction", "vague"]

_SMALL_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
_TENS_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL = {word: value for value, word in enumerate(_SMALL_WORDS.split())}
TENS = {word: 10 * value for value, word in enumerate(_TENS_WORDS.split(), start=2)}
SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "lakh": 1e5,
    "lac": 1e5,
    "million": 1e6,
    "crore": 1e7,
    "billion": 1e9,
    "trillion": 1e12,
    "quadrillion": 1e15,
}
SHORT_SCALES = {
    "k": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "mm": 1e6,
    "mln": 1e6,
    "mil": 1e6,
    "mio": 1e6,
    "b": 1e9,
    "bn": 1e9,
    "bln": 1e9,
    "bil": 1e9,
    "t": 1e12,
    "tn": 1e12,
    "trn": 1e12,
    "tln": 1e12,
}
PARTS = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "eleventh": 11,
    "twelfth": 12,
    "fifteenth": 15,
    "sixteenth": 16,
    "twentieth": 20,
    "hundredth": 100,
    "thousandth": 1000,
    "millionth": 1e6,
    "billionth": 1e9,
    "trillionth": 1e12,
}
_EIGHTHS = {"⅛": 0.125, "⅜": 0.375, "⅝": 0.625, "⅞": 0.875}
_FIFTHS = {"⅕": 0.2, "⅖": 0.4, "⅗": 0.6, "⅘": 0.8}
GLYPHS = {"½": 0.5, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 0.25, "¾": 0.75, "⅙": 1 / 6, "⅚": 5 / 6, **_FIFTHS, **_EIGHTHS}
VAGUE = (
    r"(?:several|a\sfew|many)\s(?:dozen|hundred|thousand|million|billion)|"
    r"several|a\sfew|(?:a|the)\shandful|dozens|scores|hundreds|thousands|millions|billions|trillions|tens|lakhs|crores"
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as written in `text[start:end]`. `step` is the size of its last stated digit.

    `scaled` tells that it ends in a scale ("1.4 billion", "20k"), `digits` that it starts with digits, `article` that
    its one is only "a" ("a million"). A vague numeral ("dozens") has `value` None.
    """

    start: int
    end: int
    value: float | None
    step: float | None
    kind: Kind = "number"
    scaled: bool = False
    digits: bool = False
    article: bool = False


_FREE = (
    r"(?:(?<![\w.,])|(?<=\.\.)|(?<=[$\s](?-i:US|AU|NZ|Rs|RM))|(?<=\$(?-i:[AC]))|(?<=(?-i:EUR|USD|GBP|INR|CHF|AUD|CAD)))"
)
_STANDS = re.compile(
    r"\s(?:of|less|more|fewer|higher|lower|to|in|on|and|or|as|the|its|their|from|since|last|this)\b|[^\w\s-]|\s*$"
)
_WORDS = "|".join(sorted((*SMALL, *TENS), key=len, reverse=True))
_PIECE = re.compile(
    rf"""
    (?=[\d.{"".join(GLYPHS)}]|(?<![^\W\d_])[a-z])(?:  # where one can begin
    (?P<grouped>{_FREE}\d{{1,3}}(?:(?:,\d{{2,3}})*,\d{{3}}(?![\d]|,\d)|(?:[ \u202f\u00a0]\d{{3}})+(?![\d]))(?:\.\d+)?)
  | (?P<slash>(?<![\w./])\d{{1,2}}/(?:[2-9]|10|16|20|32|64|100)(?![\w/]))
  | (?P<plain>{_FREE}(?<!/)(?<!\w\.)(?<!(?-i:[A-Z])-)(?:\d+(?:\.\d+)?|\.\d+)(?![\d/]))
  | (?P<glyph>[{"".join(GLYPHS)}])
  | (?P<vague>\b(?:{VAGUE})\b)
  | (?P<scale>(?<![^\W\d_])(?:{"|".join(SCALES)})\b)
  | (?P<dozen>\b(?:dozen|dozens)\b)
  | (?P<part>\b(?:{"|".join(PARTS)})s?\b)
  | (?P<word>\b(?:{_WORDS})\b)
  | (?P<couple>\b(?:couple)\b)
  | (?P<a>\b(?:an?)\b)
  | (?P<and>\band\b)
  | (?P<point>\bpoint\b)
  | (?P<of>\bof\b))
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SHORT = re.compile(rf"\s?(?P<short>{'|'.join(sorted(SHORT_SCALES, key=len, reverse=True))})(?![\w'’])", re.IGNORECASE)
_ATTACHED = re.compile(
    r"\s?(?P<short>bn|Bn|mn|mln|tn|trn|tln|bln)(?![\w'’])|(?P<short_>k|K|M|mil|[mb](?=\s(?:people|[a-z]{3,}s\b)))(?![\w'’])"
)
_SIGN_BEFORE = re.compile(r"(?:[$£€¥₪₹₩₽₺₴₦₱₫฿₡₲₵₸₮₭₾₼]|\bRs\.?|\b[A-Z]{2,3})\s?$")


@dataclass(frozen=True, slots=True)
class _Piece:
    kind: str
    text: str
    start: int
    end: int


def find_numerals(text: str) -> list[Numeral]:
    """Return the numerals of `text` in order, the longest at each place.

    An "m" or "b" that follows digits is a million or billion after a currency sign or before a plural noun only.

    "two and a half million" -> 2_500_000; "1,768" -> 1768; "half a dozen" -> 6; "tens of thousands" -> None
    """
    found: list[Numeral] = []
    for run in _runs(text):
        at = 0
        while at < len(run):
            numeral, after = _Parser(text, run).parse(at)
            if numeral is not None:
                found.append(numeral)
            at = max(after, at + 1)
    return found


def _runs(text: str) -> list[list[_Piece]]:
    """Group pieces that only blanks or hyphens part."""
    runs: list[list[_Piece]] = []
    for match in _PIECE.finditer(text):
        piece = _Piece(match.lastgroup or "", match.group().lower(), match.start(), match.end())
        if runs and re.fullmatch(r"[ \u00a0\u202f]*-?[ \u00a0\u202f]*", text[runs[-1][-1].end : piece.start]):
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return runs


class _Parser:
    """Reads the longest numeral that starts at a piece of a run."""

    def __init__(self, text: str, run: list[_Piece]) -> None:
        self.text, self.run = text, run

    def kind(self, at: int) -> str:
        return self.run[at].kind if at < len(self.run) else ""

    def word(self, at: int) -> str:
        return self.run[at].text if at < len(self.run) else ""

    def hyphen(self, at: int) -> bool:
        """Tell whether a hyphen stands before piece `at`."""
        return at < len(self.run) and "-" in self.text[self.run[at - 1].end : self.run[at].start]

    def parse(self, at: int) -> tuple[Numeral | None, int]:
        for reader in (self._vague, self._dozens, self._fraction, self._number):
            numeral, after = reader(at)
            if numeral is not None:
                return numeral, after
        return None, at + 1

    def _make(self, first: int, after: int, value: float | None, step: float | None, **more: object) -> Numeral:
        start, end = self.run[first].start, self.run[after - 1].end
        return Numeral(start, end, value, step, digits=self.text[start] in ".0123456789", **more)  # type: ignore[arg-type]

    def _vague(self, at: int) -> tuple[Numeral | None, int]:
        if self.kind(at) != "vague":
            return None, at
        after = at + 1
        while self.kind(after) == "of" and self.kind(after + 1) == "vague":
            after += 2
        if self.kind(after) == "of" and self.kind(after + 1) == "scale":
            after += 2
        return (
            (None, at)
            if self.word(at) == "tens" and after == at + 1
            else (
                self._make(at, after, None, None, kind="vague", scaled=True),
                after,
            )
        )

    def _dozens(self, at: int) -> tuple[Numeral | None, int]:
        """Half a dozen, a dozen, five dozen, a couple, a couple of dozen, couple hundred."""
        value, after = 1.0, at
        half = self.word(at) == "half"
        if half:
            value, after = 0.5, at + 1
        article = self.kind(after) == "a"
        if article:
            after += 1
        if self.kind(after) == "couple" and not half:
            value, after = 2.0, after + 1
            then = after + (self.kind(after) == "of")
            if self.kind(then) == "scale":
                size = SCALES[self.word(then)]
                return self._make(at, then + 1, 2 * size, size, scaled=True), then + 1
            if self.kind(then) == "dozen":
                return self._make(at, then + 1, 24.0, 12.0), then + 1
            if not re.match(r"\s(?:of|more)\s|\s[a-z]+s\b", self.text[self.run[after - 1].end :]) or not article:
                return None, at
            return self._make(at, after, 2.0, 1.0, article=True), after
        if not half and not article:
            number, _, then = self._small(at)
            if number is not None:
                value, after = number, then
        if self.kind(after) != "dozen" and not (after > at and self.word(after) in ("dozens",)):
            return None, at
        return self._make(at, after + 1, 12 * value, min(12.0, 12 * value), scaled=True), after + 1

    def _fraction(self, at: int) -> tuple[Numeral | None, int]:
        """Half, a third, two-thirds, three quarters of a million, 4/5, half a million."""
        value, after = self._part(at)
        if value is None:
            return None, at
        then = after + (self.kind(after) == "of")
        then += self.kind(then) == "a"
        if self.kind(then) == "scale":
            size = 1.0
            while self.kind(then) == "scale" and size < 1e12:
                size, then = size * SCALES[self.word(then)], then + 1
            return self._make(at, then, value * size, value * size, scaled=True), then
        if re.match(
            r"-[a-z]" if self.word(after - 1) != "half" else r"-(?!hour|day|year|mile|month)[a-z]",
            self.text[self.run[after - 1].end :],
        ):
            return None, at  # "half-life", "third-party"
        if (
            self.kind(at) == "a"
            and self.word(after - 1) != "half"
            and not _STANDS.match(self.text, self.run[after - 1].end)
        ):
            return None, at  # "a third attempt"
        return self._make(at, after, value, None, kind="fraction", article=self.kind(at) == "a"), after

    def _part(self, at: int) -> tuple[float | None, int]:
        if self.kind(at) == "glyph":
            return GLYPHS[self.word(at)], at + 1
        if self.kind(at) == "slash":
            over, under = map(int, self.word(at).split("/"))
            return (over / under, at + 1) if under and over < under else (None, at)
        if self.word(at) in ("half", "quarter"):
            plain = self.word(at) == "half" or self.kind(at + 1) == "scale"
            return (1 / PARTS[self.word(at)], at + 1) if plain else (None, at)
        if self.kind(at) == "a" and self.kind(at + 1) == "part":
            size = PARTS.get(self.word(at + 1))
            return (1 / size, at + 2) if size else (None, at)
        over_, _, after = self._small(at)
        if over_ is None or self.kind(after) != "part":
            return None, at
        name = self.word(after)
        size = PARTS.get(name) or PARTS.get(name.removesuffix("s"))
        if size is None or (name in PARTS and name != "halves" and over_ != 1):
            return None, at  # "two third" and "twenty fifth" are no fractions
        return over_ / size, after + 1

    def _number(self, at: int) -> tuple[Numeral | None, int]:
        article = self.kind(at) == "a"
        value, step, after = self._whole(at)
        if value is None:
            return None, at
        value, step, after = self._mixed(value, step, after)
        scaled = self.kind(after - 1) == "scale"
        numeral = self._make(at, after, value, step, scaled=scaled, article=article)
        return (self._short(numeral) if numeral.digits and not scaled else numeral), after

    def _mixed(self, value: float, step: float, after: int) -> tuple[float, float, int]:
        """Two and a half, 2½, 10 1/2, two and a half million, three million and a half."""
        scaled = self.kind(after - 1) == "scale"
        joint = after + (self.kind(after) == "and")
        if self.kind(after) in ("glyph", "slash") or self.kind(after) == "and":
            part, then = self._part(joint)
            if part is not None and part < 1 and not (self.kind(after) == "slash" and scaled):
                size = SCALES[self.word(after - 1)] if scaled else 1.0
                unit = size if size > 100 else 1.0
                if scaled and self.kind(then) == "scale":
                    unit, then = SCALES[self.word(then)], then + 1
                value, step, after = value + part * unit, part * unit, then
                if self.kind(after) == "scale" and not scaled:
                    size = SCALES[self.word(after)]
                    value, step, after = value * size, step * size, after + 1
        return value, step, after

    def _short(self, numeral: Numeral) -> Numeral:
        """Take in an abbreviated scale: 20k, 1.2bn, and after a currency sign 3m, 5 b."""
        money = _SIGN_BEFORE.search(self.text, max(0, numeral.start - 5), numeral.start)
        match = (_SHORT if money else _ATTACHED).match(self.text, numeral.end)
        if match is None:
            return numeral
        size = SHORT_SCALES[match.group().strip().lower()]
        value, step = (numeral.value or 0.0) * size, (numeral.step or 1.0) * size
        return Numeral(numeral.start, match.end(), _tidy(value), step, scaled=True, digits=True)

    def _whole(self, at: int) -> tuple[float | None, float, int]:
        """Read groups of falling scale: "two million three hundred thousand and six"."""
        total, step, after = 0.0, 1.0, at
        limit = float("inf")
        while True:
            joint = after + (after > at and self.kind(after) == "and")
            value, size, then, last = self._group(joint, first=after == at)
            joined = joint > after
            if joined and self._part(joint)[0] is not None:
                break
            if value is None or size >= limit or (after > at and not self._continues(joint, size, limit, joined)):
                break
            total, step, after, limit = total + value, last, then, size
            if self.kind(after - 1) != "scale":
                break
        return (None, 1.0, at) if after == at else (_tidy(total), step, after)

    def _continues(self, at: int, size: float, limit: float, joined: bool) -> bool:
        """After "two million", a smaller group goes on; after "and", only what starts no noun phrase of its own."""
        if self.kind(at) == "a":
            return False
        if joined:
            return limit <= 100 or (size > 1 and limit > size) or self.kind(at) == "word"
        return self.kind(at) != "plain" or size > 1

    def _group(self, at: int, *, first: bool) -> tuple[float | None, float, int, float]:
        """Read one small number with its scales; gives value, scale, next piece and step."""
        value, step, after = self._small(at)
        if value is None:
            if self.kind(at) == "scale" and first:
                value, step, after = 1.0, 1.0, at
            elif self.kind(at) == "a" and self.kind(at + 1) == "scale":
                value, step, after = 1.0, 1.0, at + 1
            else:
                return None, 1.0, at, 1.0
        size = 1.0
        while self.kind(after) == "scale" and size < 1e12:
            size *= SCALES[self.word(after)]
            after += 1
            if size == 100.0 and self.kind(after) not in ("scale",):
                joint = after + (self.kind(after) == "and")
                rest, _, then = self._small(joint)
                if rest is not None and rest < 100 and self.kind(joint) == "word" and self.kind(then) == "scale":
                    value, size, after = value * 100 + rest, 1.0, then  # two hundred and fifty thousand
        return value * size, size, after, step * size

    def _small(self, at: int) -> tuple[float | None, float, int]:
        """Read digits, or a word below one hundred with decimals after "point"."""
        kind, word = self.kind(at), self.word(at)
        if kind in ("grouped", "plain"):
            plain = re.sub(r"[,\s]", "", word)
            return float(plain), _step(plain), at + 1
        if kind != "word":
            return None, 1.0, at
        if word in TENS:
            unit = SMALL.get(self.word(at + 1), 0) if self.kind(at + 1) == "word" else 0
            value, after = (TENS[word] + unit, at + 2) if 0 < unit < 10 else (TENS[word], at + 1)
        else:
            value, after = SMALL[word], at + 1
        decimals = ""
        if self.kind(after) == "point":
            then = after + 1
            while self.kind(then) == "word" and self.word(then) in SMALL and SMALL[self.word(then)] < 10:
                decimals, then = decimals + str(SMALL[self.word(then)]), then + 1
            if decimals:
                return float(f"{value}.{decimals}"), 10.0 ** -len(decimals), then
        return float(value), 1.0, after


def _step(digits: str) -> float:
    """Return the size of the last digit that says something: 91000 -> 1000, 126 -> 1, 1.4 -> 0.1, 50 -> 1."""
    if "." in digits:
        return 10.0 ** -len(digits.split(".")[1])
    return 10.0 ** (len(digits) - len(digits.rstrip("0"))) if len(digits.lstrip("0")) > 2 else 1.0


def _tidy(value: float) -> float:
    """Undo binary dust: 1.1 * 1e9 is 1100000000."""
    return float(f"{value:.15g}")
