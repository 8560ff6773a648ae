"""Average the pair encoders of several seeds (model soup: Wortsman et al., 2022) and write the ONNX that accord ships.

python eval/average_pairs.py build/pairs-2-gold-0.pt build/pairs-2-gold-1.pt [--out FOLDER]
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from pair_model import PairModel
from train_pairs import ROOT, export


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=ROOT / "src" / "accord" / "models" / "pairs")
    args = parser.parse_args()
    states = [torch.load(path)["model"] for path in args.checkpoints]
    mean = {
        name: torch.stack([state[name].float() for state in states]).mean(0).to(states[0][name].dtype)
        for name in states[0]
    }
    model = PairModel()
    model.load_state_dict(mean)
    export(model, args.out)


if __name__ == "__main__":
    main()
