"""accord reads every report of an event against the others: what they agree on, where they differ, what was promised.

    briefing = accord.brief(["a.txt", "b.html"])
    print(accord.render(briefing, "markdown"))

`brief` goes the whole way, `read` as far as the articles, `group` as far as the stories that they tell. What is to stay
goes into a store, which keeps the stories up to date and follows every commitment:

    with contextlib.closing(accord.open_store("accord.db")) as store:
        accord.add(["feeds.opml"], store)

The stages, in
their order, are the function `read` in the package `accord.readers`, `parse`, `analyze`, `cluster`, `reconcile`, the
function `brief` in the package `accord.brief`, and `render`. All names load on first use: `import accord` is light.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from accord.analyze import analyze
    from accord.cluster import cluster
    from accord.config import Config, Web
    from accord.errors import (
        AccordError,
        AnalyzeError,
        CorrectionError,
        ModelError,
        NothingToBriefError,
        ParseError,
        ReadError,
        RunError,
        StoreError,
    )
    from accord.history import History
    from accord.parse import parse
    from accord.pipeline import brief, group, read
    from accord.reconcile import reconcile
    from accord.records import (
        Analysis,
        Article,
        Briefing,
        Caption,
        Chain,
        Change,
        Citation,
        Commitment,
        Correction,
        Difference,
        Entry,
        Figure,
        Finding,
        Grouping,
        Happening,
        LedgerEntry,
        LedgerLine,
        Listing,
        Mention,
        Name,
        Origin,
        Page,
        Passage,
        Quote,
        Rejected,
        Sentence,
        Span,
        Statement,
        Story,
        SummarySentence,
        Time,
        TimelineEntry,
        Unchanged,
        Update,
        Utterance,
        Value,
    )
    from accord.renderers import render
    from accord.stores import Store, open_store
    from accord.upkeep import Added, add, refresh

__version__ = "0.1.0"

__all__ = [  # noqa: RUF022 (the order of the way through)
    "brief",
    "read",
    "group",
    "parse",
    "analyze",
    "cluster",
    "reconcile",
    "render",
    "open_store",
    "add",
    "refresh",
    "Config",
    "Web",
    "History",
    "Rejected",
    "Unchanged",
    "Listing",
    "Page",
    "Caption",
    "Entry",
    "Change",
    "Article",
    "Span",
    "Sentence",
    "Mention",
    "Name",
    "Time",
    "Quote",
    "Figure",
    "Commitment",
    "Statement",
    "Happening",
    "Analysis",
    "Origin",
    "Passage",
    "Story",
    "Chain",
    "Grouping",
    "Citation",
    "Value",
    "Difference",
    "Utterance",
    "Finding",
    "TimelineEntry",
    "SummarySentence",
    "Briefing",
    "Update",
    "LedgerLine",
    "LedgerEntry",
    "Correction",
    "Store",
    "Added",
    "AccordError",
    "ReadError",
    "ParseError",
    "AnalyzeError",
    "ModelError",
    "StoreError",
    "CorrectionError",
    "RunError",
    "NothingToBriefError",
]

# Where each function stands.
_FUNCTIONS = {
    "brief": "accord.pipeline",
    "read": "accord.pipeline",
    "group": "accord.pipeline",
    "parse": "accord.parse",
    "analyze": "accord.analyze",
    "cluster": "accord.cluster",
    "reconcile": "accord.reconcile",
    "render": "accord.renderers",
    "open_store": "accord.stores",
    "add": "accord.upkeep",
    "refresh": "accord.upkeep",
}
# Functions that share their name with a package. Importing a package binds it here, whatever stood there before, so
# the package itself is made callable.
_CALLABLE = ("brief", "parse", "analyze", "cluster", "reconcile")


class _Stage(ModuleType):
    """A stage's package that is called like the public function of its name: `accord.parse(page)`."""

    @property
    def __wrapped__(self) -> Callable[..., Any]:
        name = self.__name__.rpartition(".")[2]
        function: Callable[..., Any] = getattr(import_module(_home(name)), name)
        return function

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        return self.__wrapped__(*arguments, **options)

    def __reduce__(self) -> tuple[Callable[[str], ModuleType], tuple[str]]:
        return import_module, (self.__name__,)


class _Accord(ModuleType):
    """This package: it makes stages callable when they are imported."""

    def __setattr__(self, name: str, value: object) -> None:
        if name in _CALLABLE and isinstance(value, ModuleType):
            value.__class__ = _Stage
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Accord


def _home(name: str) -> str:
    """Return the module that the public `name` stands in."""
    if name in _FUNCTIONS:
        return _FUNCTIONS[name]
    if name in ("Config", "Web"):
        return "accord.config"
    if name in ("History", "Store", "Added"):
        return {"History": "accord.history", "Store": "accord.stores", "Added": "accord.upkeep"}[name]
    return "accord.errors" if name.endswith("Error") else "accord.records"


if not TYPE_CHECKING:  # a type checker would take every misspelt name

    def __getattr__(name: str) -> Any:
        """Return the public `name`, loaded on first use."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        if name in _CALLABLE:
            return import_module(f"{__name__}.{name}")
        return getattr(import_module(_home(name)), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
