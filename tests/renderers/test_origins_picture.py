from dataclasses import replace
from xml.etree import ElementTree

from accord.records import Briefing, Passage
from accord.renderers.origins_picture import CURVES, REPORTS, picture, taken
from accord.renderers.outliner import outline
from accord.renderers.pictures import matrix, png, standalone, timeline

from .sample import ARTICLES, BRIEFING

WIRE = ARTICLES[1].text
SHARED = replace(
    BRIEFING, passages=tuple(Passage(article, 0, 100, WIRE[:100], "s1", "ob", "Norda") for article in ("b", "c"))
)


def test_reports_are_strips_and_shared_passages_are_joined() -> None:
    root = ElementTree.fromstring(picture(SHARED))
    tags = [element.tag.split("}")[1] for element in root.iter()]
    assert tags.count("path") == 2  # a bracket and a curve
    assert picture(SHARED).count('fill="url(#copied)"') == 2
    assert root.get("role") == "img"


def test_passages_are_links_where_there_is_a_place_to_lead_to() -> None:
    svg = picture(SHARED, lambda shared: f'#p-{shared}"<')
    assert svg.count('<a class="block"') == 2
    assert ElementTree.fromstring(svg).get("role") == "group"


def test_shares_count_each_character_once() -> None:
    twice = replace(SHARED, passages=(*SHARED.passages, Passage("b", 50, 120, WIRE[50:120], "s2")))
    assert taken(twice)["b"].shared == 120
    assert taken(twice)["a"].share == 0.0


def test_names_cannot_become_elements() -> None:
    named = tuple(replace(a, outlet='"><script>x</script>') for a in ARTICLES)
    svg = picture(replace(SHARED, articles=named), lambda shared: "#p")
    assert "<script" not in svg
    ElementTree.fromstring(svg)


def test_characters_that_no_xml_may_hold_are_left_out() -> None:
    hostile = "\ufffe\uffff\x01\x1b[31m\ud800 Herald"
    named = tuple(replace(a, outlet=f"{hostile} {n}", title=hostile) for n, a in enumerate(ARTICLES))
    made = replace(SHARED, articles=named, title=hostile)
    for svg in (picture(made), matrix(outline(made)), timeline(outline(made))):
        assert png(standalone(svg, "dark")).startswith(b"\x89PNG")


def test_very_many_reports_are_bounded() -> None:
    many = tuple(replace(ARTICLES[0], id=f"x{n}") for n in range(200))
    passages = tuple(Passage(one.id, 0, 40, one.text[:40], f"s{n % 3}") for n, one in enumerate(many))
    origins = tuple(replace(BRIEFING.origins[0], id=f"o{n}", articles=(one.id,)) for n, one in enumerate(many))
    svg = picture(replace(BRIEFING, articles=many, origins=origins, passages=passages))
    assert svg.count('fill="var(--pane)"') == REPORTS
    assert svg.count('class="curve"') <= CURVES


def test_nothing_to_draw_is_no_picture() -> None:
    assert picture(Briefing("x", "", (), (), (), (), (), (), (), (), ())) == ""


def test_a_picture_of_its_own_has_its_colours_in_it() -> None:
    light, dark = (standalone(picture(SHARED), scheme) for scheme in ("light", "dark"))
    assert "var(" not in light + dark
    assert light != dark
    assert ElementTree.fromstring(light)[0].tag.endswith("rect")


def test_a_png_has_no_more_pixels_than_it_may() -> None:
    import struct

    content = png(standalone(picture(SHARED)), scale=2.0)
    assert content.startswith(b"\x89PNG")
    wide = png('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20000 20000" width="20000" height="20000"/>')
    width, height = struct.unpack(">II", wide[16:24])
    assert width * height < 25_000_000
