"""Write the graph that `accord.models.encoder` runs: spaCy's word encoder, without weights.

    python eval/export_encoder.py

Prints the SHA-256, which goes into `models/encoder.py`. The weights are inputs: they come from the installed pipeline.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from onnx import NodeProto, TensorProto, ValueInfoProto, checker, helper

ROOT = Path(__file__).resolve().parent.parent
MODEL = ROOT / "src" / "accord" / "models" / "parse" / "encoder.onnx"
WIDTH, PIECES, DEPTH = 96, 3, 4
CONSTANTS = {
    "before": [1, 0, -1, 0],  # rows and columns to add before and after: each row sees the one before it
    "after": [-1, 0, 1, 0],
    "around": [DEPTH, 0, DEPTH, 0],
    "pieces": [WIDTH] * PIECES,
    "rows": [0],
    "first": [DEPTH],
    "last": [-DEPTH],
}


def main() -> None:
    """Write the graph."""
    nodes: list[NodeProto] = []
    inputs = [helper.make_tensor_value_info("embedded", TensorProto.FLOAT, ["words", "wide"])]
    add_layer(nodes, inputs, 0, "embedded", "wide", "mixed")
    nodes.append(helper.make_node("Pad", ["mixed", "around"], ["states0"]))
    for layer in range(1, DEPTH + 1):
        own, window = f"states{layer - 1}", f"window{layer}"
        nodes += [
            helper.make_node("Pad", [own, "before"], [f"before{layer}"]),
            helper.make_node("Pad", [own, "after"], [f"after{layer}"]),
            helper.make_node("Concat", [f"before{layer}", own, f"after{layer}"], [window], axis=1),
        ]
        add_layer(nodes, inputs, layer, window, 3 * WIDTH, f"new{layer}")
        nodes.append(helper.make_node("Add", [f"new{layer}", own], [f"states{layer}"]))
    nodes.append(helper.make_node("Slice", [f"states{DEPTH}", "first", "last", "rows"], ["states"]))
    graph = helper.make_graph(
        nodes,
        "encoder",
        inputs,
        [helper.make_tensor_value_info("states", TensorProto.FLOAT, ["words", WIDTH])],
        [helper.make_tensor(name, TensorProto.INT64, [len(row)], row) for name, row in CONSTANTS.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    checker.check_model(model)
    content = model.SerializeToString(deterministic=True)
    MODEL.write_bytes(content)
    print(f"{MODEL.name}: {len(content)} bytes, SHA-256 {hashlib.sha256(content).hexdigest()}")


def add_layer(
    nodes: list[NodeProto], inputs: list[ValueInfoProto], layer: int, given: str, wide: int | str, out: str
) -> None:
    """Add a layer: the largest of three products with weights, brought to mean 0 and variance 1, scaled and shifted."""
    shapes = {"weights": [PIECES * WIDTH, wide], "bias": [PIECES * WIDTH], "scale": [WIDTH], "shift": [WIDTH]}
    for name, shape in shapes.items():
        inputs.append(helper.make_tensor_value_info(f"{name}{layer}", TensorProto.FLOAT, shape))
    pieces = [f"piece{layer}.{number}" for number in range(PIECES)]
    nodes += [
        helper.make_node("Gemm", [given, f"weights{layer}", f"bias{layer}"], [f"product{layer}"], transB=1),
        helper.make_node("Split", [f"product{layer}", "pieces"], pieces, axis=1),
        helper.make_node("Max", pieces, [f"largest{layer}"]),
        helper.make_node(
            "LayerNormalization",
            [f"largest{layer}", f"scale{layer}", f"shift{layer}"],
            [out],
            axis=-1,
            epsilon=1e-8,
        ),
    ]


if __name__ == "__main__":
    main()
