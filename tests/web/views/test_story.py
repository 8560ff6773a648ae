from dataclasses import replace

from accord import corrections
from accord.renderers.outline import Line
from accord.web.views.story import Standing, item_lines, numbered_lines, read
from web.bridge import BRIDGE, LINE, STORY, pledge, reading


def test_every_finding_and_item_has_an_address() -> None:
    made = reading()
    for line in (*numbered_lines(made.shown), *item_lines(made.shown)):
        assert made.line_at(line) is not None
    assert made.finding_at("f04") == f"/stories/{STORY}/findings/f04"


def test_numbers_are_those_of_the_briefing() -> None:
    made = reading()
    assert [line.number for line in numbered_lines(made.shown)] == list(range(1, len(numbered_lines(made.shown)) + 1))
    assert made.number("f01") == 1
    assert made.number("f07") is None  # it stands under commitments


def test_a_finding_in_all_reports_names_none_of_them() -> None:
    made = reading()
    line = made.numbered["f01"]
    assert made.cited(line) == ([], 4)
    assert [label for label, _ in made.cited(made.numbered["f03"])[0]] == ["Herald", "Daily Post", "City News"]


def test_of_many_reports_a_few_are_named() -> None:
    many = tuple(replace(BRIDGE.articles[3], id=f"x{n}", outlet=f"Outlet {n}") for n in range(9))
    evidence = tuple(replace(BRIDGE.findings[5].evidence[0], article=one.id) for one in many[:8])
    finding = replace(BRIDGE.findings[5], verdict="corroborated", evidence=evidence)
    made = reading(articles=many, origins=(), findings=(finding,), quotes=(), figures=(), commitments=(), timeline=())
    named, more = made.cited(made.numbered["f06"])
    assert [label for label, _ in named] == ["Outlet 0", "Outlet 1", "Outlet 2", "Outlet 3"]
    assert more == 4


def test_a_commitment_knows_its_entry_of_the_ledger() -> None:
    made = read(Standing(LINE, ledgered=((pledge().lines[0], "e-buses"),)), BRIDGE)
    entries = {line.text: made.entry(line) for line in made.shown.commitments.lines}
    assert set(entries.values()) == {"e-buses", None}


def test_the_mark_changes_with_whatever_a_page_shows() -> None:
    correction = corrections.dismiss_finding(BRIDGE.findings[0], by="Mara", at="2031-03-06T08:00:00Z")
    marks = {
        Standing(LINE).mark,
        Standing(replace(LINE, stale=True)).mark,
        Standing(LINE, (correction,)).mark,
        Standing(LINE, ledgered=((pledge().lines[0], "e1"),)).mark,
        Standing(LINE, ledgered=((pledge().lines[0], "e2"),)).mark,
    }
    assert len(marks) == 5


def test_the_machines_answer_is_kept_apart() -> None:
    correction = corrections.dismiss_finding(BRIDGE.findings[5], by="Mara", at="2031-03-06T08:00:00Z")
    standing = Standing(LINE, (correction,))
    assert "f06" not in read(standing, BRIDGE).findings
    machine = read(standing, BRIDGE, machine=True)
    assert "f06" in machine.findings
    assert machine.corrected == 1
    assert machine.finding_at("f01").endswith("?corrections=off")


def test_a_line_without_evidence_has_no_address() -> None:
    assert reading().line_at(Line("l0", "words", ())) is None
