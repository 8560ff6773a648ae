"""Draws who copied whom: each report as a strip as long as its text, the passages it shares with others marked on it.

Reports of one origin stand together behind a bracket; curves join the places of one passage. Colours are CSS variables
of the page, so that the picture follows light and dark; copied text differs from own text by its hatching too. All
sizes are fixed: labels are cut here, and nothing depends on the fonts at hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

from accord.records import Article, Briefing, Origin, Passage
from accord.renderers import words
from accord.renderers.outline import outlet_labels

WIDTH = 960
LEFT, RIGHT = 232, 110  # room for labels and for shares
ROW, STRIP, HEAD, GAP = 34, 17, 26, 14
LABEL = 30  # characters of an outlet's label
REPORTS = 60
CURVES = 240
_KINDS = {"own": "Own report", "agency": "Agency copy", "copy": "Shared copy"}


@dataclass(frozen=True, slots=True)
class Taken:
    """How much of a report's text stands in others too: `shared` of `whole` characters; `own` of its own origin."""

    article: str
    shared: int
    whole: int

    @property
    def share(self) -> float:
        """The share in 0..1."""
        return self.shared / self.whole if self.whole else 0.0


@dataclass(frozen=True, slots=True)
class _Strip:
    article: Article
    label: str
    top: float
    width: float

    def at(self, offset: int) -> float:
        """Return where a character of the article stands."""
        return LEFT + self.width * offset / max(1, len(self.article.text))


def taken(briefing: Briefing) -> dict[str, Taken]:
    """Return for each report how many of its characters stand in passages that other reports carry."""
    spans: dict[str, list[tuple[int, int]]] = {article.id: [] for article in briefing.articles}
    for passage in briefing.passages:
        if passage.article in spans:
            spans[passage.article].append((passage.start, passage.end))
    found = {}
    for article in briefing.articles:
        reached = covered = 0
        for start, end in sorted(spans[article.id]):
            covered += max(0, end - max(start, reached))
            reached = max(reached, end)
        found[article.id] = Taken(article.id, covered, len(article.text))
    return found


def origin_title(origin: Origin) -> str:
    """Return what an origin is, in words: "Agency copy: Northern Wire"."""
    kind = _KINDS[origin.kind]
    if origin.kind == "own":
        return kind
    return f"{kind}: {words.plain(origin.agency)}" if origin.agency else kind


def picture(briefing: Briefing, link: Callable[[str], str] | None = None) -> str:
    """Return the picture as SVG; empty where there is no report. `link` gives the address of a shared passage's words.

    At most `REPORTS` reports are drawn, those that share text first, and `CURVES` curves.
    """
    if not briefing.articles:
        return ""
    groups = _groups(briefing)
    strips, brackets, height = _placed(groups, outlet_labels(briefing.articles))
    shares = taken(briefing)
    by_shared = _by_shared(briefing.passages, strips)
    parts = [_defs(), *brackets, *_curves(by_shared, strips)]
    for strip in strips.values():
        parts += _strip(strip, shares[strip.article.id])
    for shared, passages in by_shared.items():
        parts += _blocks(shared, passages, strips, link)
    title = "Who copied whom"
    copied = sum(1 for one in shares.values() if one.shared)
    about = (
        f"{len(strips)} reports as strips, as long as their texts; {copied} of them share text with others: "
        "the hatched stretches, joined by curves. Reports behind one bracket are one origin. The same stands in words."
    )
    role = "group" if link else "img"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="picture" role="{role}" aria-labelledby="origins-title '
        f'origins-about" viewBox="0 0 {WIDTH} {height:g}" width="{WIDTH}" height="{height:g}" '
        f'font-family="sans-serif" font-size="13">'
        f'<title id="origins-title">{title}</title><desc id="origins-about">{escape(about)}</desc>'
        + "".join(parts)
        + "</svg>"
    )


def _groups(briefing: Briefing) -> list[tuple[Origin, list[Article]]]:
    """Return origins with their reports: those of several reports first, then those that share text."""
    by_id = {article.id: article for article in briefing.articles}
    sharing = {passage.article for passage in briefing.passages}
    groups = [(origin, [by_id[a] for a in origin.articles if a in by_id]) for origin in briefing.origins]
    groups = [group for group in groups if group[1]]
    groups.sort(key=lambda group: (-len(group[1]), all(a.id not in sharing for a in group[1])))
    room = REPORTS
    kept = []
    for origin, articles in groups:
        kept.append((origin, articles[:room]))
        room -= len(kept[-1][1])
        if room <= 0:
            break
    return kept


