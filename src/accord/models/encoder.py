"""spaCy's word encoder, run by ONNX Runtime: hash embeddings, then four convolutions over three words (Honnibal, 2016).

The weights are those of the installed pipeline and go in beside the words; the graph of `eval/export_encoder.py` has
none of its own. It takes a quarter of the time that spaCy's own matrix products take, and its states differ from
spaCy's in the sixth digit.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from accord.errors import ModelError
from accord.models import session

if TYPE_CHECKING:
    from spacy.tokens import Doc

MODEL = Path(__file__).parent / "parse" / "encoder.onnx"
SHA256 = "225e508b9d0e15157cbe33fdd0be46772b245ca2987d537f1527441b5ec7fe3f"
_WIDTH, _PIECES, _LAYERS = 96, 3, 5

States = NDArray[np.float32]


class Encoder:
    """One `tok2vec` of a spaCy pipeline."""

    def __init__(self, tok2vec: Any) -> None:
        from onnxruntime import OrtValue

        parts: dict[str, list[Any]] = {}
        for part in tok2vec.walk(order="dfs_pre"):
            parts.setdefault(part.name, []).append(part)
        products, norms = parts.get("maxout", []), parts.get("layernorm", [])
        if [part.get_param("W").shape[:2] for part in products] != [(_WIDTH, _PIECES)] * _LAYERS:
            raise ModelError("spaCy's pipeline has another encoder than accord runs: reinstall accord")
        weights = {}
        for number, (product, norm) in enumerate(zip(products, norms, strict=True)):
            weights[f"weights{number}"] = product.get_param("W").swapaxes(0, 1).reshape(_WIDTH * _PIECES, -1)
            weights[f"bias{number}"] = product.get_param("b").T.reshape(-1)
            weights[f"scale{number}"] = norm.get_param("G")
            weights[f"shift{number}"] = norm.get_param("b")
        self._weights = {
            name: OrtValue.ortvalue_from_numpy(np.ascontiguousarray(weight)) for name, weight in weights.items()
        }
        self._read = parts["extract_features"][0].attrs["columns"]
        self._tables = [
            (table.get_param("E"), int(table.attrs["seed"]), int(table.attrs["column"])) for table in parts["hashembed"]
        ]
        self._ops = tok2vec.ops

    def __call__(self, doc: Doc) -> States:
        """Return a vector for each token of `doc`, shape (tokens, 96)."""
        from onnxruntime import OrtValue

        if not len(doc):
            return np.zeros((0, _WIDTH), dtype=np.float32)
        embedded = OrtValue.ortvalue_from_numpy(self._embed(doc))
        run: Any = session(MODEL, SHA256)
        states: States = run.run_with_ort_values(["states"], {"embedded": embedded, **self._weights})[0].numpy()
        return states

    def _embed(self, doc: Doc) -> States:
        """Return the rows of the hash tables for what each token looks like, side by side."""
        looks = doc.to_array(self._read).reshape(len(doc), -1)
        columns = [np.ascontiguousarray(looks[:, column], dtype=np.uint64) for _, _, column in self._tables]
        return np.concatenate(
            [
                self._ops.gather_add(table, self._ops.hash(column, seed) % len(table))
                for (table, seed, _), column in zip(self._tables, columns, strict=True)
            ],
            axis=1,
        )
