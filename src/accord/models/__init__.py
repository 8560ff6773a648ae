"""Models: trained weights, their cards and their loaders. Every file is checked against its SHA-256 before it runs."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from accord.errors import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

_HERE = Path(__file__).parent
_TERMS = "5b36738dd61833b16fb892179f6780c9e0e20da5f50f56a77bfa6217d3dc6b22"
_TOKENIZER = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"


def verified(path: Path, sha256: str) -> bytes:
    """Return the bytes of the model file at `path`; raise `ModelError` if it is missing or not the expected one."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelError(f"model file {path} cannot be read ({error.strerror}): reinstall accord") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ModelError(f"model file {path} is damaged or not the expected version: reinstall accord")
    return content


@cache
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


@cache
def session(path: Path, sha256: str, threads: int = 1) -> InferenceSession:
    """Return an ONNX session on the CPU, `threads` a run, for the checked model file at `path`."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(verified(path, sha256), options, providers=["CPUExecutionProvider"])


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
