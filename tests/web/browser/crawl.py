"""Finds the pages of a room by following its links, one or two of each kind."""

from __future__ import annotations

import re
from collections import Counter, deque
from urllib.parse import urljoin, urlsplit

import httpx
import lxml.html

PER_KIND = 2
_ID = re.compile(r"^[0-9a-f]{8,64}$")


def kind_of(address: str) -> str:
    """Return an address with what differs between pages of one kind left out.

    kind_of("/stories/3f0c9a12be77/matrix?verdict=disputed") -> "/stories/*/matrix"
    """
    parts = urlsplit(address).path.split("/")
    shown = ["*" if _ID.match(part) or (n == 2 and parts[1] == "names") else part for n, part in enumerate(parts)]
    return "/".join(shown)


def crawl(base: str, most: int = 400) -> tuple[dict[str, str], list[str]]:
    """Return the pages by kind (an address of each), and the links that lead nowhere, with the page they stand on."""
    pages: dict[str, str] = {}
    broken: list[str] = []
    asked: Counter[str] = Counter()
    seen = {"/"}
    queue = deque([("/", "")])
    with httpx.Client(base_url=base, follow_redirects=True, timeout=60) as client:
        while queue and sum(asked.values()) < most:
            address, origin = queue.popleft()
            kind = kind_of(address)
            if asked[kind] >= PER_KIND:
                continue
            asked[kind] += 1
            answer = client.get(address)
            if answer.status_code != 200:
                broken.append(f"{origin} -> {address}: {answer.status_code}")
                continue
            if "text/html" not in answer.headers.get("content-type", "") or "content-disposition" in answer.headers:
                continue
            pages.setdefault(kind, address)
            document = lxml.html.fromstring(answer.content)
            for link in document.iterlinks():
                target = urlsplit(urljoin(str(answer.url), link[2]))
                found = target.path + (f"?{target.query}" if target.query else "")
                if link[1] == "href" and target.netloc == urlsplit(base).netloc and found not in seen:
                    seen.add(found)
                    queue.append((found, address))
    return pages, broken
