"""The public namespace: what `accord` offers, in which order, and that its functions stay callable."""

from __future__ import annotations

import ast
import importlib
import inspect
import pickle
import subprocess
import sys
from dataclasses import is_dataclass
from pathlib import Path

import pytest

import accord
from accord import errors, readers, records

STAGES = ("parse", "analyze", "cluster", "reconcile", "brief")
ORDER = (
    *("brief", "read", "group", "parse", "analyze", "cluster", "reconcile", "render"),
    *("open_store", "add", "refresh"),
)


def defined_in(module: object) -> list[str]:
    """Return the names of the classes that `module` defines, in the order of its lines."""
    tree = ast.parse(inspect.getsource(module))  # type: ignore[arg-type]
    return [node.name for node in tree.body if isinstance(node, ast.ClassDef)]


def test_names_stand_in_the_order_of_the_way_through() -> None:
    made = [name for name in defined_in(records) if name != "Spanned"]
    assert [*ORDER, "Config", "Web", "History", *made, "Store", "Added", *defined_in(errors)] == accord.__all__


def test_every_name_is_there_and_no_other() -> None:
    assert all(getattr(accord, name) is not None for name in accord.__all__)
    assert set(accord.__all__) <= set(dir(accord))
    with pytest.raises(AttributeError, match="no attribute 'breif'"):
        accord.breif  # noqa: B018


def test_names_are_the_ones_of_their_modules() -> None:
    assert all(getattr(accord, name) is getattr(records, name) for name in defined_in(records) if name != "Spanned")
    assert all(getattr(accord, name) is getattr(errors, name) for name in defined_in(errors))
    assert all(is_dataclass(getattr(accord, name)) for name in ("Config", "Web", "Article", "Finding", "Briefing"))


def test_types_are_declared_for_every_name() -> None:
    tree = ast.parse(Path(accord.__file__).read_text(encoding="utf-8"))
    (block,) = [node for node in tree.body if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"]
    declared = {alias.name for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert set(accord.__all__) <= declared


@pytest.mark.parametrize("name", STAGES)
def test_a_function_stays_callable_when_the_package_of_its_name_is_imported(name: str) -> None:
    package = importlib.import_module(f"accord.{name}")
    home = importlib.import_module("accord.pipeline") if name == "brief" else package
    called = getattr(accord, name)
    assert callable(called)
    assert inspect.signature(called) == inspect.signature(getattr(home, name))
    assert pickle.loads(pickle.dumps(called)) is called


@pytest.mark.parametrize("name", STAGES)
def test_a_package_keeps_its_own_names(name: str) -> None:
    package = importlib.import_module(f"accord.{name}")
    assert inspect.ismodule(package)
    assert inspect.isfunction(getattr(package, name))
    assert getattr(accord, name) is package


def test_functions_give_what_their_stages_give(tmp_path: Path) -> None:
    path = tmp_path / "herald.txt"
    path.write_text("The mill at Oss will open again in May, its owner said on Monday.\n", encoding="utf-8")
    (page,) = readers.read([str(path)])
    articles, unparsed = accord.parse(page)
    assert (unparsed, tuple(accord.read([str(path)]))) == ((), articles)
    story = accord.cluster(articles, [accord.Analysis(articles[0].id)])
    assert [article.outlet for article in story.articles] == ["herald"]
    with pytest.raises(ValueError, match="no renderer for 'pdf'"):
        accord.render(accord.Briefing("b", "Mill", articles, (), (), (), (), (), (), (), ()), "pdf")


@pytest.mark.parametrize("before", ["", "import accord.brief.wording", "from accord.brief import brief as compose"])
def test_brief_makes_a_briefing_whatever_was_imported_before(before: str) -> None:
    """A fresh interpreter each time; the pipeline stands in with what it was called with."""
    code = f"""
import sys, types
import accord
{before}
sys.modules["accord.pipeline"] = types.SimpleNamespace(
    read=None, group=None, brief=lambda paths, **options: (paths, options))
print(accord.brief(["a"]), accord.brief(["b"], config=None))
import accord.brief
print(accord.brief(["a"]), accord.brief.wording.__name__)
from accord import *
print(brief(["a"]))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "(['a'], {}) (['b'], {'config': None})",
        "(['a'], {}) accord.brief.wording",
        "(['a'], {})",
    ]
