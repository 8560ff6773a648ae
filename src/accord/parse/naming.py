"""Names on a page: the outlet's, and the title without it."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PARTS = re.compile(r"\s+[|•·»«‹›]\s*|\s*[|»]\s+|\s+(?:[-–—―/~]|::)\s+|\s+[-–—]{2}\s+")
_NO_LETTER = re.compile(r"[\W_]+")
_CORPORATE = re.compile(r"\b(?:Ltd|Limited|Inc|LLC|L\.L\.C|PLC|plc|GmbH|AG|S\.?A|B\.V|Corp(?:oration)?|Co)\b\.?")
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|&copy;|\bcopyright\b)(?:\s|©|\(c\)|copyright|by|\d{4}|[-–,.])*(?P<name>[^\W\d][^|©\n]{1,60}?)"
    r"(?=\s*(?:[,.|•·®™]\s|©|[.|]?$|\ball rights|\s[-–—]\s|\binc\b|\bllc\b|\bltd\b|\d{4}))",
    re.I,
)
_NO_NAME = re.compile(
    r"^(?:(?:home(?:page)?|index|the|by|website|untitled|news|blog|\W*)$|(?:all |alle )?(?:rights|rechte)\b)", re.I
)
_LONGEST = 80


def squeezed(text: str) -> str:
    """Return the letters and digits of `text`, lower case: names are compared so."""
    return _NO_LETTER.sub("", text.casefold())


def is_address(name: str) -> bool:
    """Tell whether a name is a URL or a bare host ("www.herald.example")."""
    return "://" in name or re.fullmatch(r"www\.[\w.-]+|(?:[a-z0-9-]+\.){1,3}[a-z]{2,6}/?", name) is not None


def outlet_name(names: Iterable[str | None], title: str | None, heading: str | None, host: str | None) -> str | None:
    """Return the outlet's name: the first of `names` that is one, else the end of `title` that names the site.

    A company ("Herald Media Ltd") or an address is taken only where no other name stands.

        outlet_name(["Oss Herald Ltd"], "Dam opens | The Oss Herald", "Dam opens", None) -> "The Oss Herald"
    """
    given = [_trimmed(name, host) for name in names if name]
    ended = site_part(title, heading, host)
    candidates = [*given, *([ended] if ended else [])]
    usable = [name for name in candidates if name and not _NO_NAME.match(name) and len(name) <= _LONGEST]
    plain = [name for name in usable if not is_address(name) and not _CORPORATE.search(name)]
    chosen = plain or [name for name in usable if not is_address(name)] or usable
    return re.sub(r"^https?://(?:www\.)?|^www\.", "", chosen[0]).strip("/") if chosen else None


def copyright_name(line: str) -> str | None:
    """Return who holds the copyright that `line` states: "© 2024 The Oss Post. All rights ..." -> "The Oss Post"."""
    match = _COPYRIGHT.search(line[:300])
    name = match["name"].strip(" .,;:-–—") if match else ""
    return name if name and not _NO_NAME.match(name) and len(name.split()) <= 6 else None


def site_part(title: str | None, heading: str | None, host: str | None) -> str | None:
    """Return the part of `title` that names the site: it is like the host, or is left beside the heading."""
    if not title:
        return None
    parts = [part.strip() for part in _PARTS.split(title[:400]) if part.strip()]
    if len(parts) == 1 and heading and squeezed(title).endswith(squeezed(heading)):  # "The Oss Post: Dam opens"
        parts = [part.strip() for part in title.split(": ", 1)]
    if len(parts) < 2:
        return None
    label = squeezed(_label(host))
    for part in (parts[-1], parts[0], *parts[1:-1]):
        if label and like_host(part, label):
            return part
    rest = squeezed(heading or "")
    if rest and squeezed("".join(parts[:-1])).startswith(rest):
        left = parts[-1]
    elif rest and squeezed(title).endswith(rest) and len(rest) < len(squeezed(title)):
        left = parts[0]
    else:
        return None
    return left if len(left.split()) <= 6 and not re.match(r"by\s", left, re.I) and squeezed(left) != rest else None


def like_host(name: str, label: str) -> bool:
    """Tell whether `name` is what the host's label abbreviates or contains ("The Oss Post", "osspost")."""
    plain = squeezed(re.sub(r"^(?:the|le|la|el|der|die|das)\s+", "", name, flags=re.I))
    if len(plain) < 2 or len(label) < 2:
        return False
    initials = "".join(word[0] for word in re.findall(r"\w+", name.lower()))
    return (
        plain == label
        or (len(plain) > 3 and (plain in label or (label in plain and len(label) > 3)))
        or (len(initials) > 2 and initials in (label, label.removeprefix("the")))
    )


def without_outlet(title: str, outlet: str | None, host: str | None = None) -> str:
    """Return `title` without the outlet's name that pages hang on it: "Dam opens | The Oss Post" -> "Dam opens"."""
    names = {squeezed(name) for name in (outlet or "", host or "", _label(host)) if name}
    names |= {name.removeprefix("the") for name in names}
    for _ in range(5):
        shorter = _shortened(title, names)
        if shorter is None:
            break
        title = shorter
    return title


def _shortened(title: str, names: set[str]) -> str | None:
    """Return `title` without its last or first part, where that is one of `names`; None where neither is."""
    marks = list(_PARTS.finditer(title[:1000]))
    if not marks:
        return None
    last, first = marks[-1], marks[0]
    for rest, part in ((title[: last.start()], title[last.end() :]), (title[first.end() :], title[: first.start()])):
        if (
            rest.strip()
            and squeezed(part)
            and not names.isdisjoint((squeezed(part), squeezed(part).removeprefix("the")))
        ):
            return rest.strip()
    return None


def _label(host: str | None) -> str:
    """Return the part of a host that names the site: "www.osspost.co.example" -> "osspost"."""
    labels = (host or "").lower().removeprefix("www.").split(".")
    short = len(labels) > 2 and len(labels[-2]) <= 3 and len(labels[-1]) == 2
    return labels[-3] if short else labels[-2] if len(labels) > 1 else labels[0]


def _trimmed(name: str, host: str | None) -> str:
    """Return a name without the motto that stands beside it, where one of its parts alone is the host's name."""
    name = " ".join(name.split()).strip(" \"'|-–—")
    parts = [part.strip() for part in _PARTS.split(name[:300])]
    if len(parts) > 1:
        label = squeezed(_label(host))
        like = [part for part in parts if like_host(part, label)]
        return like[0] if like else parts[0] if len(name) > 40 else name
    return name
