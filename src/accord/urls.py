"""The normal form of a web address: what two spellings of one page's address have in common."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote_to_bytes, urlsplit, urlunsplit

# Parameters that tell where a reader came from, never which page it is. What one site uses for tracking ("cid", "ref",
# "source") names the article on another: that is why courlan's longer list does not serve here.
_TRACKING = re.compile(
    r"(?:utm|pk|piwik|mtm|matomo|hsa|itm|oly|vero|at|wt)_\w+|ns_(?:campaign|source|mchannel|linkname|fee)"
    r"|(?:fb|tt|y|tw)clid|d?gclid|gclsrc|[gw]braid|msclkid|igsh(?:id)?|mc_[ce]id|mkt_tok|_hs(?:enc|mi)|hsctatracking"
    r"|cmpid|ocid|ncid|icid|s_cid|smid|smtyp|xtor|spm|ref_(?:src|url)|sr_share|ftag|guccounter|guce_referrer(?:_sig)?"
    r"|_ga|_gl",
    re.I,
)
_SEPARATE = re.compile("[&;]")
_KEPT = "/%:@!$&'()*+,;=~-._"
_PORTS = {"http": 80, "https": 443}
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")


def normal(url: str) -> str:
    """Return `url` in its normal form (RFC 3986, section 6), for telling whether two addresses are one page.

    Host in lower case and ASCII, the scheme's own port, the fragment (save `#!`, which some sites fetch by), a closing
    slash and known tracking parameters left out, parameters sorted, http and https one. What is no web address comes
    back without its outer space. The form is for comparing; fetch the address as it was given.

        normal("http://Herald.example:80/a/../dam/?utm_source=x&b=2&a=1#top") -> "https://herald.example/dam?a=1&b=2"
    """
    plain = url.strip()
    try:
        parts = urlsplit(plain)
        scheme, host, port = parts.scheme.lower(), parts.hostname, parts.port
    except ValueError:
        return plain
    if scheme not in _PORTS or not host:
        return plain
    where = _ascii(host.rstrip("."))
    if port not in (None, _PORTS[scheme]):
        where = f"{where}:{port}"
    fragment = _escaped(parts.fragment) if parts.fragment.startswith("!") else ""
    return urlunsplit(("https", where, _path(parts.path), _query(parts.query), fragment))


def _ascii(host: str) -> str:
    """Return `host` as DNS writes it; an IPv6 address in its brackets."""
    if ":" in host:
        return f"[{host}]"
    try:
        return host.encode("idna").decode().lower()
    except UnicodeError:
        return host.lower()


def _path(path: str) -> str:
    """Return `path` with dot segments resolved and escapes in one form, without a slash at its end."""
    kept: list[str] = []
    for part in _escaped(path).split("/"):
        if part == "..":
            del kept[-1:]
        elif part not in ("", "."):
            kept.append(part)
    return "".join(f"/{part}" for part in kept)


def _query(query: str) -> str:
    """Return the parameters of `query` sorted, without those that track readers."""
    parameters = (_escaped(part) for part in _SEPARATE.split(query) if part)
    return "&".join(sorted(part for part in parameters if not _TRACKING.fullmatch(part.partition("=")[0])))


def _escaped(text: str) -> str:
    """Return `text` with escapes in capitals, escaped only where they must be."""
    return quote(_ESCAPE.sub(_unescaped, text).encode("utf-8", "replace"), safe=_KEPT)


def _unescaped(escape: re.Match[str]) -> str:
    character = unquote_to_bytes(escape[0]).decode("latin-1")
    return character if _UNRESERVED.fullmatch(character) else escape[0].upper()
