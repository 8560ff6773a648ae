import doctest

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from accord.renderers import markdown, words

from .sample import BRIEFING


def test_examples_of_the_docstrings_hold() -> None:
    assert doctest.testmod(markdown).failed == 0


@given(st.text(alphabet=st.one_of(st.sampled_from("*_`[]()<>&;#!|~\\.)1-+= :ab\n"), st.characters())))
@example("1. *x* _y_ [z](http://a.example) <b>&amp;</b> `c` \\*")
@example("--- \n # head")
def test_escaped_text_reads_as_it_was(text: str) -> None:
    tokens = MarkdownIt("commonmark").parse("- " + markdown.escape(text))
    assert [token.tag for token in tokens if token.level < 2] == ["ul", "li", "li", "ul"]
    inline = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in inline} <= {"text"}
    assert "".join(child.content for child in inline) == words.plain(text)


def test_the_document_is_headings_paragraphs_and_lists_only() -> None:
    tokens = MarkdownIt("commonmark").parse(markdown.render(BRIEFING))
    assert {token.tag for token in tokens} == {"h1", "h2", "h3", "p", "ol", "ul", "li", ""}
    assert not [token for token in tokens if token.type == "html_block"]


def test_numbers_of_lists_are_the_numbers_of_findings() -> None:
    tokens = MarkdownIt("commonmark").parse(markdown.render(BRIEFING))
    infos = [token.info for token in tokens if token.type == "list_item_open" and token.markup == "."]
    assert infos == [str(n) for n in range(1, 9)]
