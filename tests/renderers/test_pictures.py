from dataclasses import replace
from xml.etree import ElementTree

from accord.records import Briefing
from accord.renderers import pictures
from accord.renderers.outliner import outline

from .sample import ARTICLES, BRIEFING

SHOWN = outline(BRIEFING)


def test_the_matrix_has_a_mark_for_every_report_of_a_finding() -> None:
    root = ElementTree.fromstring(pictures.matrix(SHOWN))
    marks = [path.get("fill") for path in root.iter("path") if (path.get("fill") or "").startswith("var(")]
    assert marks.count("var(--agreed)") == 4 + 4 + 3
    assert marks.count("var(--disputed)") == 4 + 1
    assert marks.count("var(--single)") == 1 + 1 + 2


def test_verdicts_differ_by_shape() -> None:
    root = ElementTree.fromstring(pictures.matrix(SHOWN))
    shapes = {path.get("fill"): path.get("d") for path in root.iter("path") if "var" in (path.get("fill") or "")}
    assert len(set(shapes.values())) == 3


def test_pictures_are_images_with_a_title_and_a_description() -> None:
    for name, svg in (("matrix", pictures.matrix(SHOWN)), ("timeline", pictures.timeline(SHOWN))):
        root = ElementTree.fromstring(svg)
        assert root.get("role") == "img"
        assert root.get("aria-labelledby") == f"{name}-title {name}-about"
        assert [child.tag for child in root][:2] == ["title", "desc"]
        assert all(child.text for child in root[:2])
        assert "style" not in {key for element in root.iter() for key in element.keys()}  # noqa: SIM118


def test_the_same_briefing_gives_the_same_bytes() -> None:
    assert pictures.matrix(SHOWN) == pictures.matrix(outline(BRIEFING))
    assert pictures.timeline(SHOWN) == pictures.timeline(outline(BRIEFING))


def test_names_of_outlets_cannot_become_elements() -> None:
    named = tuple(replace(a, outlet='"><script>alert(1)</script>') for a in ARTICLES)
    svg = pictures.matrix(outline(replace(BRIEFING, articles=named)))
    assert {element.tag for element in ElementTree.fromstring(svg).iter()} <= {
        *("svg", "title", "desc", "g", "path", "text", "line", "rect", "defs", "clipPath")
    }


def test_nothing_to_draw_is_no_picture() -> None:
    empty = outline(Briefing("x", "", (), (), (), (), (), (), (), (), ()))
    assert pictures.matrix(empty) == pictures.timeline(empty) == ""
