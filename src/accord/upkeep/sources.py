"""What a watch is to read: web addresses, and the feeds that OPML files name, which may change while it runs."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from accord.config import Config
from accord.errors import ReadError
from accord.records import Rejected
from accord.urls import normal

if TYPE_CHECKING:
    from accord.readers.inputs import Link

_Stamp = tuple[int, int, int]


class Sources:
    """Feeds, sitemaps and pages by address, and OPML files by path, each of which is read again when it changes."""

    def __init__(self, sources: Sequence[str], config: Config) -> None:
        self._sources = tuple(dict.fromkeys(sources))
        self._config = config
        self._stamps: dict[str, _Stamp | None] = {}
        self._listed: dict[str, tuple[Link, ...]] = {}

    def changed(self) -> bool:
        """Tell whether one of the files is another than when it was read last."""
        return any(_stamp(path) != stamp for path, stamp in self._stamps.items())

    def links(self) -> tuple[dict[str, Link], list[Rejected]]:
        """Return what is to be read, by address, each page once, and what is wrong in the files that changed.

        A file that cannot be read to its end, for it is being written, stands for what it named before.
        """
        from accord.readers.inputs import Link
        from accord.readers.kinds import web_address

        found: dict[str, Link] = {}
        problems: list[Rejected] = []
        for source in self._sources:
            links = (Link(source),) if web_address(source) else self._file(source, problems)
            for link in links:
                found.setdefault(normal(link.url), link)
        return {link.url: link for link in found.values()}, problems

    def _file(self, path: str, problems: list[Rejected]) -> tuple[Link, ...]:
        from accord.readers.subscriptions import subscriptions

        stamp = _stamp(path)
        if path in self._stamps and self._stamps[path] == stamp:
            return self._listed.get(path, ())
        self._stamps[path] = stamp
        links: list[Link] = []
        whole = True
        try:
            for item in subscriptions(path, self._config):
                if isinstance(item, Rejected):
                    problems.append(item)
                    whole = whole and item.what != path
                else:
                    links.append(item)
        except ReadError as error:
            problems.append(Rejected(path, "watch", str(error)))
            whole = False
        if whole or path not in self._listed:
            self._listed[path] = tuple(links)
        return self._listed[path]


def _stamp(path: str) -> _Stamp | None:
    """Return what tells a file from what it was; None where there is none."""
    try:
        told = os.stat(path)
    except (OSError, ValueError):
        return None
    return told.st_mtime_ns, told.st_size, told.st_ino
