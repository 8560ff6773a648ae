"""Records as JSON: one a line whatever they hold, and nothing lost."""

from __future__ import annotations

import json
from dataclasses import asdict

from hypothesis import given
from hypothesis import strategies as st

from accord.records import Rejected
from accord.renderers.lines import json_document, json_lines

HOSTILE = 'a\r\n\x00\x1b[31m\x85\u2028\u202e😀\ud800"'


@given(st.lists(st.builds(Rejected, st.text(), st.text(), st.text()), max_size=3))
def test_each_record_is_one_line_and_comes_back(records: list[Rejected]) -> None:
    lines = json_lines(records).splitlines()
    assert [json.loads(line) for line in lines] == [asdict(record) for record in records]


def test_nothing_in_it_commands_a_terminal_or_fails_to_be_encoded() -> None:
    written = json_lines([Rejected(HOSTILE, "read", "")]) + json_document("x@1", "items", [Rejected(HOSTILE, "a", "b")])
    assert not {"\x1b", "\x85", "\u2028", "\x00", "\r"} & set(written)
    assert written.encode()


def test_a_document_names_its_schema() -> None:
    document = json.loads(json_document("accord/things@1", "things", [Rejected("a", "b", "c")]))
    assert document == {"schema": "accord/things@1", "things": [{"what": "a", "stage": "b", "reason": "c"}]}
