"""Write a trained attribution model as the int8 ONNX that accord ships, and as float32 to compare it with.

    python eval/export_attribution.py build/attribution.pt [MORE.pt ...] [--out FOLDER] [--float FILE]

Of several checkpoints (seeds) the mean of the weights is taken. Matrix products run in int8 with a scale a column, and
7 bits a weight, so that processors without VNNI give the same answers; word vectors are int8 with a scale a row.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
from pathlib import Path

import torch
from torch import Tensor, nn

from attribution_model import LINK, AttributionModel
from train_attribution import ROOT


class Shipped(nn.Module):
    """The model for one window: pieces and features (1, length), firsts (1, words) -> scores, asks, answers, chain."""

    def __init__(self, model: AttributionModel, *, small: bool) -> None:
        super().__init__()
        self.model = model
        self.small = small
        table = model.encoder.embeddings.word_embeddings.weight.detach()
        scale = table.abs().amax(1, keepdim=True).clamp(min=1e-12) / 127
        self.register_buffer("rows", (table / scale).round().to(torch.int8) if small else table)
        self.register_buffer("scale", scale)

    def forward(self, pieces: Tensor, features: Tensor, firsts: Tensor) -> tuple[Tensor, ...]:
        embedded = nn.functional.embedding(pieces, self.rows)
        if self.small:
            embedded = embedded.float() * nn.functional.embedding(pieces, self.scale)
        embedded = embedded + self.model.features(features)
        states = self.model.encoder(inputs_embeds=embedded).last_hidden_state
        words = torch.index_select(states, 1, firsts[0])
        link = (1, -1, 2, LINK)
        return (
            self.model.out(words),
            self.model.asks(words).reshape(link),
            self.model.answers(words).reshape(link),
            self.model.chain.transitions(),
        )


def mean(paths: list[Path]) -> dict[str, Tensor]:
    """Return the mean of the averaged weights of checkpoints."""
    states = [torch.load(path, weights_only=False)["average"] for path in paths]
    return {n: torch.stack([s[n].float() for s in states]).mean(0).to(states[0][n].dtype) for n in states[0]}


def export(model: AttributionModel, path: Path, *, small: bool) -> None:
    """Write `model` to `path`, int8 if `small`; print the size and the SHA-256."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    model.eval()
    model.encoder.set_attn_implementation("eager")
    path.parent.mkdir(parents=True, exist_ok=True)
    example = (torch.tensor([[101, 2023, 2003, 102]]), torch.zeros(1, 4, dtype=torch.long), torch.tensor([[1, 2, 3]]))
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "model.onnx" if small else path
        torch.onnx.export(
            Shipped(model, small=small),
            example,
            str(plain),
            input_names=["pieces", "features", "firsts"],
            output_names=["scores", "asks", "answers", "transitions"],
            dynamic_axes={
                "pieces": {1: "length"},
                "features": {1: "length"},
                "firsts": {1: "words"},
                "scores": {1: "words"},
                "asks": {1: "words"},
                "answers": {1: "words"},
            },
            dynamo=False,
        )
        if small:
            quantize_dynamic(
                plain,
                path,
                op_types_to_quantize=["MatMul"],
                per_channel=True,
                reduce_range=True,
                weight_type=QuantType.QInt8,
            )
    print(f"{path.name}: {path.stat().st_size} bytes, SHA-256 {hashlib.sha256(path.read_bytes()).hexdigest()}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=ROOT / "src" / "accord" / "models" / "attribution")
    parser.add_argument("--float", type=Path)
    args = parser.parse_args()
    model = AttributionModel()
    model.load_state_dict(mean(args.checkpoints))
    export(model, args.out / "model.onnx", small=True)
    if args.float:
        export(model, args.float, small=False)


if __name__ == "__main__":
    main()
