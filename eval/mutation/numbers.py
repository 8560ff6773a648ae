"""Another number, beyond any rounding, where another report states the same one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

from mutation.dates import MONTH
from mutation.events import Change, Event, Evidence, Fact
from mutation.lexicon import MAGNITUDES, SPELLED, listed

_SPELLED = "|".join(sorted((w for w in SPELLED if w not in ("zero", "one")), key=len, reverse=True))
_NUMBER = re.compile(
    r"(?<![\w.,/:$€£–-])(?P<currency>[$€£]\s?)?"
    rf"(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|(?i:{_SPELLED})(?![\w]))"
    r"(?P<magnitude>[\s-]?(?:hundred|thousand|million|billion|trillion|m|bn|k)\b)?"
    r"(?P<percent>\s?(?:percent\b|per cent\b|%))?"
    r"(?!\w|[:/.,]\d|-\d|-(?:half|third|quarter|fourth|fifth|tenth)|(?:-|–| ) ?to (?:[$€£]\s?)?\d"
    r"|-(?:hundred|one|two|three|four|five|six|seven|eight|nine)\b)"
)
_NO_FIGURE_BEFORE = re.compile(
    rf"(?:\b(?:{MONTH})\.?|\bbetween \S+ and|\d-? ?(?:to|-|–)"
    r"|[A-Z]\w+s \d+(?:,| and)|\b(?:No\.|number|between|age of|at|by|around|chapter|section|o'clock))\s*$",
    re.IGNORECASE,
)
_NO_FIGURE_AFTER = re.compile(
    rf"^\s*(?:(?:{MONTH})\b|[ap]\.?m\b|o['’]clock|of the (?:most|best|largest|biggest)|hundred|dozen)", re.IGNORECASE
)
_AT_LEAST = re.compile(
    r"\b(?:more than|over|at least|above|exceed\w*|no (?:fewer|less) than|upwards of|surpass\w*|greater than"
    r"|minimum of)"
    r"(?: (?:an? )?(?:estimated|about|some))?\s*$",
    re.IGNORECASE,
)
_AT_MOST = re.compile(
    r"\b(?:up to|less than|fewer than|at most|under|below|no more than|as (?:many|much) as|maximum of|within)\s*$",
    re.IGNORECASE,
)
_AGE_BEFORE, _AGE_AFTER = re.compile(r"[A-Z][\w.]+, $"), re.compile(r"[,.;)]|$")
_OR_MORE = re.compile(r"^\s*(?:or more|or so more|\+)", re.IGNORECASE)


@dataclass(frozen=True)
class Number:
    """A number in a text. `bound` is -1 for "at most", 1 for "at least", else 0; `counted` the next words, cut."""

    start: int
    end: int
    text: str
    value: float
    money: bool
    percent: bool
    bound: int
    counted: tuple[str, ...]
    age: bool = False


def numbers_in(text: str) -> list[Number]:
    """Return the figures of `text`; dates, times, years and parts of names are none."""
    found = []
    for match in _NUMBER.finditer(text):
        before, after = text[max(0, match.start() - 40) : match.start()], text[match.end() : match.end() + 60]
        raw, money = match["number"], bool(match["currency"])
        if _NO_FIGURE_AFTER.match(after) or (_NO_FIGURE_BEFORE.search(before) and not money):
            continue
        year = re.fullmatch(r"(?:19|20)\d\d", raw) and not money and not match["magnitude"] and not match["percent"]
        if year or _in_name(before, raw):
            continue
        value = SPELLED.get(raw.lower()) if raw[0].isalpha() else float(raw.replace(",", ""))
        if value is None:
            continue
        value *= MAGNITUDES[match["magnitude"].strip(" -")] if match["magnitude"] else 1
        bound = 1 if _AT_LEAST.search(before) or _OR_MORE.match(after) else -1 if _AT_MOST.search(before) else 0
        counted = tuple(word.lower()[:5] for word in re.findall(r"[^\W\d_]+", after)[:3])
        percent = bool(match["percent"])
        age = counted[:2] == ("year", "old") or (bool(_AGE_BEFORE.search(before)) and bool(_AGE_AFTER.match(after)))
        found.append(Number(*match.span(), match.group(), value, money, percent, bound, counted, age and value < 100))
    return found


_NUMBERED = frozenset(
    listed("Article,Channel,Chapter,Flight,Highway,Interstate,Proposition,Resolution,Route,Section,Title")
)


def _in_name(before: str, raw: str) -> bool:
    """Tell whether the word before belongs to a name that the number ends ("Flight 12", "Resolution 2375")."""
    word = re.search(r"(\S+)\s$", before)
    if not word or raw[0].isalpha():
        return False
    sentence_start = re.search(r"(?:^|[.!?\n”\"]\s*)\S+\s$", before)
    return bool(re.match(r"[A-Z][\w-]*$", word[1])) and (not sentence_start or word[1] in _NUMBERED)


def change_number(
    event: Event, fact: Fact, evidence: Evidence, others: tuple[Evidence, ...], rng: Random
) -> Change | None:
    text = event.articles[evidence.article].text
    in_gist = {n.value for n in numbers_in(fact.gist)}
    mine = [n for n in numbers_in(text) if evidence.start <= n.start and n.end <= evidence.end and n.value in in_gist]
    for number in rng.sample(mine, len(mine)):
        theirs = [(e, n) for e in others for n in numbers_in(e.text) if _same_figure(number, n)]
        bounds = {n.bound for _, n in theirs}
        part = re.match(
            r" of (?:(?:the|its|their|those|an?) )?(?:[a-z]+ )?(?:\d|half)", text[number.end : number.end + 30]
        )
        direction = number.bound or -next(iter(bounds - {0}), 0) or (-1 if part else 0)
        clash = (
            any(n.bound and n.bound == direction for _, n in theirs)
            or len(bounds - {0}) > 1
            or (part and direction > 0)
        )
        if not theirs or clash:
            continue
        taken = {n.value for n in numbers_in(event.everything)}
        new = _other_number(number, direction, taken, rng)
        if new is None:
            continue
        large = number.money or number.percent or number.value >= 100
        same = [
            n
            for n in numbers_in(text)
            if n.text.lower() == number.text.lower() and (large or n.start == number.start or _same_count(n, number))
        ]
        edits = tuple((n.start, n.end, _cased(new, n.text)) for n in same)
        return Change(number.text, new, edits, tuple(dict.fromkeys(e for e, _ in theirs)))
    return None


def _same_count(number: Number, other: Number) -> bool:
    """Tell whether two equal numbers of one article count the same thing."""
    return bool(number.counted) and number.counted[0] in other.counted[:2]


def _same_figure(number: Number, other: Number) -> bool:
    return number.value == other.value and number.money == other.money and number.percent == other.percent


def _other_number(number: Number, direction: int, taken: set[float], rng: Random) -> str | None:
    """Return another number in the notation of `number`, beyond any rounding of it, on the side of `direction`."""
    match = _NUMBER.fullmatch(number.text)
    if match is None:
        return None
    raw = match["number"]
    scale = number.value / (SPELLED[raw.lower()] if raw[0].isalpha() else float(raw.replace(",", "")))
    for _ in range(40):
        up = direction > 0 or (direction == 0 and rng.random() < 0.6)
        new = _drawn(raw, up, number, rng)
        if new is None:
            continue
        value = (SPELLED[new] if new[0].isalpha() else float(new.replace(",", ""))) * scale
        far = abs(value - number.value) >= 0.24 * number.value or number.age
        if far and value not in taken and not (number.percent and value > 100):
            return number.text.replace(raw, new)
    return None


def _drawn(raw: str, up: bool, number: Number, rng: Random) -> str | None:
    factor = rng.uniform(1.35, 1.9) if up else rng.uniform(0.5, 0.72)
    if raw[0].isalpha():
        wanted = SPELLED[raw.lower()] * factor
        rows = [(abs(v - wanted), w) for w, v in SPELLED.items() if v > 1 and abs(v - SPELLED[raw.lower()]) > 1]
        return min(rows)[1]
    plain = raw.replace(",", "")
    if "." in plain:
        new = f"{float(plain) * factor:.{len(plain.split('.')[1])}f}"
        return new if len(new) == len(plain) and float(new) >= 1 else None
    value = int(plain)
    if number.age or value < 10:
        drawn = value + rng.choice((2, 3, 4) if value < 20 else (5, 6, 8)) * (1 if up else -1)
    else:
        step = 10 ** (len(plain) - len(plain.rstrip("0"))) if value >= 100 else 1
        drawn = max(step, round(value * factor / step) * step)
    if drawn < 2 or drawn == value or (value >= 10 > drawn) or (value < 1000 <= drawn):
        return None
    return f"{drawn:,}" if "," in raw else str(drawn)


def _cased(new: str, like: str) -> str:
    return new[0].upper() + new[1:] if like[:1].isupper() else new
