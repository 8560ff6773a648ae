"""Archives: WARC, gzip, Zstandard, ZIP and WACZ, whole and damaged."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.config import Config
from accord.readers import read_all
from readers.packed import answer, gz, page_record, places, read_file, record, zipped, zstd

THREE = [page_record(1), page_record(2), page_record(3)]
TEXTS = [b"<p>page 1", b"<p>page 2", b"<p>page 3"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("dump.warc", b"".join(THREE)),
        ("dump.warc.gz", b"".join(map(gz, THREE))),
        ("whole.warc.gz", gz(b"".join(THREE))),
        ("dump.warc.zst", b"".join(map(zstd, THREE))),
        ("dump.warc.gz", b"".join(THREE)),
        ("twice.warc.gz.gz", gz(b"".join(map(gz, THREE)))),
    ],
)
def test_a_warc_gives_its_pages_whatever_packs_it(tmp_path: Path, name: str, content: bytes) -> None:
    pages, rejected = read_file(tmp_path, name, content)
    assert [page.content for page in pages] == TEXTS
    assert places(pages[1]) == f"{name}, record 2 (https://herald.example/2)"
    assert (pages[1].media_type, pages[1].charset, pages[1].fetched) == ("text/html", "utf-8", "2024-05-01T10:00:00Z")
    assert pages[1].listing is not None
    assert pages[1].listing.url == "https://herald.example/2"
    assert rejected == ()


def test_a_warc_without_a_telling_name_is_told_by_its_content(tmp_path: Path) -> None:
    for content in (b"".join(THREE), gz(b"".join(THREE)), zstd(b"".join(THREE))):
        pages, _ = read_file(tmp_path, "dump", content)
        assert [page.content for page in pages] == TEXTS


def test_what_is_no_article_is_told_in_one_line(tmp_path: Path) -> None:
    uri = "https://herald.example/x"
    dump = b"".join(
        [
            record(uri, b"software: a crawler", kind="warcinfo", of="application/warc-fields"),
            record(uri, b"GET / HTTP/1.1\r\n\r\n", kind="request"),
            record(uri, answer(b""), kind="revisit"),
            record(uri, answer(b"\x89PNG", "image/png")),
            record(uri, answer(b"\x89PNG", "image/png")),
            record(uri, answer(b"let a", "text/javascript")),
            record(uri, answer(b"<p>gone", status="404 Not Found")),
            record(uri, answer(b'{"count": 1}', "application/json")),
            record(uri, answer(b"\0\1", "application/octet-stream")),
            record("https://herald.example/robots.txt", answer(b"User-agent: *", "text/plain")),
            record("https://herald.example/map", answer(b"<urlset><url/></urlset>", "text/xml")),
            record("dns:herald.example", b"A 192.0.2.1", of="text/dns"),
            record(uri, answer(b'{"title": "Dam opens", "text": "It opened."}', "application/json")),
            record(uri, b"<p>stored as it is", kind="resource", of="text/html; charset=latin-1"),
        ]
    )
    pages, rejected = read_file(tmp_path, "dump.warc", dump)
    assert [(page.media_type, page.charset) for page in pages] == [("application/json", None), ("text/html", "latin-1")]
    assert [what for what, _ in rejected] == ["dump.warc"]
    assert rejected[0][1].startswith("9 of its 14 records are no articles: pictures, sounds and fonts (2), ")


@pytest.mark.parametrize(
    ("broken", "number", "reason"),
    [
        (page_record(2, length=20), 2, "its Content-Length is wrong: the record goes on after it"),
        (page_record(2, length=300), 2, "its Content-Length is wrong: other records lie within"),
        (page_record(2, length=10**16), 2, "the limit is"),
        (page_record(2).replace(b"Content-Length: ", b"Content-Length: -"), 2, "its Content-Length is no number"),
        (page_record(2).replace(b"Content-Length", b"Content-Size"), 2, "its Content-Length is no number"),
        (b"WARC/1.0\r\nX: " + b"x" * 100_000 + b"\r\n\r\n", 2, "its header is longer than"),
        (b"\0junk\r\nmore junk\r\n" * 9, 1, "bytes after it belong to no record"),
    ],
)
def test_a_broken_record_is_named_and_the_rest_goes_on(tmp_path: Path, broken: bytes, number: int, reason: str) -> None:
    pages, rejected = read_file(tmp_path, "dump.warc", THREE[0] + broken + THREE[2] + page_record(4))
    assert [page.content for page in pages] == [TEXTS[0], TEXTS[2], b"<p>page 4"]
    assert len(rejected) == 1
    assert rejected[0][0].startswith(f"dump.warc, record {number}")
    assert reason in rejected[0][1]


def test_a_damaged_member_of_a_packed_warc_is_left_out(tmp_path: Path) -> None:
    parts = list(map(gz, THREE))
    for broken in (parts[1][:-30], parts[1][:40] + b"\xff" * 9 + parts[1][49:], b"no gzip at all"):
        pages, rejected = read_file(tmp_path, "dump.warc.gz", parts[0] + broken + parts[2])
        assert [page.content for page in pages] == [TEXTS[0], TEXTS[2]]
        assert "a part of it is damaged and was left out" in rejected[-1][1]


def test_a_warc_that_breaks_off_keeps_what_came_before(tmp_path: Path) -> None:
    pages, rejected = read_file(tmp_path, "dump.warc", b"".join(THREE)[:-20])
    assert [page.content for page in pages] == TEXTS[:2]
    assert "it breaks off after" in rejected[0][1]
    pages, rejected = read_file(tmp_path, "dump.warc.gz", b"".join(map(gz, THREE))[:-20])
    assert [page.content for page in pages] == TEXTS[:2]
    assert rejected[-1][0] == "dump.warc.gz"
    pages, rejected = read_file(tmp_path, "no.warc", b"no web archive\n")
    assert rejected == (("no.warc", "it holds no whole WARC record; download or copy it again"),)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300).filter(lambda junk: b"WARC/" not in junk))
def test_junk_between_records_never_costs_a_record(junk: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        pages, _ = read_file(Path(folder), "dump.warc", THREE[0] + junk + THREE[1] + THREE[2])
    assert {TEXTS[1], TEXTS[2]} <= {page.content for page in pages}


def test_answers_are_decoded_as_their_headers_say(tmp_path: Path) -> None:
    def made(body: bytes, more: str) -> bytes:
        return record("https://herald.example/x", answer(body, more=more))

    dump = b"".join(
        [
            made(gz(b"<p>one"), "Content-Encoding: gzip\r\n"),
            made(b"6\r\n<p>two\r\n0\r\n\r\n", "Transfer-Encoding: chunked\r\n"),
            made(zlib.compress(b"<p>three"), "Content-Encoding: deflate\r\n"),
            made(b"<p>four", "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"),
            made(b"no gzip", "Content-Encoding: gzip\r\n"),
            made(gz(b"a" * 400_000), "Content-Encoding: gzip\r\n"),
        ]
    )
    pages, rejected = read_file(tmp_path, "dump.warc", dump, Config(max_bytes=300_000))
    assert [page.content for page in pages] == [b"<p>one", b"<p>two", b"<p>three", b"<p>four"]
    assert "its HTTP answer cannot be decoded" in rejected[0][1]
    assert rejected[1][1] == "it unpacks to over 300,000 bytes; save the page on its own"


# gzip and Zstandard ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pack", [gz, zstd])
def test_a_packed_file_is_read_as_what_it_packs(tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    suffix = "gz" if pack is gz else "zst"
    pages, _ = read_file(tmp_path, f"page.html.{suffix}", pack(b"<p>The dam"))
    assert [(page.content, page.media_type) for page in pages] == [(b"<p>The dam", "text/html")]
    pages, _ = read_file(tmp_path, f"a.jsonl.{suffix}", pack(b'{"text": "a"}\n{"text": "b"}\n'))
    assert [places(page) for page in pages] == [f"a.jsonl.{suffix}, line 1", f"a.jsonl.{suffix}, line 2"]


@pytest.mark.parametrize("pack", [gz, zstd])
def test_a_packed_file_that_breaks_off_keeps_what_came_before(tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    lines = b"".join(json.dumps({"text": os.urandom(40).hex()}).encode() + b"\n" for _ in range(9000))
    pages, rejected = read_file(tmp_path, "a.jsonl." + ("gz" if pack is gz else "zst"), pack(lines)[:-50])
    assert 5000 < len(pages) <= 9000
    assert "it breaks off after" in rejected[-1][1]


def test_folders_take_packed_files_by_what_they_pack(tmp_path: Path) -> None:
    for name in ("a.jsonl.gz", "b.svg.gz", "c.html.zst", "d.gz"):
        (tmp_path / name).write_bytes(gz(b'{"text": "x"}'))
    pages, rejected = read_all([str(tmp_path)])
    assert [places(page) for page in pages] == ["a.jsonl.gz, line 1", "c.html.zst"]
    assert rejected == ()


# ZIP and WACZ ---------------------------------------------------------------------------------------------------------


def test_a_zip_gives_its_files_with_a_known_suffix(tmp_path: Path) -> None:
    members = {
        "saved/one.html": b"<p>one",
        "picture.png": b"x",
        "__MACOSX/one.html": b"x",
        "dump.warc.gz": gz(THREE[0]),
        "two.jsonl": b'{"text": "two"}',
    }
    pages, rejected = read_file(tmp_path, "saved.zip", zipped(**members))
    assert [places(page) for page in pages] == [
        "saved.zip, saved/one.html",
        "saved.zip, dump.warc.gz, record 1 (https://herald.example/1)",
        "saved.zip, two.jsonl, line 1",
    ]
    assert rejected == ()


def test_a_wacz_gives_its_web_archives_only(tmp_path: Path) -> None:
    members = {"datapackage.json": b"{}", "pages/pages.jsonl": b"{}", "archive/data.warc.gz": b"".join(map(gz, THREE))}
    pages, rejected = read_file(tmp_path, "dump.wacz", zipped(**members))
    assert [page.content for page in pages] == TEXTS
    assert rejected == ()


def test_unusable_zip_files_say_what_to_do(tmp_path: Path) -> None:
    good = zipped(**{"a.txt": b"a", "b.txt": b"The dam opened."})
    _, rejected = read_file(tmp_path, "cut.zip", good[:-30])
    assert "the end of the ZIP file is missing" in rejected[0][1]
    _, rejected = read_file(tmp_path, "doc.zip", zipped(**{"[Content_Types].xml": b"<a/>", "word/document.xml": b""}))
    assert "it is an office document" in rejected[0][1]
    _, rejected = read_file(tmp_path, "none.zip", zipped(**{"a.png": b"x"}))
    assert "the archive holds no file that ends in" in rejected[0][1]
    pages, rejected = read_file(tmp_path, "bad.zip", good.replace(b"a.txt", b"a\xff\xfft", 1))
    assert [page.content for page in pages] == [b"The dam opened."]
    crc = zipped(**{"b.jsonl": b'{"text": "b"}', "c.txt": b"c"})
    at = crc.find(b"PK\1\2") + 16
    pages, rejected = read_file(tmp_path, "crc.zip", crc[:at] + b"\0\1\2" + crc[at + 3 :])
    assert [places(page) for page in pages][-1] == "crc.zip, c.txt"
    assert "Bad CRC-32" in rejected[0][1]
    nested = good
    for _ in range(6):
        nested = zipped(**{"inner.zip": nested})
    pages, rejected = read_file(tmp_path, "deep.zip", nested)
    assert pages == ()
    assert "lie in each other" in rejected[0][1]


# bombs ----------------------------------------------------------------------------------------------------------------

BOMBS = """
import gzip, json, resource, sys, zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

