"""Sessions in the documentation: what stands in a page is what the commands say.

A page's `jsonl` blocks are files, named in the text before them as `name.jsonl`; its `console` blocks are commands with
what they say, in the order of the page, run in one folder. A last line `...` says that the rest is left out. Times of
day are not compared. `python tests/sessions.py` writes what the commands say now into docs/store.md.
"""

from __future__ import annotations

import os
import re
import shlex
import tempfile
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

from typer.testing import Result

from commands import run

PAGE = Path(__file__).parent.parent / "docs" / "store.md"
CUT = "...\n"
_BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
_FILE = re.compile(r"`(\w+\.jsonl)`[^`]*\n```jsonl\n(.*?)```", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Step:
    """A command of a session, what the page says that it says, and what it said."""

    command: str
    expected: str
    result: Result

    @property
    def said(self) -> str:
        """What the command said, as much of it as the page shows."""
        if not self.expected.endswith(CUT):
            return self.result.output
        shown = len(self.expected.splitlines()) - 1
        return "".join(self.result.output.splitlines(keepends=True)[:shown]) + CUT


def replay(folder: Path, page: Path = PAGE) -> Iterator[Step]:
    """Run the sessions of `page` in an empty `folder`."""
    text = page.read_text(encoding="utf-8")
    for name, content in _FILE.findall(text):
        (folder / name).write_text(content, encoding="utf-8")
    for block in _BLOCK.findall(text):
        for part in block.split("$ accord ")[1:]:
            command, _, expected = part.partition("\n")
            with chdir(folder):
                yield Step(command, expected, run(*shlex.split(command)))


def timeless(text: str) -> str:
    """Return `text` without the days and times of day at which accord noticed something."""
    return re.sub(r"^(?:\d{4}-\d\d-\d\d$|  \d\d:\d\dZ  )", "", text, flags=re.MULTILINE)


def main() -> None:
    text = PAGE.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as name:
        os.environ.pop("ACCORD_STORE", None)
        for step in replay(Path(name)):
            if timeless(step.said) != timeless(step.expected):
                text = text.replace(
                    f"$ accord {step.command}\n{step.expected}", f"$ accord {step.command}\n{step.said}"
                )
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
