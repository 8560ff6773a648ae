"""Write the MiniLM that reads for commitments: its products of matrices in int8.

    python eval/export_meanings.py

Takes the weights of `models/minilm/model.onnx`, which computes in float32. Products run in int8 with a scale a column
and 7 bits a weight, so that processors without VNNI give the same answers; query, key and value are one product. Prints
the SHA-256, which goes into `models/meanings.py`; then `make weights`. Needs `onnx` (requirements-train.txt).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import NodeProto, TensorProto, checker, helper, numpy_helper

MODELS = Path(__file__).resolve().parent.parent / "src" / "accord" / "models"
FLOAT, OUT = MODELS / "minilm" / "model.onnx", MODELS / "minilm" / "meanings.onnx"
MICROSOFT = "com.microsoft"
LAYERS, HEADS, WIDTH, LARGEST = 6, 12, 384, 63
PARTS = ("query", "key", "value", "attention.output.dense", "intermediate.dense", "output.dense")

Numbers = NDArray[np.float32]
Product = tuple[Numbers, Numbers]


@dataclass
class Graph:
    """A graph in the making."""

    nodes: list[NodeProto] = field(default_factory=list)
    held: list[TensorProto] = field(default_factory=list)

    def hold(self, name: str, numbers: NDArray) -> str:
        """Add a constant, and return its name."""
        self.held.append(numpy_helper.from_array(np.ascontiguousarray(numbers), name))
        return name

    def add(self, kind: str, given: list[str], made: str | list[str], **options: object) -> str:
        """Add a node, and return the name of what it makes."""
        self.nodes.append(helper.make_node(kind, given, [made] if isinstance(made, str) else made, **options))
        return made if isinstance(made, str) else made[0]

    def product(self, given: str, made: str, weights: Numbers, bias: Numbers) -> str:
        """Add a product in int8 and a bias."""
        scale = np.maximum(np.abs(weights).max(axis=0), 1e-12) / LARGEST
        parts = {
            "weights": np.rint(weights / scale).astype(np.int8),
            "scale": scale.astype(np.float32),
            "zero": np.zeros(len(scale), dtype=np.int8),
            "bias": bias,
        }
        held = [self.hold(f"{made}.{name}", part) for name, part in parts.items()]
        return self.add("DynamicQuantizeMatMul", [given, *held], made, domain=MICROSOFT)

    def norm(self, given: str, made: str, scale: Numbers, shift: Numbers) -> str:
        """Add a layer norm."""
        held = [self.hold(f"{made}.scale", scale), self.hold(f"{made}.shift", shift)]
        return self.add("LayerNormalization", [given, *held], made, axis=-1, epsilon=1e-12)


def main() -> None:
    """Write the model."""
    model = onnx.load(FLOAT)
    held = {item.name: numpy_helper.to_array(item) for item in model.graph.initializer}
    graph = Graph()
    states = embed(graph, held)
    products = unpacked(model.graph, held)
    for layer in range(LAYERS):
        states = read_on(graph, held, products[layer * len(PARTS) :][: len(PARTS)], layer, states)
    made = helper.make_graph(
        graph.nodes,
        "meanings",
        [helper.make_tensor_value_info("pieces", TensorProto.INT64, [1, "length"])],
        [helper.make_tensor_value_info(states, TensorProto.FLOAT, [1, "length", WIDTH])],
        graph.held,
    )
    whole = helper.make_model(made, opset_imports=[helper.make_opsetid("", 20), helper.make_opsetid(MICROSOFT, 1)])
    whole.ir_version = 9
    checker.check_model(whole)
    content = whole.SerializeToString(deterministic=True)
    OUT.write_bytes(content)
    print(f"{OUT.name}: {len(content)} bytes, SHA-256 {hashlib.sha256(content).hexdigest()}")


def unpacked(graph: onnx.GraphProto, held: Mapping[str, NDArray]) -> list[Product]:
    """Return weights and bias of the six products of each layer, in the order of `PARTS`."""
    found: dict[str, Product] = {}
    for node in graph.node:
        if node.op_type == "MatMul" and f"{node.input[1]}_q" in held:
            weights = held[f"{node.input[1]}_q"].astype(np.float32) * held[f"{node.input[1]}_scale"]
            added = next(other for other in graph.node if other.op_type == "Add" and node.output[0] in other.input)
            bias = next(name for name in added.input if name in held)
            found[bias] = weights, held[bias]
    before = {"query": "attention.self.", "key": "attention.self.", "value": "attention.self."}
    return [
        found[f"inner.encoder.layer.{layer}.{before.get(part, '')}{part}.bias"]
        for layer in range(LAYERS)
        for part in PARTS
    ]


def embed(graph: Graph, held: Mapping[str, NDArray]) -> str:
    """Add what makes a vector of each word piece and its place."""
    first = "inner.embeddings."
    words, places = f"{first}word_embeddings.weight", f"{first}position_embeddings.weight"
    graph.add("Gather", [graph.hold("words", held[f"{words}_q"]), "pieces"], "packed", axis=0)
    graph.add("Gather", [graph.hold("scales", held[f"{words}_scale"]), "pieces"], "scale", axis=0)
    graph.add("Cast", ["packed"], "unscaled", to=TensorProto.FLOAT)
    graph.add("Mul", ["unscaled", "scale"], "word")
    where = held[f"{places}_q"].astype(np.float32) * held[f"{places}_scale"]
    where = where + held[f"{first}token_type_embeddings.weight"][0]
    graph.add("Shape", ["pieces"], "length", start=1, end=2)
    zero = graph.hold("zero", np.array([0]))
    graph.add("Slice", [graph.hold("places", where), zero, "length", zero], "place")
    graph.add("Add", ["word", "place"], "embedded")
    return graph.norm("embedded", "states", held[f"{first}LayerNorm.weight"], held[f"{first}LayerNorm.bias"])


def read_on(graph: Graph, held: Mapping[str, NDArray], products: list[Product], layer: int, states: str) -> str:
    """Add a layer."""
    (query, key, value), (mixed, wide, narrow) = products[:3], products[3:]
    name = f"layer{layer}."
    asked = np.concatenate([query[0], key[0], value[0]], axis=1), np.concatenate([query[1], key[1], value[1]])
    parts = [f"{name}{part}" for part in PARTS[:3]]
    graph.add("Split", [graph.product(states, f"{name}asked", *asked)], parts, axis=-1, num_outputs=3)
    graph.add("MultiHeadAttention", parts, f"{name}seen", domain=MICROSOFT, num_heads=HEADS)
    graph.add("Add", [graph.product(f"{name}seen", f"{name}mixed", *mixed), states], f"{name}sum")
    first = f"inner.encoder.layer.{layer}."
    norms = [
        (held[f"{first}{part}LayerNorm.weight"], held[f"{first}{part}LayerNorm.bias"])
        for part in ("attention.output.", "output.")
    ]
    own = graph.norm(f"{name}sum", f"{name}own", *norms[0])
    graph.add("Gelu", [graph.product(own, f"{name}wide", *wide)], f"{name}open", domain=MICROSOFT)
    graph.add("Add", [graph.product(f"{name}open", f"{name}narrow", *narrow), own], f"{name}total")
    return graph.norm(f"{name}total", f"{name}states", *norms[1])


if __name__ == "__main__":
    main()
