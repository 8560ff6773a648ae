from __future__ import annotations

import gzip
import io
import os
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from accord.readers.web.decoding import unpacked
from accord.readers.web.problems import RefusedError
from readers.web.fetching import fetched, page_of, reason_of
from readers.web.site import Reply, Site

HTML = b"<p>" + b"The ferry left Osk at nine. " * 500 + b"</p>"


def bare_deflate(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(content) + packer.flush()


def gzip_bomb(size: int) -> bytes:
    """Return `size` zeros, packed; made in steps."""
    packed = io.BytesIO()
    packer = zlib.compressobj(9, wbits=31)
    for _ in range(size // 1_000_000):
        packed.write(packer.compress(bytes(1_000_000)))
    packed.write(packer.flush())
    return packed.getvalue()


@given(st.binary(max_size=300_000), st.integers(1, 5000), st.sampled_from(["gzip", "deflate", "bare", "gzip, gzip"]))
def test_what_was_packed_is_what_comes_out_however_it_is_cut(content: bytes, size: int, coding: str) -> None:
    packers: dict[str, Callable[[bytes], bytes]] = {
        "gzip": gzip.compress,
        "deflate": zlib.compress,
        "bare": bare_deflate,
        "gzip, gzip": lambda plain: gzip.compress(gzip.compress(plain)),
    }
    packed = packers[coding](content)
    parts = [packed[start : start + size] for start in range(0, len(packed), size)]
    name = "deflate" if coding == "bare" else coding
    assert b"".join(unpacked(parts, name, 1_000_000)) == content


@given(st.lists(st.binary(max_size=1000), min_size=1, max_size=4), st.integers(1, 100))
def test_members_of_gzip_that_follow_each_other_are_joined(members: list[bytes], size: int) -> None:
    packed = b"".join(map(gzip.compress, members))
    parts = [packed[start : start + size] for start in range(0, len(packed), size)]
    assert b"".join(unpacked(parts, "gzip", 10_000)) == b"".join(members)


@given(st.binary(max_size=2000), st.sampled_from(["gzip", "deflate", "gzip, deflate"]))
def test_damaged_content_is_a_refusal_and_nothing_else(content: bytes, coding: str) -> None:
    with suppress(RefusedError):
        assert sum(map(len, unpacked([content], coding, 10_000))) <= 10_000


def test_filling_after_gzip_is_left() -> None:
    assert b"".join(unpacked([gzip.compress(HTML) + b"\0" * 100], "gzip", 100_000)) == HTML


def test_content_that_breaks_off_is_refused() -> None:
    with pytest.raises(RefusedError, match="breaks off"):
        list(unpacked([gzip.compress(HTML)[:-20]], "gzip", 100_000))


def test_content_packed_many_times_over_is_refused() -> None:
    with pytest.raises(RefusedError, match="3 times over"):
        list(unpacked([b""], "gzip, gzip, gzip", 100_000))


def test_a_header_that_never_ends_is_cut_off_at_the_cap() -> None:
    def endless() -> Iterator[bytes]:
        yield b"\x1f\x8b\x08\x08" + bytes(6)
        while True:
            yield b"x" * 60_000

    with Site({"/a": lambda asked: send_all(asked, endless())}) as site:
        assert "larger than 1,000,000 bytes" in reason_of(fetched(site.url("/a"))[0])


def send_all(asked: object, parts: Iterator[bytes]) -> None:
    send = asked.send  # type: ignore[attr-defined]
    send(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n")
    for part in parts:
        send(b"%x\r\n%b\r\n" % (len(part), part))


@pytest.mark.parametrize("coding", ["gzip", "deflate", "x-gzip"])
def test_a_packed_page_is_unpacked(coding: str) -> None:
    packed = zlib.compress(HTML) if coding == "deflate" else gzip.compress(HTML)
    with Site({"/a": Reply(packed, 200, {"Content-Encoding": coding})}) as site:
        assert page_of(fetched(site.url("/a"))[0]).content == HTML
        assert site.asked[-1].headers["Accept-Encoding"] == "gzip, deflate"


def test_a_gzip_bomb_ends_at_the_cap_in_little_memory() -> None:
    bomb = gzip_bomb(100_000_000)
    twice = gzip.compress(bomb)
    assert len(bomb) < 1_000_000
    with Site({"/a": Reply(bomb, 200, {"Content-Encoding": "gzip"})}) as site:
        site.routes["/b"] = Reply(twice, 200, {"Content-Encoding": "gzip, gzip"})
        tracemalloc.start()
        try:
            answers = fetched(site.url("/a"), site.url("/b"), max_bytes=2_000_000)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert all("larger than 2,000,000 bytes" in reason_of(answer) for answer in answers)
    assert peak < 10_000_000


@pytest.mark.parametrize("coding", ["br", "zstd", "compress", "gzip, br"])
def test_a_packing_that_was_not_asked_for_is_refused_unopened(coding: str) -> None:
    bomb = zstandard.compress(bytes(100_000_000))
    with Site({"/a": Reply(bomb, 200, {"Content-Encoding": coding})}) as site:
        assert "which was not asked for" in reason_of(fetched(site.url("/a"))[0])


def test_a_page_that_is_marked_as_packed_and_is_not_is_refused() -> None:
    with Site({"/a": Reply(HTML, 200, {"Content-Encoding": "gzip"})}) as site:
        assert "packed content is damaged" in reason_of(fetched(site.url("/a"))[0])


def test_random_content_of_the_size_of_the_cap_comes_through() -> None:
    content = os.urandom(1_000_000)
    with Site({"/a": content}) as site:
        assert page_of(fetched(site.url("/a"))[0]).content == content
