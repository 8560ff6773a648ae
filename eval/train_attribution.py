"""Train the attribution model on PolNeAR.

    python eval/train_attribution.py --epochs 8 --stop 4 --mask 0 --dropout 0.1 --name attribution-first
    python eval/train_attribution.py --epochs 7 --seed 1 --fork build/attribution-first.pt

One document is one example however many annotated it: each epoch takes the reading of one of them. Windows begin at
another place in each epoch. Layers nearer the words learn more slowly, word vectors not at all; what is measured and
shipped is the running average of the weights. A checkpoint after every epoch in build/, so that a stopped run goes on;
a line of figures on dev an epoch in build/NAME.log. About 4 minutes an epoch on 2 cores, 7 on one. A fork goes on from
another run's checkpoint, in another order and with other settings.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from accord.models.attribution import KINDS, decode, link
from accord.models.attribution_windows import MOST_PIECES, Words, windows
from attribution import score
from attribution_data import POLNEAR, Attribution, Document, labels, load
from attribution_model import LINK, AttributionModel

ROOT = Path(__file__).resolve().parent.parent
TOKENS = 2048  # word pieces a batch
MASK = 103
WARM = 0.06
KEEP = 0.998  # of the running average, a step

Example = tuple[Words, list[int], list[tuple[int, int, int]]]


def examples(documents: Sequence[Document], chance: random.Random, most: int = MOST_PIECES) -> list[Example]:
    """Return the words, labels and links of every window, by one annotator of each document."""
    found = []
    for document in documents:
        attributions = chance.choice(document.annotations)
        skip = chance.randrange(min(6, len(document.paragraphs)))
        for part in (document.paragraphs[:skip], document.paragraphs[skip:]):
            for window in windows(document.text, part, most=most, context=0):
                found.append((window.words, *labels(window.words, attributions)))
    return found


def batches(found: Sequence[Example], chance: random.Random) -> list[list[Example]]:
    """Return batches of windows of like length, in random order."""
    order = sorted(range(len(found)), key=lambda i: len(found[i][0].pieces) + chance.random() * 16)
    made: list[list[int]] = []
    batch: list[int] = []
    longest = 0
    for i in order:
        size = len(found[i][0].pieces)
        if batch and max(longest, size) * (len(batch) + 1) > TOKENS:
            made.append(batch)
            batch, longest = [], 0
        batch.append(i)
        longest = max(longest, size)
    made.append(batch)
    chance.shuffle(made)
    return [[found[i] for i in batch] for batch in made]


def collate(words: Sequence[Words]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Return pieces, features and mask (batch, length), and the first pieces of words (batch, words)."""
    shape = (len(words), max(len(w.pieces) for w in words))
    pieces, features, mask = (torch.zeros(shape, dtype=torch.long) for _ in range(3))
    firsts = torch.zeros(len(words), max(len(w.firsts) for w in words), dtype=torch.long)
    for row, w in enumerate(words):
        pieces[row, : len(w.pieces)] = torch.tensor(w.pieces)
        features[row, : len(w.pieces)] = torch.tensor(w.features)
        mask[row, : len(w.pieces)] = 1
        firsts[row, : len(w.firsts)] = torch.tensor(w.firsts)
    return pieces, features, mask, firsts


def link_loss(asks: Tensor, answers: Tensor, links: Sequence[Sequence[tuple[int, int, int]]]) -> Tensor:
    """Return the mean cross-entropy of each cue's pick among the sources and each content's among the cues."""
    total, count = asks.new_zeros(()), 0
    for row, found in enumerate(links):
        cues = sorted({cue for _, _, cue in found if cue >= 0})
        for kind in (0, 1):
            pairs = {first: cue for number, first, cue in found if number == kind and cue >= 0}
            if not pairs:
                continue
            others = sorted(pairs)
            part = slice(kind * LINK, (kind + 1) * LINK)
            table = asks[row, cues, part] @ answers[row, others, part].T / 8
            if kind == 1:
                target = [cues.index(pairs[other]) for other in others]
                table = table.T
            else:
                owner = {cue: others.index(first) for number, first, cue in found if number == 0 and cue >= 0}
                kept = [number for number, cue in enumerate(cues) if cue in owner]
                target = [owner[cues[number]] for number in kept]
                table = table[kept]
            total = total + nn.functional.cross_entropy(table, torch.tensor(target), reduction="sum")
            count += len(target)
    return total / max(1, count)


def evaluate(model: AttributionModel, documents: Sequence[Document], most: int = MOST_PIECES) -> dict[str, float]:
    """Return the F1 of source, cue and content by CofeNet's rule."""
    model.eval()
    chain = model.chain.transitions().detach().numpy()

    def find(document: Document) -> list[Attribution]:
        given = windows(document.text, document.paragraphs, most=most)
        outputs = []
        for window in given:
            with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
                scores, *vectors = (out.float() for out in model(*collate([window.words])))
            outputs.append([scores.numpy(), *(v.reshape(1, -1, 2, LINK).numpy() for v in vectors), chain])
        return [
            Attribution((a.source,) if a.source else (), (a.cue,) if a.cue else (), a.content)
            for a in link(decode(given, outputs))
        ]

    report = score(documents, find)
    model.train()
    return {kind: round(report.units[kind].scores[2], 2) for kind in KINDS}


