"""JSON Lines: a page a line, faults told by the number of the line."""

from __future__ import annotations

import json

from accord.config import Config
from accord.parse import parse_pages
from accord.readers import read
from accord.records import Page, Rejected

TEXT = "The dam at Oss will open in May, its keeper said on Monday."


def pages_in(content: bytes, config: Config | None = None) -> list[Page | Rejected]:
    return list(read(["-"], config, stdin=content))


def test_one_bad_line_is_rejected_with_its_number() -> None:
    lines = [
        json.dumps({"id": "a", "text": TEXT + "\u2028"}, ensure_ascii=False),
        "",
        '{"text": ',
        "5",
        '{"id": "b", "text": "Dam"}',
    ]
    content = ('{"id": "0", "text": "Dam"}\n' + "\r\n".join(lines)).encode()
    articles, rejected = parse_pages([page for page in pages_in(content) if isinstance(page, Page)])
    assert [a.id for a in articles] == ["0", "a", "b"]
    assert articles[1].text == TEXT + "\u2028"
    assert {a.outlet for a in articles} == {"standard input"}
    assert [r.what for r in rejected] == ["standard input, line 4", "standard input, line 5"]
    assert "not valid JSON: Expecting value" in rejected[0].reason
    assert "it is a number, not an object" in rejected[1].reason


def test_a_byte_order_mark_is_no_part_of_the_first_line() -> None:
    first, second = pages_in(b'\xef\xbb\xbf{"text": "a"}\n{"text": "b"}')
    assert isinstance(first, Page)
    assert isinstance(second, Page)
    assert (first.content, second.content) == (b'{"text": "a"}\n', b'{"text": "b"}')


def test_a_line_over_the_cap_is_rejected_and_the_rest_go_on() -> None:
    found = pages_in(b'{"a": 1}\n{"b": 2}\n' + b"x" * 100 + b'\n{"c": 3}', Config(max_bytes=20))
    assert [getattr(item, "content", None) for item in found] == [b'{"a": 1}\n', b'{"b": 2}\n', None, b'{"c": 3}']
    assert isinstance(found[2], Rejected)
    assert (found[2].what, found[2].reason) == (
        "standard input, line 3",
        "it is longer than 20 bytes; keep one report a line",
    )