def bomb(size, wbits=31):
    packer = zlib.compressobj(9, zlib.DEFLATED, wbits)
    return b"".join(packer.compress(b"0" * 1_000_000) for _ in range(size)) + packer.flush()

def most_memory():
    # Where the system tells it: the figure that every system gives starts with that of the parent process.
    try:
        with open("/proc/self/status") as file:
            return int(next(line for line in file if line.startswith("VmHWM")).split()[1]) / 1024
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

folder = sys.argv[1]
small = gzip.compress(bomb(100))
large = bomb(300)
files = dict.fromkeys(["page.html.gz", "lines.jsonl.gz", "dump.warc.gz", "table.csv.gz", "box.mbox.gz"], large)
files["twice.jsonl.gz.gz"] = small
zipped = BytesIO()
with ZipFile(zipped, "w", ZIP_DEFLATED) as archive:
    for number in range(2):
        with archive.open(f"{number}.jsonl", "w") as member:
            for _ in range(100):
                member.write(b"0" * 1_000_000)
files["bomb.zip"] = zipped.getvalue()
from accord.readers import read
found = {}
for name, content in files.items():
    with open(f"{folder}/{name}", "wb") as file:
        file.write(content)
    found[name] = [item.reason for item in read([f"{folder}/{name}"])]
print(json.dumps({"reasons": found, "megabytes": most_memory()}))
"""


def test_bombs_are_refused_in_bounded_memory(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BOMBS, str(tmp_path)], capture_output=True, text=True, timeout=100, check=True
    )
    told = json.loads(done.stdout)
    assert told["megabytes"] < 400
    assert all(told["reasons"].values())
    assert "it unpacks to over 200 times its size" in told["reasons"]["lines.jsonl.gz"][-1]
    assert "it is larger than" in told["reasons"]["page.html.gz"][-1]
    assert len(told["reasons"]["bomb.zip"]) >= 2
