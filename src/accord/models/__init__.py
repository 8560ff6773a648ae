"""Models: trained weights, their cards and their loaders. Every file is checked against its SHA-256 before it runs."""

from __future__ import annotations

import gzip
import hashlib
import os
import sys
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, update_wrapper
from io import BufferedReader
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar

from accord.errors import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # onnxruntime would tell its maker of this machine, on a thread

_HERE = Path(__file__).parent
_TERMS = "5b36738dd61833b16fb892179f6780c9e0e20da5f50f56a77bfa6217d3dc6b22"
_TOKENIZER = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"

Given = ParamSpec("Given")
Made = TypeVar("Made")


class Once(Generic[Given, Made]):
    """A function that makes its answer to some arguments once; what fails is tried again.

    Unlike with `functools.cache`, a thread that asks while another one is making the answer waits for it, so that no
    model is loaded twice.
    """

    def __init__(self, function: Callable[Given, Made]) -> None:
        self._function = function
        self._answers: dict[Hashable, Future[Made]] = {}
        self._changing = Lock()
        update_wrapper(self, function)

    def __call__(self, *arguments: Given.args, **options: Given.kwargs) -> Made:
        key = (arguments, tuple(options.items()))
        with self._changing:
            asked = key in self._answers
            future = self._answers.setdefault(key, Future())
        if not asked:
            try:
                future.set_result(self._function(*arguments, **options))
            except BaseException as error:
                with self._changing:
                    self._answers.pop(key, None)
                future.set_exception(error)
        return future.result()

    def forget(self) -> None:
        """Make every answer anew when it is next asked for."""
        with self._changing:
            self._answers.clear()


def verified(path: Path, sha256: str) -> bytes:
    """Return the bytes of the model file at `path`; raise `ModelError` if it is missing or not the expected one."""
    with _opened(path) as file:
        content = file.read()
    _compare(path, hashlib.sha256(content).hexdigest(), sha256)
    return content


def verify(path: Path, sha256: str) -> None:
    """Raise `ModelError` if the model file at `path` is missing or not the expected one; its bytes are not kept."""
    with _opened(path) as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    _compare(path, found, sha256)


@contextmanager
def _opened(path: Path) -> Iterator[BufferedReader]:
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise ModelError(f"model file {path} cannot be read ({error.strerror}): reinstall accord") from error


def _compare(path: Path, found: str, sha256: str) -> None:
    if found != sha256:
        raise ModelError(f"model file {path} is damaged or not the expected version: reinstall accord")


@Once
def tokenizer() -> Tokenizer:
    """Return MiniLM's word-piece tokenizer, without padding or truncation."""
    from tokenizers import Tokenizer

    loaded = Tokenizer.from_str(verified(_HERE / "minilm" / "tokenizer.json", _TOKENIZER).decode())
    loaded.no_padding()
    loaded.no_truncation()
    return loaded


@dataclass(frozen=True, slots=True)
class TermCounts:
    """In how many of `pieces` pieces of news each folded word stands."""

    pieces: int
    of: Mapping[str, int]


@cache
def term_counts() -> TermCounts:
    """Return how common words are in news (see models/terms/README.md)."""
    lines = gzip.decompress(verified(_HERE / "terms" / "counts.txt.gz", _TERMS)).decode().splitlines()
    pairs = (line.rsplit(" ", 1) for line in lines[1:])
    return TermCounts(int(lines[0]), {word: int(count) for word, count in pairs})


@Once
def session(path: Path, sha256: str, threads: int = 1, without: tuple[str, ...] = ()) -> InferenceSession:
    """Return an ONNX session on the CPU, `threads` a run, for the checked model file at `path`.

    `without` are optimizers of onnxruntime that are left out.

    It is loaded by its path: a session that is given bytes keeps them. Plans of memory are made for each shape of input
    and kept; no two texts have the same, so they would only grow.
    """
    import onnxruntime

    verify(path, sha256)

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_mem_pattern = False
    left = {"disabled_optimizers": list(without)} if without else {}
    made = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"], **left)
    _give_back()
    return made


def _give_back() -> None:
    """Give what loading took and freed, up to 60 MB a model, back to the system, where the C library can (glibc)."""
    import ctypes

    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)


def run_batches(
    run: InferenceSession, batches: Sequence[Mapping[str, Any]], threads: int, *, every: bool = False
) -> list[Any]:
    """Return the first output (or `every` one) of each batch in order; running side by side changes no answer."""
    from concurrent.futures import ThreadPoolExecutor

    if threads < 2 or len(batches) < 2:
        answers = [run.run(None, dict(inputs)) for inputs in batches]
    else:
        with ThreadPoolExecutor(max_workers=threads) as pool:
            answers = list(pool.map(lambda inputs: run.run(None, dict(inputs)), batches))
    return answers if every else [answer[0] for answer in answers]
