"""Write trained story vectors as the ONNX that accord ships, its weights in int8.

    python eval/export_story_vectors.py build/story-vectors.pt [MORE.pt ...] [--out FILE] [--float FILE]

Of several checkpoints the mean of the weights is taken. Weights are kept in int8 with a scale a column (word vectors: a
row) and unpacked when the file is loaded, so that products run in float32: whole int8 is twice as fast, but takes a
percent off the vectors and with it half a point off the stories (docs/models.md).
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from torch import Tensor, nn
from transformers import AutoModel

from train_story_vectors import ROOT, WEIGHTS


class Shipped(nn.Module):
    """The encoder for one text: pieces (1, length) -> its unit vector (1, 384)."""

    def __init__(self, encoder: nn.Module, *, small: bool) -> None:
        super().__init__()
        self.encoder = encoder
        self.small = small
        table = encoder.embeddings.word_embeddings.weight.detach()
        scale = table.abs().amax(1, keepdim=True).clamp(min=1e-12) / 127
        self.register_buffer("rows", (table / scale).round().to(torch.int8) if small else table)
        self.register_buffer("scale", scale)

    def forward(self, pieces: Tensor) -> Tensor:
        embedded = nn.functional.embedding(pieces, self.rows)
        if self.small:
            embedded = embedded.float() * nn.functional.embedding(pieces, self.scale)
        states = self.encoder(inputs_embeds=embedded).last_hidden_state
        return nn.functional.normalize(states.mean(1), dim=-1)


def mean(paths: list[Path]) -> dict[str, Tensor]:
    """Return the mean of the weights of checkpoints (of a run, or of a run's end)."""
    states = [torch.load(path, weights_only=False) for path in paths]
    states = [state.get("model", state) for state in states]
    return {n: torch.stack([s[n].float() for s in states]).mean(0).to(states[0][n].dtype) for n in states[0]}


def export(encoder: nn.Module, path: Path, *, small: bool) -> None:
    """Write `encoder` to `path`, its weights in int8 if `small`; print the size and the SHA-256."""
    encoder.eval()
    encoder.set_attn_implementation("eager")
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "model.onnx" if small else path
        torch.onnx.export(
            Shipped(encoder, small=small),
            (torch.tensor([[101, 2023, 2003, 102]]),),
            str(plain),
            input_names=["pieces"],
            output_names=["vector"],
            dynamic_axes={"pieces": {1: "length"}},
            dynamo=False,
        )
        if small:
            onnx.save(packed(onnx.load(str(plain))), str(path))
    print(f"{path.name}: {path.stat().st_size} bytes, SHA-256 {hashlib.sha256(path.read_bytes()).hexdigest()}")


def packed(model: onnx.ModelProto) -> onnx.ModelProto:
    """Return `model` with the weights of its matrix products in int8, a scale a column."""
    graph = model.graph
    weights = {item.name: item for item in graph.initializer}
    unpacked = []
    for node in graph.node:
        if node.op_type != "MatMul" or node.input[1] not in weights:
            continue
        name = node.input[1]
        values = numpy_helper.to_array(weights[name]).astype(np.float32)
        scale = np.abs(values).max(axis=0) / 127
        graph.initializer.append(numpy_helper.from_array(np.round(values / scale).astype(np.int8), f"{name}.int8"))
        graph.initializer.append(numpy_helper.from_array(scale.astype(np.float32), f"{name}.scale"))
        unpacked.append(
            helper.make_node("DequantizeLinear", [f"{name}.int8", f"{name}.scale"], [f"{name}.float"], axis=1)
        )
        node.input[1] = f"{name}.float"
        graph.initializer.remove(weights.pop(name))
    nodes = [*unpacked, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    onnx.checker.check_model(model)
    return model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=ROOT / "src" / "accord" / "models" / "stories" / "model.onnx")
    parser.add_argument("--float", type=Path)
    args = parser.parse_args()
    encoder = AutoModel.from_pretrained(str(WEIGHTS), add_pooling_layer=False)
    encoder.load_state_dict(mean(args.checkpoints))
    export(encoder, args.out, small=True)
    if args.float:
        export(encoder, args.float, small=False)


if __name__ == "__main__":
    main()
