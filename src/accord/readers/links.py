"""Which URLs mean the same page, and which of them one run has asked for already."""

from __future__ import annotations

import re
from hashlib import blake2b
from urllib.parse import urlsplit

_PORTS = {"http": 80, "https": 443}
_SEPARATE = re.compile("[&;]")
_TRACKING = re.compile(
    r"(?:(?:utm|pk|piwik|mtm|matomo|hsa|itm|oly|vero|at|wt)_\w+|ns_(?:campaign|source|mchannel|linkname|fee)"
    r"|(?:fb|tt|y|tw)clid|d?gclid|gclsrc|[gw]braid|msclkid|igsh(?:id)?|mc_[ce]id|mkt_tok|_hs(?:enc|mi)|hsctatracking"
    r"|cmpid|ocid|ncid|icid|s_cid|smid|smtyp|xtor|spm|ref_(?:src|url)|sr_share|ftag|guccounter)$",
    re.I,
)
"""Parameters that tell a server where a reader came from. Those that may name an article (id, cid, ref, source ...) are
not among them, which is why courlan's longer list does not serve here; it also drops a query without `=`, all of what
some sites tell their articles by."""


def normal_form(url: str) -> str:
    """Return what the URLs of one page have in common; it serves to compare them, not to fetch.

    Left out are the scheme, the port where it is the usual one, what stands after `#` (save `#!`, which some sites
    fetch by), and tracking parameters; the host is in lower case and IDNA, the other parameters are sorted.

        normal_form("HTTPS://Paper.Example:443/a?utm_source=x&id=7#top") -> "paper.example/a?id=7"
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url
    host = (parts.hostname or "").rstrip(".")
    if not host.isascii():
        try:
            host = host.encode("idna").decode()
        except UnicodeError:
            return url
    place = host if port in (None, _PORTS.get(parts.scheme.lower())) else f"{host}:{port}"
    kept = sorted(part for part in _SEPARATE.split(parts.query) if part and not _tracks(part))
    query = f"?{'&'.join(kept)}" if kept else ""
    fragment = f"#{parts.fragment}" if parts.fragment.startswith("!") else ""
    return f"{place}{parts.path or '/'}{query}{fragment}"


def _tracks(parameter: str) -> bool:
    return _TRACKING.match(parameter.partition("=")[0]) is not None


class Asked:
    """The URLs of one run, by their normal forms, as 8-byte hashes: the last half a million of them at least.

    Past `half` of them the older ones are forgotten, so that a run of any length takes under 100 MB for them; what is
    forgotten and listed again is fetched again.
    """

    def __init__(self, half: int = 500_000) -> None:
        self._half = half
        self._young: set[int] = set()
        self._old: set[int] = set()

    def add(self, url: str) -> bool:
        """Remember `url` and tell whether it is new."""
        key = _hash(url)
        if key in self._young or key in self._old:
            return False
        if len(self._young) >= self._half:
            self._old, self._young = self._young, set()
        self._young.add(key)
        return True

    def __contains__(self, url: str) -> bool:
        key = _hash(url)
        return key in self._young or key in self._old


def _hash(url: str) -> int:
    return int.from_bytes(blake2b(normal_form(url).encode("utf-8", "replace"), digest_size=8).digest())
