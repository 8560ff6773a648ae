import pytest

from accord.renderers import text

from .sample import BRIEFING


def test_text_is_the_same_whatever_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    before = text.render(BRIEFING)
    for name, value in {"COLUMNS": "44", "FORCE_COLOR": "1", "TERM": "xterm-256color", "NO_COLOR": ""}.items():
        monkeypatch.setenv(name, value)
    assert text.render(BRIEFING) == before


def test_lines_are_at_most_a_hundred_wide_without_trailing_spaces() -> None:
    lines = text.render(BRIEFING).splitlines()
    assert max(map(len, lines)) <= text.WIDTH
    assert all(line == line.rstrip() for line in lines)
