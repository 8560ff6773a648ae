"""`media_type`: the suffix decides, else the content."""

from __future__ import annotations

import pytest

from accord.parse import FORMATS
from accord.readers import CONTAINERS, MEDIA_TYPES, media_type


def test_every_media_type_has_a_format_or_is_a_container() -> None:
    assert set(MEDIA_TYPES.values()) <= set(FORMATS) | set(CONTAINERS)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.TXT", b"{}", "text/plain"),
        ("a.b.jsonl", b"", "application/jsonl"),
        ("a.htm", b"", "text/html"),
        ("-", b'\xef\xbb\xbf {"text": "x"}', "application/json"),
        ("-", b'[\n {"text": "x"}]', "application/json"),
        ("-", b'{"text": "x"}\n{"text": "y"}\n', "application/jsonl"),
        ("-", b'{"text": "x"}\n', "application/jsonl"),
        ("-", b'{\n "text": "x"\n}\n', "application/json"),
        ("-", b"[Update] The dam opened.", "text/plain"),
        ("-", b"  <!DOCTYPE html><p>", "text/html"),
        ("-", b"<?xml version='1.0'?><html>", "text/html"),
        ("-", b"The tag <html> opens a page.", "text/plain"),
        ("report", b"", "text/plain"),
        ("http://[herald.example/a.html", b"<p>", "text/html"),
        ("report", b"%PDF-1.7", "application/pdf"),
        ("report", b"PAR1", "application/vnd.apache.parquet"),
        ("report", b"Return-Path: <a@herald.example>", "message/rfc822"),
        ("report.xml", b"<?xml version='1.0'?><newsItem xmlns='http://example.org/'>", "application/vnd.iptc.g2+xml"),
        ("report.xml", b"<!DOCTYPE nitf SYSTEM 'nitf.dtd'><nitf>", "application/nitf+xml"),
        ("report.log", b"The dam opened.", "text/plain"),
    ],
)
def test_media_type_is_told_by_suffix_then_content(name: str, content: bytes, expected: str) -> None:
    assert media_type(name, content) == expected
