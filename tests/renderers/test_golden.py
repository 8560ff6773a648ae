"""The golden files; `python -m tests.renderers.regenerate` writes them anew."""

import ast
from pathlib import Path

import pytest

import accord.renderers
from accord.renderers import RENDERERS, render

from .regenerate import FILES, GOLDEN
from .sample import BRIEFING


@pytest.mark.parametrize("format", RENDERERS)
def test_output_is_that_of_the_golden_file(format: str) -> None:
    assert render(BRIEFING, format) == (GOLDEN / FILES[format]).read_bytes().decode()


@pytest.mark.parametrize("format", RENDERERS)
def test_the_same_briefing_gives_the_same_bytes(format: str) -> None:
    assert render(BRIEFING, format) == render(BRIEFING, format)


def test_an_unknown_format_is_named_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="'pdf': use one of text, markdown, json, html"):
        render(BRIEFING, "pdf")


def test_renderers_import_no_other_stage() -> None:
    for path in Path(accord.renderers.__file__).parent.glob("*.py"):
        tree = ast.parse(path.read_text())
        typing = [n for n in ast.walk(tree) if isinstance(n, ast.If) and ast.unparse(n.test) == "TYPE_CHECKING"]
        for_types = {id(inner) for node in typing for inner in ast.walk(node)}
        for node in ast.walk(tree):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            own = [name for name in names if name.startswith("accord")]
            if id(node) in for_types:  # the rows that a store lists
                own = [name for name in own if name != "accord.stores.store"]
            assert all(n == "accord.records" or n.startswith("accord.renderers") for n in own), (path.name, own)
