"""Writes the golden files anew: `python -m tests.renderers.regenerate` in the root of the repository; read the diff."""

from __future__ import annotations

from pathlib import Path

from accord.renderers import render

from .sample import BRIEFING

GOLDEN = Path(__file__).parent.parent / "golden"
FILES = {"text": "briefing.txt", "markdown": "briefing.md", "json": "briefing.json", "html": "briefing.html"}


def main() -> None:
    """Render the sample in every format."""
    GOLDEN.mkdir(exist_ok=True)
    for format, name in FILES.items():
        (GOLDEN / name).write_text(render(BRIEFING, format), encoding="utf-8", newline="")


if __name__ == "__main__":
    main()