def groups(model: AttributionModel, rate: float, head: float, decay: float) -> list[dict]:
    """Return the parameters and rates: the top layer learns at `rate`, each below at `decay` of the one above."""
    embeddings, layers = model.encoder.embeddings, model.encoder.encoder.layer
    embeddings.word_embeddings.weight.requires_grad_(False)
    found = [{"params": [p for p in embeddings.parameters() if p.requires_grad], "lr": rate * decay ** len(layers)}]
    found += [{"params": [*each.parameters()], "lr": rate * decay**up} for up, each in enumerate(reversed(layers))]
    return [*found, {"params": [p for n, p in model.named_parameters() if not n.startswith("encoder.")], "lr": head}]


def batch_loss(
    model: AttributionModel, batch: Sequence[Example], *, hidden: float, features: bool, chain: bool
) -> Tensor:
    """Return the loss of a batch: labels by the chain (or word by word), and links; a share of pieces is `hidden`."""
    pieces, shapes, mask, firsts = collate([words for words, _, _ in batch])
    pieces = torch.where((torch.rand(pieces.shape) < hidden) & (pieces > MASK), MASK, pieces)
    lengths = torch.tensor([len(words.firsts) for words, _, _ in batch])
    gold = torch.zeros(firsts.shape, dtype=torch.long)
    for row, (_, path, _) in enumerate(batch):
        gold[row, : len(path)] = torch.tensor(path)
    with torch.autocast("cpu", torch.bfloat16):
        scores, asks, answers = model(pieces, shapes * features, mask, firsts)
    if chain:
        loss = model.chain.loss(scores.float(), gold, lengths) / lengths.sum()
    else:
        alive = torch.arange(firsts.shape[1])[None] < lengths[:, None]
        loss = nn.functional.cross_entropy(scores.float()[alive], gold[alive])
    return 3 * loss + 0.1 * link_loss(asks.float(), answers.float(), [links for _, _, links in batch])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epochs", type=int, default=7)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--name", default="attribution")
    parser.add_argument("--fork", type=Path, help="begin where another run had come")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rate", type=float, default=4e-4, help="of the top layer")
    parser.add_argument("--head", type=float, default=2e-3, help="rate of what stands on the encoder")
    parser.add_argument("--decay", type=float, default=0.9, help="of the rate, a layer down")
    parser.add_argument("--most", type=int, default=MOST_PIECES, help="word pieces a window")
    parser.add_argument("--mask", type=float, default=0.15, help="share of word pieces hidden in training")
    parser.add_argument("--dropout", type=float, default=0.0, help="in the encoder")
    parser.add_argument("--stop", type=int, default=99, help="after this many epochs, though the rate is for --epochs")
    parser.add_argument("--no-features", action="store_true")
    parser.add_argument("--no-chain", action="store_true", help="train word by word")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    chance = random.Random(args.seed)
    train, dev = load(POLNEAR / "train.jsonl.gz"), load(POLNEAR / "dev.jsonl.gz")
    model = AttributionModel()
    for module in model.encoder.modules():
        if isinstance(module, nn.Dropout):
            module.p = args.dropout
    model.train()
    optimizer = torch.optim.AdamW(
        groups(model, args.rate, args.head, args.decay), weight_decay=0.01, betas=(0.9, 0.98), fused=True
    )
    rates = [group["lr"] for group in optimizer.param_groups]
    average = copy.deepcopy(model)
    total = args.epochs * len(batches(examples(train, random.Random(0), args.most), random.Random(0)))
    step, epoch, began = 0, 0, time.time()
    checkpoint = ROOT / "build" / f"{args.name}.pt"
    checkpoint.parent.mkdir(exist_ok=True)
    if checkpoint.exists() or args.fork:
        kept = torch.load(checkpoint if checkpoint.exists() else args.fork, weights_only=False)
        model.load_state_dict(kept["model"])
        average.load_state_dict(kept["average"])
        optimizer.load_state_dict(kept["optimizer"])
        step, epoch = kept["step"], kept["epoch"]
        if checkpoint.exists():
            chance.setstate(kept["chance"])
            torch.set_rng_state(kept["torch"])
        print(f"going on: {epoch} of {args.epochs} epochs", flush=True)
    while epoch < min(args.epochs, args.stop):
        running: list[float] = []
        for batch in batches(examples(train, chance, args.most), chance):
            done = step / total
            scale = done / WARM * (1 - done) / (1 - WARM) if done < WARM else max(0.01, (1 - done) / (1 - WARM))
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * scale
            loss = batch_loss(model, batch, hidden=args.mask, features=not args.no_features, chain=not args.no_chain)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            step += 1
            with torch.no_grad():
                weight = 1 - min(KEEP, (1 + step) / (10 + step))
                torch._foreach_lerp_([*average.parameters()], [*model.parameters()], weight)
            running.append(loss.item())
            if step % 50 == 0:
                print(f"{step}/{total} loss {sum(running[-50:]) / 50:.4f} {time.time() - began:.0f} s", flush=True)
        epoch += 1
        row = {
            "epoch": epoch,
            "loss": round(sum(running) / len(running), 4),
            "seconds": round(time.time() - began),
            "last": evaluate(model, dev, args.most),
            "average": evaluate(average, dev, args.most),
        }
        print(json.dumps(row), flush=True)
        with checkpoint.with_suffix(".log").open("a") as log:
            log.write(json.dumps(row) + "\n")
        states = {"model": model.state_dict(), "average": average.state_dict(), "optimizer": optimizer.state_dict()}
        randoms = {"chance": chance.getstate(), "torch": torch.get_rng_state()}
        aside = checkpoint.with_suffix(".part")
        torch.save({**states, **randoms, "step": step, "epoch": epoch, "seed": args.seed}, aside)
        aside.replace(checkpoint)


if __name__ == "__main__":
    main()
