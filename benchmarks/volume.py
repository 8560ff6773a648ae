"""Writes any number of articles as JSON Lines: the stories of `../shared/data/stories`, told again as other events.

    python benchmarks/volume.py 25000 [--seed 1] [--output build/volume.jsonl] [--check]

Whole articles of ECB+, News Cluster and BASIL (NeuS has leads only) are changed in their text, by a seed:

- a story is told again as another event: each name in it becomes another of its kind (given names, places, people of a
  country, abbreviations, all other names), each number another with as many digits, and half of its rarer words become
  others that are as common and end alike; the same in all of its reports, so that what they agree on they still do;
- it takes place on another day, and the dates, weekdays and years in its texts move as far;
- a third of the articles are a copy of another, in another outlet, with a tenth of the words changed.

A day has 60 stories whatever the number of articles: a larger pile is a longer time, as a feed's is. The first thousand
of 25,000 articles are those of 1,000. The same count and seed give the same bytes. An id is its story's number and a
place in it: "000012-3". `--check` groups the articles and prints B-cubed F1 against the made stories.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import islice
from pathlib import Path

from accord.analyze.calendar_words import MONTHS, WEEKDAYS
from accord.analyze.lexicon_people import FEMALE_NAMES, MALE_NAMES, ROLE_NOUNS, TITLES
from accord.analyze.lexicon_places import CAPITALS, DEMONYMS, ORGANISATION_WORDS, PLACE_WORDS, STATES, territories
from accord.cluster.grouping.sketches import terms_of
from accord.models import term_counts
from accord.parse import to_day

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data" / "stories"
SETS = ("ecbplus", "news_cluster", "basil")
STORIES_A_DAY = 60
CHANGED, COPIES, COPY_CHANGED = 0.5, 1 / 3, 0.1
FEWEST_WORDS = 40
FIRST_DAY = date(2021, 1, 4)
UNDATED = date(2010, 6, 1)
LONGEST = 3
"""Days after its first report that the last report of a made story may come."""

_MONTH = "|".join(name.capitalize() for name in MONTHS)
_TOKEN = re.compile(
    rf"(?P<month>{_MONTH}) (?P<day>\d{{1,2}})(?:,? (?P<year>\d{{4}}))?\b"
    rf"|\b(?P<day2>\d{{1,2}}) (?P<month2>{_MONTH})(?: (?P<year2>\d{{4}}))?\b"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?<![\w.,:])(?P<number>\d+(?:[.,]\d+)*)(?![\w:])"
)
_FIXED = (TITLES | ROLE_NOUNS | ORGANISATION_WORDS | PLACE_WORDS) - {"may", "march"}
_ENDINGS = ("ing", "ed", "ly", "tion", "s", "er", "al", "y", "e")
_TOWNS = """Ashvale Brackmoor Corrinside Dunmarsh Elmsworth Farrowby Glenhithe Hartsea Inverlow Jessamere Kelderby
Larkfield Mossbury Netherwick Oakhaven Pellworth Quarrington Ravensey Saltmere Thornby""".split()
_PAPERS = "Courier Gazette Herald Journal Observer Post Record Sentinel Standard Telegraph Times Tribune".split()
OUTLETS = tuple(f"{town} {paper}" for town in _TOWNS for paper in _PAPERS)


@dataclass(frozen=True, slots=True)
class Report:
    """An article of the sets: `late` days after the first of its story."""

    title: str
    text: str
    late: int | None


@dataclass(frozen=True, slots=True)
class Base:
    """A story of the sets, and the day of its first report."""

    day: date
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the sets: the kind of each, and all of a kind. `swapped` are kinds that stand for another event."""

    kind: dict[str, str]
    of: dict[str, tuple[str, ...]]
    swapped: frozenset[str]


def articles(count: int, seed: int = 1) -> Iterator[dict[str, str]]:
    """Yield `count` made articles with `id`, `outlet`, `title`, `published` and `text`, story by story."""
    return islice(_articles(seed), count)


def story_of(article: str) -> str:
    """Return the made story of an article's id: "000012-3" -> "000012"."""
    return article.partition("-")[0]


def _articles(seed: int) -> Iterator[dict[str, str]]:
    bases, words = read_bases(), read_words()
    number = 0
    while True:
        yield from _story(number, random.Random(f"{seed}-{number}"), bases, words)
        number += 1


