"""What a worker gives back for an item, on whatever machine it runs: the function's result, or what it raised."""

from __future__ import annotations

import pickle
import traceback
from functools import lru_cache
from typing import Any

from accord.errors import AccordError

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""What holds the libraries of arrays to one thread a worker; they read it when they are loaded."""

_unpickled = lru_cache(maxsize=1)(pickle.loads)  # of the function, which comes with each item


def pack(value: object) -> bytes:
    """Return a function or an item as bytes that a worker can read, in this process or in another."""
    return pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)


def answer(function: bytes, item: bytes) -> bytes:
    """Call a packed function with a packed item, and return what came of it, packed, for `opened`.

    opened(answer(pack(abs), pack(-1))) -> 1
    """
    try:
        return pack((True, _unpickled(function)(pickle.loads(item)), ""))
    except BaseException as error:
        return pack((False, _sendable(error), traceback.format_exc()))


def opened(packed: bytes) -> Any:
    """Return the result that is in an answer, or raise what the function raised, with the worker's traceback as a note.

    An exception that cannot be packed becomes an AccordError with its name and its message.
    """
    good, value, trace = pickle.loads(packed)
    if not good:
        value.add_note(f"In the worker:\n{trace}")
        raise value
    return value


def _sendable(error: BaseException) -> BaseException:
    try:
        copy = pickle.loads(pack(error))
        if type(copy) is type(error) and str(copy) == str(error):
            return error
    except Exception:  # what its own class does as it is packed or unpacked can be anything
        pass
    return AccordError(f"{type(error).__qualname__}: {error}")
