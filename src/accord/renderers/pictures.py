"""Draws the matrix of findings by outlet and the timeline as inline SVG, with Altair and vl-convert.

Colours are CSS variables of the page (`--agreed`, ...), so a picture follows light and dark; verdicts differ by shape
too. Sizes do not depend on the fonts at hand: labels are cut here, and the space for them is fixed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, Literal
from xml.etree import ElementTree

from accord.renderers import words
from accord.renderers.outline import Line, Outline, cited

ROWS = 40  # findings in the matrix
DATES = 40  # dates in the timeline
STEP = 20  # pixels a row, and a column
CHARACTER = 6  # pixels that a character of a label takes, on average over a line
LABEL = 46  # characters of a finding's label
OUTLET = 22  # characters of an outlet's label
VERDICTS = ["agreed", "disputed", "one origin"]
SHAPES = ["circle", "diamond", "triangle-up"]
COLOURS = ["var(--agreed)", "var(--disputed)", "var(--single)"]
_WORDS = {"corroborated": "agreed", "disputed": "disputed", "single": "one origin", None: "one origin"}
_SVG = "{http://www.w3.org/2000/svg}"


def matrix_rows(shown: Outline) -> list[Line]:
    """Return the findings in the matrix, by number: `ROWS` at most, disputed and agreed ones first."""
    lines = [dispute.line for dispute in shown.disputed]
    lines += [line for line in (*shown.lead.lines, *shown.agreed.lines) if line.number]
    lines += [line for group in shown.single for line in group.lines]
    return sorted(lines[:ROWS], key=lambda line: line.number or 0)


def matrix(shown: Outline) -> str:
    """Return the matrix of findings (rows) by report (columns) as SVG; empty where there is no finding."""
    rows = matrix_rows(shown)
    if not rows:
        return ""
    gists = {d.line.key: d.line.text or " / ".join(side.value for side in d.sides) for d in shown.disputed}
    order = [f"{line.number}  {words.trim(gists.get(line.key, line.text), LABEL)}" for line in rows]
    columns = _columns(shown)
    data = [
        {"finding": label, "report": columns[report], "verdict": _WORDS[line.verdict]}
        for label, line in zip(order, rows, strict=True)
        for report in cited(shown.labels, line.evidence)
    ]
    title = "Findings by report"
    about = f"{len(rows)} findings in rows, {len(columns)} reports in columns; a mark where a report carries a finding."
    return _draw("matrix", data, "report", list(columns.values()), "finding", order, title, about)


def timeline(shown: Outline) -> str:
    """Return which report tells of which date as SVG, dates in order and evenly spaced; empty without dates."""
    lines = [line for line in shown.timeline.lines if line.head]
    dates = sorted({line.head for line in lines if line.head})[-DATES:]
    if not dates:
        return ""
    tellers: dict[str, list[str]] = {date: [] for date in dates}
    for line in lines:
        if line.head in tellers:
            tellers[line.head] += cited(shown.labels, line.evidence)
    columns = _columns(shown)
    data = [
        {"date": date, "report": columns[report], "verdict": "agreed" if len(set(told)) > 1 else "one origin"}
        for date, told in tellers.items()
        for report in dict.fromkeys(told)
    ]
    title = "Dates by report"
    about = f"{len(dates)} dates from {dates[0]} to {dates[-1]}; a mark where a report tells of a date."
    return _draw("timeline", data, "date", dates, "report", list(columns.values()), title, about)


def _columns(shown: Outline) -> dict[str, str]:
    """Return each report's label cut to `OUTLET` characters, still unique."""
    columns: dict[str, str] = {}
    for label in shown.labels.values():
        short = words.trim(label, OUTLET)
        columns[label] = short if short not in columns.values() else f"{short} ({len(columns) + 1})"
    return columns


def _draw(
    name: str, data: list[dict[str, str]], x: str, xs: Sequence[str], y: str, ys: Sequence[str], title: str, about: str
) -> str:
    """Return one picture of marks at `x`, `y`, shaped and coloured by verdict."""
    import altair as alt
    import vl_convert

    left, top = _room(ys), _room(xs)
    chart = (
        alt.Chart(alt.InlineData(values=data))
        .mark_point(filled=True, size=70, opacity=1)
        .encode(
            x=alt.X(f"{x}:N", scale=alt.Scale(domain=list(xs)), axis=_axis("top", top, -90)),
            y=alt.Y(f"{y}:N", scale=alt.Scale(domain=list(ys)), axis=_axis("left", left, 0)),
            color=alt.Color("verdict:N", scale=alt.Scale(domain=VERDICTS, range=COLOURS), legend=None),
            shape=alt.Shape("verdict:N", scale=alt.Scale(domain=VERDICTS, range=SHAPES), legend=None),
        )
        .properties(width=STEP * len(xs), height=STEP * len(ys), background="none")
        .properties(
            autosize=alt.AutoSizeParams(type="none"), padding={"left": left, "top": top, "right": 8, "bottom": 8}
        )
        .configure_view(stroke=None)
    )
    spec: dict[str, Any] = json.loads(chart.to_json())
    return _tidy(vl_convert.vegalite_to_svg(spec), name, title, about)


