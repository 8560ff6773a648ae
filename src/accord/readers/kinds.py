"""Which format an input holds: by its suffix, by what a server calls it, by how its content starts."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

MEDIA_TYPES: dict[str, str] = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".ndjson": "application/jsonl",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".rss": "application/rss+xml",
    ".atom": "application/rss+xml",
    ".rdf": "application/rss+xml",
    ".xml": "application/rss+xml",
    ".opml": "text/x-opml",
    ".warc": "application/warc",
    ".wacz": "application/zip",
    ".zip": "application/zip",
    ".gz": "application/gzip",
    ".zst": "application/zstd",
    ".csv": "text/csv",
    ".tsv": "text/csv",
    ".parquet": "application/vnd.apache.parquet",
    ".eml": "message/rfc822",
    ".mbox": "application/mbox",
    ".pdf": "application/pdf",
    ".nitf": "application/nitf+xml",
}
"""The formats of files, by suffix. A folder gives its files with one of these suffixes."""

BY_CONTENT = frozenset({".json", ".xml"})
"""Suffixes that several formats share: how the content starts tells them apart, where it can."""

PACKED = frozenset({".gz", ".zst"})
"""Suffixes of files that pack one other file, whose name comes before them."""

_DECLARED = {
    "text/html": "text/html",
    "application/xhtml+xml": "text/html",
    "text/plain": "text/plain",
    "text/markdown": "text/markdown",
    "application/json": "application/json",
    "application/jsonl": "application/jsonl",
    "application/x-ndjson": "application/jsonl",
    "application/rss+xml": "application/rss+xml",
    "application/atom+xml": "application/rss+xml",
    "application/rdf+xml": "application/rss+xml",
    "application/xml": "application/rss+xml",
    "text/xml": "application/rss+xml",
    "application/feed+json": "application/feed+json",
    "text/x-opml": "text/x-opml",
    "application/warc": "application/warc",
    "application/zip": "application/zip",
    "application/wacz": "application/zip",
    "application/gzip": "application/gzip",
    "application/x-gzip": "application/gzip",
    "application/zstd": "application/zstd",
    "application/pdf": "application/pdf",
    "message/rfc822": "message/rfc822",
    "application/mbox": "application/mbox",
    "text/csv": "text/csv",
    "text/tab-separated-values": "text/csv",
    "application/vnd.apache.parquet": "application/vnd.apache.parquet",
}
"""What servers call the formats, where it says more than the content does."""

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"Return-Path: <", "message/rfc822"),
    (b"Delivered-To: ", "message/rfc822"),
    (b"Received: from ", "message/rfc822"),
    (b"PAR1", "application/vnd.apache.parquet"),
    (b"WARC/0.", "application/warc"),
    (b"WARC/1.", "application/warc"),
    (b"PK\3\4", "application/zip"),
    (b"\x1f\x8b\x08", "application/gzip"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
    (b"\x5d\x2a\x4d\x18", "application/zstd"),
)
_ROOTS: dict[str, str] = {
    "html": "text/html",
    "rss": "application/rss+xml",
    "rdf": "application/rss+xml",
    "feed": "application/rss+xml",
    "urlset": "application/sitemap+xml",
    "sitemapindex": "application/sitemap+xml",
    "opml": "text/x-opml",
    "nitf": "application/nitf+xml",
    "newsitem": "application/vnd.iptc.g2+xml",
    "newsmessage": "application/vnd.iptc.g2+xml",
    "packageitem": "application/vnd.iptc.g2+xml",
    "conceptitem": "application/vnd.iptc.g2+xml",
    "knowledgeitem": "application/vnd.iptc.g2+xml",
    "planningitem": "application/vnd.iptc.g2+xml",
    "catalogitem": "application/vnd.iptc.g2+xml",
}
"""The root element of an XML document (without its prefix, lower case), and the format it means."""

_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|meta|title)\b", re.I)
_ROOT = re.compile(rb"<(?:[a-z][\w.-]*:)?([a-z][\w.-]*)[\s/>]", re.I)
_PROLOG = re.compile(rb"\s*(?:<\?.*?\?>|<!--.*?-->|<!doctype[^<>\[]*(?:\[.*?\]\s*)?>)", re.I | re.S)
_JSON = re.compile(rb'\{\s*["}]|\[\s*\{')
_JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org\\?/')
_START = 4000


def media_type(name: str, start: bytes, declared: str | None = None) -> str:
    """Return the registry key for an input called `name` that begins with `start`.

    The content decides where it shows a mark of its own (the name of an XML document's root, %PDF ...) and the suffix
    is none or shared by several formats; else the suffix of a file, or for a fetched page what its server `declared`.

    media_type("a.html", b"") -> "text/html"; media_type("-", b'{"text": "..."}') -> "application/json"
    """
    suffix = _suffix(name)
    if declared is None and suffix in MEDIA_TYPES and suffix not in BY_CONTENT:
        return MEDIA_TYPES[suffix]
    marked = _marked(start)
    if marked:
        return marked
    if declared is not None:
        told = _DECLARED.get(declared.partition(";")[0].strip().lower())
        if told:
            return told
    return MEDIA_TYPES.get(suffix) or _sniffed(start)


def recognised(start: bytes, declared: str | None) -> str | None:
    """Return the format that the content's own mark or what a server `declared` tells; None where neither does."""
    named = (declared or "").partition(";")[0].strip().lower()
    told = None if named in ("application/xml", "text/xml") else _DECLARED.get(named)
    sniffed = _sniffed(start) if not declared else None
    return _marked(start) or told or (sniffed if sniffed != "text/plain" else None)


def known_suffix(name: str) -> bool:
    """Tell whether a file called `name` has a suffix that folders and archives are searched for.

    A packed file counts by what it packs: "a.jsonl.gz" has one, "picture.svg.gz" has none.
    """
    suffix = _suffix(name)
    inner = without_packing(name)
    return suffix in MEDIA_TYPES and (inner == name or known_suffix(inner))


def without_packing(name: str) -> str:
    """Return `name` without the suffix of a packed file: "a.jsonl.gz" -> "a.jsonl"."""
    path = _path(name)
    return path[: -len(suffix)] if (suffix := _suffix(name)) in PACKED else name


def web_address(path: str) -> bool:
    """Tell whether `path` is a URL to fetch."""
    return path.lower().startswith(("http://", "https://"))


def _path(name: str) -> str:
    """Return the path of a URL, a file's name as it is."""
    try:
        return urlsplit(name).path if web_address(name) else name
    except ValueError:  # "http://[a"
        return name.partition("?")[0]


def _suffix(name: str) -> str:
    path = _path(name)
    return path[path.rfind(".") :].lower() if "." in path else ""


def _marked(start: bytes) -> str | None:
    """Return the format of which the content bears the mark: magic bytes, an XML root, the version of a JSON Feed."""
    for magic, kind in _MAGIC:
        if start.startswith(magic):
            return kind
    text = start[:_START].removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"<"):
        while prolog := _PROLOG.match(text):
            text = text[prolog.end() :]
        root = _ROOT.match(text.lstrip())
        return _ROOTS.get(root[1].decode().lower()) if root else None
    if text.startswith(b"{") and _JSON_FEED.search(text):
        return "application/feed+json"
    return None


def _sniffed(content: bytes) -> str:
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _JSON.match(start[:_START]):
        return "application/jsonl" if _is_lines(start) else "application/json"
    if _HTML.search(start[:_START]) and start.startswith(b"<"):
        return "text/html"
    return "text/plain"


def _is_lines(content: bytes) -> bool:
    """Tell whether each line is an object of its own: the first one is, or is longer than what is seen of it here.

    Where a pipe shows one line so far, and in a document of one line, a line is a page as the whole would be.
    """
    first, ended, rest = content.partition(b"\n")
    if not ended:
        return len(content) >= _START and content.startswith(b"{")
    return first.rstrip().endswith(b"}") and rest.lstrip()[:1] in (b"{", b"")
