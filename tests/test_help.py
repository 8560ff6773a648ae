"""Every command and option says what it does, and is documented."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from accord import cli
from accord.cli import app

ROOT = Path(__file__).parent.parent
PAGES = [page.read_text(encoding="utf-8") for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))]
COMMAND = typer.main.get_command(app)
COMMANDS = {"accord": COMMAND, **{f"accord {name}": made for name, made in getattr(COMMAND, "commands", {}).items()}}
OPTIONS = [
    pytest.param(option, parameter, id=f"{name} {option}")
    for name, command in COMMANDS.items()
    for parameter in command.params
    for option in (parameter.opts if parameter.param_type_name == "option" else [parameter.name])
    if option != "--help"
]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does(name: str) -> None:
    assert len((COMMANDS[name].help or "").split()) > 3
    assert (COMMANDS[name].help or "").rstrip().endswith(".")


@pytest.mark.parametrize(("option", "parameter"), OPTIONS)
def test_every_option_says_what_it_does(option: str, parameter: object) -> None:
    assert len((getattr(parameter, "help", None) or "").split()) > 2


@pytest.mark.parametrize(("option", "parameter"), [item for item in OPTIONS if str(item.values[0]).startswith("--")])
def test_every_option_is_documented(option: str, parameter: object) -> None:
    assert any(re.search(rf"{option}\b", page) for page in PAGES)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented(name: str) -> None:
    assert any(re.search(rf"\b{name}\b", page) for page in PAGES)


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in ("accord", "accord check", "accord watch")])
def test_exit_status_is_told_where_the_command_is_explained(name: str) -> None:
    status = " ".join((COMMANDS[name].help or "").split()).partition("Exit status: ")[2]
    told = {int(digit) for digit in re.findall(r"\b(\d|130)\b", status)}
    assert told >= {cli.OK, cli.FAILED}
    assert told <= {cli.OK, cli.PARTLY, cli.FAILED, cli.STOPPED}


def test_lists_of_commands_are_not_cut() -> None:
    new = (
        "add",
        "refresh",
        "stories",
        "show",
        "search",
        "changes",
        "ledger",
        "corrections",
        "export",
        "backup",
        "check",
        "watch",
    )
    for name in new:
        assert len((COMMANDS[f"accord {name}"].help or "").splitlines()[0]) <= 65


def test_the_store_is_named_alike_by_every_command_that_has_one() -> None:
    stores = [p for command in COMMANDS.values() for p in command.params if p.name == "store"]
    assert len(stores) >= 12
    assert {(tuple(p.opts), p.envvar, p.default) for p in stores} == {(("--store",), "ACCORD_STORE", "accord.db")}


def test_help_loads_nothing_that_work_needs() -> None:
    code = (
        "import sys; from accord.cli import app\n"
        f"for name in {[name.split()[1:] for name in COMMANDS]!r}: app([*name, '--help'], standalone_mode=False)\n"
        "print('LOADED', *sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    loaded = {name.split(".")[0] for name in done.stdout.rpartition("LOADED")[2].split()}
    assert "typer" in loaded
    heavy = {"alembic", "httpx", "icalendar", "lxml", "msgspec", "numpy", "psycopg", "pyarrow", "rich", "sqlalchemy"}
    assert not loaded & {*heavy, "onnxruntime", "sqlite3", "spacy", "trafilatura", "zstandard"}