def _room(labels: Sequence[str]) -> int:
    return round(CHARACTER * max(map(len, labels))) + 12


def _axis(orient: Literal["top", "left"], extent: int, angle: int) -> Any:
    import altair as alt

    return alt.Axis(
        orient=orient,
        title=None,
        labelAngle=angle,
        labelAlign="left",
        labelPadding=extent if orient == "left" else 4,
        labelLimit=extent,
        labelOverlap=False,
        labelFontSize=11,
        labelColor="currentColor",
        labelFont="sans-serif",
        ticks=False,
        domain=False,
        grid=True,
        gridColor="var(--rule)",
        minExtent=extent,
        maxExtent=extent,
    )


def _tidy(svg: str, name: str, title: str, about: str) -> str:
    """Return the SVG for use inside HTML: one image with a title and a description, and nothing that is not drawn."""
    root = ElementTree.fromstring(svg)
    for parent in root.iter():
        for child in list(parent):
            if child.get("display") == "none" or (child.get("class") == "background" and not child.get("stroke")):
                parent.remove(child)
    for element in root.iter():
        element.tag = element.tag.removeprefix(_SVG)
        kept = {k: v for k, v in element.attrib.items() if not k.startswith("aria-") and k not in ("role", "class")}
        element.attrib.clear()
        element.attrib.update(kept)
    root.attrib.pop("version", None)
    root.attrib.update({"class": "picture", "role": "img", "aria-labelledby": f"{name}-title {name}-about"})
    for at, (tag, words_) in enumerate((("title", title), ("desc", about))):
        child = ElementTree.Element(tag, {"id": f"{name}-{'title' if tag == 'title' else 'about'}"})
        child.text = words_
        root.insert(at, child)
    return ElementTree.tostring(root, encoding="unicode")


SCHEMES: dict[str, dict[str, str]] = {
    "light": {
        "paper": "#fcfbf9",
        "pane": "#f4f2ed",
        "ink": "#1c1c1a",
        "muted": "#5b5952",
        "rule": "#dcd8cf",
        "line": "#8a867b",
        "link": "#1b4f87",
        "agreed": "#1c6a45",
        "disputed": "#ab2518",
        "single": "#676257",
    },
    "dark": {
        "paper": "#17181a",
        "pane": "#1e2022",
        "ink": "#e4e1da",
        "muted": "#a7a39a",
        "rule": "#383a3e",
        "line": "#8a8983",
        "link": "#94bff0",
        "agreed": "#72c79b",
        "disputed": "#ff917e",
        "single": "#aca79b",
    },
}
PIXELS = 24_000_000  # of a PNG at most
_VARIABLE = re.compile(r"var\(--(\w+)\)")


def standalone(svg: str, scheme: str = "light") -> str:
    """Return a picture as a file of its own: the colours of `scheme` put in, on paper of its own.

    standalone('<svg viewBox="0 0 9 9"><path fill="var(--ink)"/></svg>') -> an SVG document in black on white
    """
    colours = SCHEMES[scheme]
    put = _VARIABLE.sub(lambda found: colours.get(found[1], colours["ink"]), svg)
    put = put.replace("currentColor", colours["ink"])
    root = ElementTree.fromstring(put)
    width, height = _size(root)
    paper = ElementTree.Element("rect", {"width": f"{width:g}", "height": f"{height:g}", "fill": colours["paper"]})
    root.insert(0, paper)
    for element in root.iter():
        element.tag = element.tag.removeprefix(_SVG)
    root.attrib.update({"xmlns": "http://www.w3.org/2000/svg", "width": f"{width:g}", "height": f"{height:g}"})
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def png(svg: str, scale: float = 2.0) -> bytes:
    """Return a standalone picture as PNG, `scale` pixels a unit; fewer where it would have more than `PIXELS`."""
    import vl_convert

    width, height = _size(ElementTree.fromstring(svg))
    most = (PIXELS / max(1.0, width * height)) ** 0.5
    return bytes(vl_convert.svg_to_png(svg, scale=min(scale, most)))


def _size(root: ElementTree.Element) -> tuple[float, float]:
    """Return width and height in units of the picture."""
    box = [float(part) for part in root.get("viewBox", "").replace(",", " ").split()]
    return (box[2], box[3]) if len(box) == 4 else (float(root.get("width", 0)), float(root.get("height", 0)))
