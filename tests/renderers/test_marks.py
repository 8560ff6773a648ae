from hypothesis import given
from hypothesis import strategies as st

from accord.records import Article, Citation
from accord.renderers.marks import paragraphs
from accord.renderers.outline import Line

TEXT = "One boat sank.\n\nTwo boats sank, he said.\nThree sank."


def line(key: str, *spans: tuple[int, int], verdict: str | None = "single", number: int | None = None) -> Line:
    return Line(key, "", tuple(Citation("a", s, e, TEXT[s:e]) for s, e in spans), verdict=verdict, number=number)


@given(
    st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))), max_size=6),
)
def test_segments_keep_the_text_and_know_every_line_over_them(borders: list[tuple[int, int]]) -> None:
    lines = [line(f"k{at}", (min(pair), max(pair))) for at, pair in enumerate(borders)]
    cut = paragraphs(Article("a", TEXT, "Post"), 0, lines)
    assert ["".join(s.text for s in segments) for segments in cut] == [p for p in TEXT.split("\n") if p]
    at = 0
    for segments in cut:
        at = TEXT.index("".join(s.text for s in segments), at)
        for segment in segments:
            over = {ln.key for ln in lines for c in ln.evidence if c.start <= at and at + len(segment.text) <= c.end}
            assert set(segment.keys) == over
            at += len(segment.text)


def test_overlapping_lines_share_a_segment_and_the_strongest_verdict_shows() -> None:
    first = line("f1", (0, 14), verdict="corroborated", number=1)
    second = line("f2", (4, 8), verdict="disputed", number=2)
    before, both, after = paragraphs(Article("a", TEXT, "Post"), 3, [first, second])[0]
    assert (before.text, both.text, after.text) == ("One ", "boat", " sank.")
    assert both.keys == ("f1", "f2")
    assert (before.verdict, both.verdict) == ("corroborated", "disputed")
    assert (before.opens, both.opens, after.opens) == (("e-f1-3",), ("e-f2-3",), ())
    assert (both.closes, after.closes) == (((2, "f2", "disputed"),), ((1, "f1", "corroborated"),))


def test_spans_outside_the_text_or_of_another_article_are_no_marks() -> None:
    stray = Line("f1", "", (Citation("a", 3, 999, "x"), Citation("b", 0, 3, "One")))
    assert all(not segment.keys for p in paragraphs(Article("a", TEXT, "Post"), 0, [stray]) for segment in p)


def test_findings_of_one_origin_close_without_a_number() -> None:
    (segment,) = paragraphs(Article("a", TEXT, "Post"), 0, [line("f1", (0, 14), number=1)])[0]
    assert (segment.keys, segment.verdict, segment.closes) == (("f1",), "single", ())
