import gzip

import pytest
from starlette.requests import Request

from accord.web.kept import keep, send


def asked(method: str = "GET", **headers: str) -> Request:
    made = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": method, "path": "/", "query_string": b"", "headers": made})


LONG = b"words " * 1_000


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [("gzip", True), ("br, GZIP;q=0.5", True), ("*", True), ("gzip;q=0", False), ("identity", False), ("", False)],
)
def test_it_is_packed_for_those_who_take_it(accepted: str, packed: bool) -> None:
    answer = send(asked(accept_encoding=accepted), keep(LONG))
    assert (answer.headers.get("content-encoding") == "gzip") is packed
    assert (gzip.decompress(answer.body) if packed else answer.body) == LONG


def test_short_ones_and_pictures_are_not_packed() -> None:
    assert not keep(b"short").packed
    assert not keep(LONG, "image/png").packed


def test_a_browser_that_has_it_is_told_so() -> None:
    kept = keep(LONG, "text/csv", {"Content-Disposition": "attachment"})
    answer = send(asked(if_none_match=f'{kept.tag}, W/"x"'), kept)
    assert (answer.status_code, answer.body) == (304, b"")
    assert send(asked(if_none_match='W/"x"'), kept).headers["content-disposition"] == "attachment"


def test_the_same_content_is_the_same_bytes() -> None:
    assert keep(LONG) == keep(LONG)
