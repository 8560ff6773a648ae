"""The error tree. The library raises; only shells translate.

    AccordError
     +- ReadError      a path or stream that cannot be read
     +- ParseError     bytes that hold no article
     +- AnalyzeError   an article that cannot be analyzed (too long, no language model for it)
     +- ModelError     a model file that is missing or damaged
     +- StoreError     a store that cannot be opened, read or written
     +- CorrectionError   a correction that makes no sense, or that names what is not there
     +- RunError       a run that cannot go on: its folder, its inputs or its workers are at fault
     +- NothingToBriefError   no report is left; `rejected` says why, one reason each

Every message names what failed, the value, and what to do.
"""

from __future__ import annotations

from collections.abc import Sequence

from accord.records import Rejected


class AccordError(Exception):
    """Base of all errors that accord raises."""


class ReadError(AccordError):
    """A path, pattern or stream cannot be read."""


class ParseError(AccordError):
    """A page was read but holds no article."""


class AnalyzeError(AccordError):
    """An article cannot be analyzed."""


class ModelError(AccordError):
    """A model file is missing, or its checksum is not the expected one."""


class StoreError(AccordError):
    """A store cannot be opened, read or written: it is locked, full, read-only, damaged, or of another version.

    Nothing that was committed before is lost, and nothing of what failed is kept.
    """


class CorrectionError(AccordError):
    """A correction cannot be made: it names what is not there, changes nothing, or a value is none of its kind."""


class RunError(AccordError):
    """A run over many articles cannot begin or go on; what was finished stays, and `--resume` goes on from there."""


class NothingToBriefError(AccordError):
    """No report could be read and analyzed; `rejected` holds the reasons."""

    def __init__(self, rejected: Sequence[Rejected]) -> None:
        self.rejected = tuple(rejected)
        reasons = "; ".join(f"{item.what}: {item.reason}" for item in self.rejected)
        super().__init__(f"nothing could be briefed: {reasons or 'no report was given'}")