def _placed(
    groups: Sequence[tuple[Origin, list[Article]]], labels: Mapping[str, str]
) -> tuple[dict[str, _Strip], list[str], float]:
    """Return where each report's strip stands, the brackets of origins, and the picture's height."""
    longest = max((len(a.text) for _, articles in groups for a in articles), default=1) or 1
    strips: dict[str, _Strip] = {}
    parts = []
    top = 4.0
    for origin, articles in groups:
        several = len(articles) > 1 or origin.kind != "own"
        if several:
            title = words.trim(origin_title(origin), 60)
            several_words = f", {len(articles)} reports, one origin" if len(articles) > 1 else ""
            parts.append(_text(16, top + 16, title + several_words, bold=True))
            top += HEAD
        first = top
        for article in articles:
            label = words.trim(labels[article.id], LABEL)
            strips[article.id] = _Strip(article, label, top, (WIDTH - LEFT - RIGHT) * len(article.text) / longest)
            top += ROW
        if several:
            drawn = f"M10 {first:g}H4V{top - ROW + STRIP:g}H10"
            parts.append(f'<path d="{drawn}" fill="none" stroke="var(--ink)" stroke-width="1.5"/>')
        top += GAP if several else 0
    return strips, parts, top


def _defs() -> str:
    """Return the hatching of copied text, in the two inks of the page."""
    return (
        '<defs><pattern id="copied" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect width="5" height="5" fill="var(--paper)"/><rect width="2.6" height="5" fill="var(--link)"/></pattern>'
        "</defs>"
    )


def _strip(strip: _Strip, share: Taken) -> list[str]:
    origin_words = f"{share.share:.0%} shared" if share.shared else "all its own"
    return [
        _text(16, strip.top + 13, strip.label),
        f'<rect x="{LEFT}" y="{strip.top:g}" width="{max(2, strip.width):.1f}" height="{STRIP}" '
        'fill="var(--pane)" stroke="var(--line)"/>',
        _text(LEFT + strip.width + 10, strip.top + 13, origin_words, muted=not share.shared),
    ]


def _blocks(
    shared: str, passages: Sequence[Passage], strips: Mapping[str, _Strip], link: Callable[[str], str] | None
) -> Iterable[str]:
    carriers = ", ".join(dict.fromkeys(strips[p.article].label for p in passages))
    for passage in passages:
        strip = strips[passage.article]
        left = strip.at(passage.start)
        width = max(2.0, strip.at(passage.end) - left)
        told = f"{carriers}: {words.trim(passage.text, 160)}"
        block = (
            f'<rect x="{left:.1f}" y="{strip.top:g}" width="{width:.1f}" height="{STRIP}" fill="url(#copied)" '
            f'stroke="var(--link)"><title>{escape(told)}</title></rect>'
        )
        if link is None:
            yield block
        else:
            name, href = quoteattr(f"shared passage in {strip.label}"), quoteattr(link(shared))
            yield f'<a class="block" href={href} data-shared={quoteattr(shared)} aria-label={name}>{block}</a>'


def _curves(by_shared: Mapping[str, Sequence[Passage]], strips: Mapping[str, _Strip]) -> Iterable[str]:
    """Join the places of each passage from strip to strip, the longest passages first."""
    drawn = 0
    for shared, passages in sorted(by_shared.items(), key=lambda item: -len(item[1][0].text)):
        for one, other in pairwise(passages):
            if drawn == CURVES:
                return
            drawn += 1
            upper, lower = strips[one.article], strips[other.article]
            x, y = (upper.at(one.start) + upper.at(one.end)) / 2, upper.top + STRIP
            to_x, to_y = (lower.at(other.start) + lower.at(other.end)) / 2, lower.top
            middle = (y + to_y) / 2
            yield (
                f'<path class="curve" data-shared={quoteattr(shared)} d="M{x:.1f} {y:g}C{x:.1f} {middle:g} {to_x:.1f} '
                f'{middle:g} {to_x:.1f} {to_y:g}" fill="none" stroke="var(--link)" stroke-width="1.2"/>'
            )


def _by_shared(passages: Iterable[Passage], strips: Mapping[str, _Strip]) -> dict[str, list[Passage]]:
    """Return the places of each passage that stands in two of the reports drawn, from top to bottom."""
    found: dict[str, list[Passage]] = {}
    for passage in passages:
        if passage.article in strips:
            found.setdefault(passage.shared, []).append(passage)
    return {
        shared: sorted(places, key=lambda p: (strips[p.article].top, p.start))
        for shared, places in found.items()
        if len(places) > 1
    }


def _text(x: float, y: float, said: str, *, bold: bool = False, muted: bool = False) -> str:
    colour = "var(--muted)" if muted else "var(--ink)"
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}"{weight}>{escape(said)}</text>'