def _story(number: int, chance: random.Random, bases: Sequence[Base], words: Words) -> Iterator[dict[str, str]]:
    """Yield the articles of one made story."""
    base = chance.choice(bases)
    first = FIRST_DAY + timedelta(days=number // STORIES_A_DAY)
    retelling = Retelling(words, chance, (first - base.day).days)
    outlets = iter(chance.sample(OUTLETS, len(OUTLETS)))
    place = 0
    for report in base.reports:
        late = min(report.late, LONGEST) if report.late is not None else chance.randrange(LONGEST)
        made = {
            "id": f"{number:06}-{place}",
            "outlet": next(outlets),
            "title": retelling.of(report.title),
            "published": (first + timedelta(days=late)).isoformat(),
            "text": retelling.of(report.text),
        }
        yield made
        place += 1
        while chance.random() < COPIES:
            texts = {field: copied(made[field], words, chance) for field in ("title", "text")}
            yield {**made, "id": f"{number:06}-{place}", "outlet": next(outlets), **texts}
            place += 1


class Retelling:
    """Tells the texts of one story as those of another event, `days` later."""

    def __init__(self, words: Words, chance: random.Random, days: int) -> None:
        self._words = words
        self._chance = chance
        self._days = days
        self._known: dict[str, str] = {}
        self._taken: set[str] = set()

    def of(self, text: str) -> str:
        """Return `text` with its names, numbers, dates and half of its rarer words changed."""
        return _TOKEN.sub(self._changed, text)

    def _changed(self, match: re.Match[str]) -> str:
        if match["month"] or match["month2"]:
            return self._moved(match)
        return self._number(match[0]) if match["number"] else self._word(match[0])

    def _moved(self, match: re.Match[str]) -> str:
        """Return a date in its own form, `days` later."""
        name, number = match["month"] or match["month2"], match["day"] or match["day2"]
        year = match["year"] or match["year2"]
        try:
            day = date(int(year or 2021), MONTHS[name.lower()], int(number)) + timedelta(days=self._days)
        except (ValueError, OverflowError):
            return match[0]
        year = f"{' ' if match['month2'] or ',' not in match[0] else ', '}{day.year}" if year else ""
        return f"{day:%B} {day.day}{year}" if match["month"] else f"{day.day} {day:%B}{year}"

    def _number(self, token: str) -> str:
        if token not in self._known:
            self._known[token] = self._other_number(token)
        return self._known[token]

    def _other_number(self, token: str) -> str:
        if len(token) < 2 or not token.strip("0.,"):
            return token
        if re.fullmatch(r"(?:19|20)\d\d", token):
            return str(int(token) + round(self._days / 365.25))
        kept = len(token.rstrip("0,")) if "." not in token else len(token)
        digits = (self._chance.choice("123456789" if at == 0 else "0123456789") for at in range(kept))
        return "".join(new if old.isdigit() else old for old, new in zip(token, digits, strict=False)) + token[kept:]

    def _word(self, token: str) -> str:
        low = token.lower()
        if low in WEEKDAYS and token[0].isupper():
            return list(WEEKDAYS)[(WEEKDAYS[low] + self._days) % 7].capitalize()
        kinds = self._words.kind
        plain = token if token in kinds else token.title() if token.isupper() else low
        if plain.endswith("s") and (plain[:-1] in kinds or plain[:-1] in self._known):
            return _as(token, self._other(plain[:-1]) + "s")  # one word in both its forms
        return _as(token, self._other(plain)) if plain in kinds else token

    def _other(self, plain: str) -> str:
        """Return what stands for a word in this event: itself, or another of its kind that stands for no other."""
        if plain not in self._known:
            kind = self._words.kind[plain]
            stays = kind not in self._words.swapped or (kind[0] == "=" and self._chance.random() >= CHANGED)
            pool = self._words.of[kind]
            others = [other for other in self._chance.sample(pool, min(20, len(pool))) if other != plain]
            tries = [plain] if stays else others
            self._known[plain] = next((other for other in tries if other not in self._taken), tries[0])
            self._taken.add(self._known[plain])
        return self._known[plain]


def copied(text: str, words: Words, chance: random.Random) -> str:
    """Return `text` with a tenth of the words that tell something changed to others like them."""

    def other(match: re.Match[str]) -> str:
        kind = words.kind.get(match[0].lower()) if match["word"] else None
        if kind is None or chance.random() >= COPY_CHANGED:
            return match[0]
        return _as(match[0], chance.choice(words.of[kind]))

    return _TOKEN.sub(other, text)


def _as(token: str, other: str) -> str:
    """Return `other` in the case of `token`."""
    if token.isupper() and len(token) > 1:
        return other.upper()
    return other[0].upper() + other[1:] if token[0].isupper() else other


@cache
def read_bases() -> tuple[Base, ...]:
    """Return the stories of the sets, those of their reports that have enough words."""
    stories: dict[str, list[tuple[str, str, date | None]]] = {}
    for name in SETS:
        with gzip.open(DATA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                if len(row["text"].split()) >= FEWEST_WORDS:
                    report = (row.get("title") or "", row["text"], _day(row.get("date")))
                    stories.setdefault(f"{name} {row['story']}", []).append(report)
    return tuple(_base(reports) for reports in stories.values())


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat(to_day((written or "").replace(" : ", ":")) or "")
    except ValueError:
        return None


def _base(reports: Sequence[tuple[str, str, date | None]]) -> Base:
    first = min((day for _, _, day in reports if day), default=UNDATED)
    return Base(first, tuple(Report(title, text, (day - first).days if day else None) for title, text, day in reports))


@cache
def read_words() -> Words:
    """Return the kinds of the words of the sets.

    A name is a word that nearly always has a capital, also where no sentence starts. Other words are put together by
    how often they stand in news and how they end: "=5ing".
    """
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for base in read_bases():
        for report in base.reports:
            capital.update(re.findall(r"(?<=[a-z,] )[A-Z][^\W\d_]+", report.text))
            small.update(re.findall(r"\b[a-z]{2,}\b", report.text))
    kind = {word: _kind(word) for word in capital if capital[word] > 10 * small[word.lower()] and len(word) > 1}
    found = {word: name for word, name in kind.items() if name}
    found.update((word, name) for word in small if small[word] > 1 and (name := _common(word)))
    of: dict[str, list[str]] = {}
    for word in sorted(found):
        of.setdefault(found[word], []).append(word)
    pools = {name: tuple(members) for name, members in of.items() if len(members) > 20}
    rare = frozenset(name for name in pools if name[0] != "=" or int(name[1]) < 7)
    return Words({word: name for word, name in found.items() if name in pools}, pools, rare)


def _kind(word: str) -> str | None:
    """Return what sort of name `word` is, None for one that stays as it is."""
    low = word.lower()
    if low in _FIXED or low in MONTHS or low in WEEKDAYS:
        return None
    if word.isupper():
        return f"abbreviation {min(len(word), 4)}"
    for name, members in (("woman", FEMALE_NAMES), ("man", MALE_NAMES), ("people", DEMONYMS)):
        if low in members:
            return name if name != "people" else f"people {low.endswith('s')}"
    return "place" if low in STATES or low in CAPITALS or low in territories() else "name"


def _common(word: str) -> str | None:
    """Return the kind of a word with a small letter, None for one that tells nothing."""
    terms = terms_of(word)
    if not terms:
        return None
    ending = next((ending for ending in _ENDINGS if word.endswith(ending)), "")
    return f"={min(term_counts().of.get(terms[0], 0).bit_length(), 9)}{ending}"


def check(made: Sequence[dict[str, str]]) -> str:
    """Return how well grouping finds the made stories again."""
    sys.path.insert(0, str(ROOT / "eval"))
    from accord.cluster.grouping import Grouper, sketch
    from accord.records import Article
    from stories import bcubed

    grouper = Grouper()
    for at in range(0, len(made), 256):
        grouper.add(sketch([Article(**row) for row in made[at : at + 256]]))
    of = {article: group.id for group in grouper.groups() for article in group.articles}
    score = bcubed([of[row["id"]] for row in made], [story_of(row["id"]) for row in made])
    return "B-cubed " + ", ".join(f"{name} {value:.3f}" for name, value in score.items())


def main() -> None:
    """Write the articles."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--output", type=Path, help="a file in place of standard output")
    parser.add_argument("--check", action="store_true", help="group the articles, and say how well; nothing is written")
    args = parser.parse_args()
    if not DATA.is_dir():
        sys.exit("benchmarks/volume.py: there is no ../shared/data/stories to make articles from")
    if args.check:
        print(check(list(articles(args.count, args.seed))))
        return
    write(args.count, args.seed, args.output)


def write(count: int, seed: int, output: Path | None) -> None:
    """Write `count` articles as JSON Lines to `output`, whole or not at all, or to standard output."""
    if output is None:
        sys.stdout.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in articles(count, seed))
        return
    output.parent.mkdir(parents=True, exist_ok=True)
    unfinished = output.with_suffix(".unfinished")
    with unfinished.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in articles(count, seed))
    unfinished.replace(output)


if __name__ == "__main__":
    main()
