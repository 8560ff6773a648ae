"""Every command and option says what it does, and is documented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

from accord import cli
from accord.cli import app

ROOT = Path(__file__).parent.parent
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
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    assert any(re.search(rf"{option}\b", page.read_text(encoding="utf-8")) for page in pages)


def test_every_command_is_documented() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert all(name in readme for name in COMMANDS)


def test_exit_status_is_told_where_the_command_is_explained() -> None:
    assert {cli.OK, cli.PARTLY, cli.FAILED} == {
        int(digit) for digit in re.findall(r"\b\d\b", COMMANDS["accord brief"].help or "")
    }
