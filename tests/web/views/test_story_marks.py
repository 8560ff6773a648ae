from hypothesis import given
from hypothesis import strategies as st

from accord.records import Article, Citation, Entry, Passage
from accord.renderers.outline import Line
from accord.web.views.story_marks import paragraphs, part_of, parts

TEXT = "The dam burst.\n\nNobody was hurt, they said.\nThe road is shut."


def line(key: str, *spans: tuple[int, int], number: int | None = None, verdict: str | None = None) -> Line:
    return Line(key, key, tuple(Citation("a", s, e, TEXT[s:e]) for s, e in spans), verdict, number)


@given(
    st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))), max_size=8),
    st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))),
)
def test_pieces_joined_are_the_text(spans: list[tuple[int, int]], at: tuple[int, int]) -> None:
    article = Article("a", TEXT, "Herald")
    lines = [line(f"f{n}", span, number=n, verdict="single") for n, span in enumerate(spans, 1)]
    copied = [Passage("a", s, e, TEXT[s:e], "x") for s, e in spans[:2] if s < e]
    made = paragraphs(article, lines, copied, at)
    for paragraph in made:
        assert "".join(piece.text for piece in paragraph.pieces) == TEXT[paragraph.start : paragraph.end]
    marked = [piece for paragraph in made for piece in paragraph.pieces if "f1" in piece.keys]
    if spans and spans[0][0] < spans[0][1]:
        assert "".join(piece.text for piece in marked) == TEXT[slice(*spans[0])].replace("\n", "")


def test_the_strongest_verdict_and_the_numbers_that_end() -> None:
    lines = [line("f1", (0, 13), number=1, verdict="corroborated"), line("f2", (4, 13), number=2, verdict="disputed")]
    first = paragraphs(Article("a", TEXT, "Herald"), lines)[0]
    assert [(p.text, p.keys, p.verdict, [c.number for c in p.closes]) for p in first.pieces] == [
        ("The ", ("f1",), "corroborated", []),
        ("dam burst", ("f1", "f2"), "disputed", [1, 2]),
        (".", (), None, []),
    ]


def test_a_copied_passage_is_told_where_it_starts() -> None:
    start = TEXT.index("Nobody")
    passage = Passage("a", start, len(TEXT), TEXT[start:], "s1")
    made = paragraphs(Article("a", TEXT, "Herald"), [line("f1", (start + 7, start + 10))], [passage])
    assert [piece.shared for paragraph in made for piece in paragraph.pieces if piece.copied] == [
        "s1",
        None,
        None,
        None,
    ]


def test_posts_of_a_live_blog_have_their_time() -> None:
    article = Article("a", TEXT, "Herald", entries=(Entry(16, 43, "2031-05-04T10:00:00Z"),))
    assert [paragraph.posted for paragraph in paragraphs(article, [])] == [None, "2031-05-04T10:00:00Z", None]


def test_a_text_is_cut_into_parts_that_fit() -> None:
    text = "\n".join(f"Paragraph {n} says something." for n in range(400))
    made = paragraphs(Article("a", text, "Herald"), [])
    cut = parts(made, 5_000)
    assert len(cut) > 5
    assert [paragraph for part in cut for paragraph in part] == made
    assert all(sum(paragraph.size for paragraph in part) <= 5_000 for part in cut)
    assert part_of(cut, 0) == 0
    assert part_of(cut, len(text) - 1) == len(cut) - 1
    assert parts([], 5_000) == [[]]


def test_a_paragraph_without_end_is_cut_too() -> None:
    text = "word " * 10_000
    made = paragraphs(Article("a", text, "Herald"), [])
    assert len(made) > 8
    assert "".join(text[one.start : one.end] for one in made) == text
