"""Train the pair encoder and write it as ONNX.

    python eval/train_pairs.py [--hold-out gold|none] [--seed 0] [--out FOLDER]

Two steps, each with a checkpoint in build/, so that a stopped run goes on: first ECB+ (event coreference across
documents) and QA-ALIGN, where spans are event mentions; then the gold events, where spans are clauses and whole
sentences, with numbers and weekdays changed in a fifth of the examples so that a changed value is still the same fact.
With --hold-out gold (what is shipped) the nine events are never seen. About 40 minutes on 2 cores.
Reads build/pairs.json (pair_data.py) and ../shared/data/coref.
"""

from __future__ import annotations

import argparse
import ast
import csv
import gzip
import hashlib
import itertools
import json
import random
import re
import tarfile
from collections import defaultdict
from pathlib import Path

import torch

from pair_model import Example, PairModel, Range, collate, prepare, train

ROOT = Path(__file__).resolve().parent.parent
COREF = ROOT.parent / "shared" / "data" / "coref"
SAME_LENGTH = [["Monday", "Friday", "Sunday"], ["Thursday", "Saturday"]]


def offsets(tokens: list[str]) -> list[Range]:
    """Return the character range of each of `tokens` joined by single spaces."""
    found, at = [], 0
    for token in tokens:
        found.append((at, at + len(token)))
        at += len(token) + 1
    return found


# ECB+ and QA-ALIGN ----------------------------------------------------------------------------------------------------


def read_ecb() -> dict[str, list[tuple[str, str, list[tuple[Range, str]]]]]:
    """Return, per topic, (document, sentence, [(span of an event mention, its chain)]) of the training part."""
    with tarfile.open(COREF / "ecbplus-train-dev.tar.gz") as archive:
        files = {Path(m.name).name: archive.extractfile(m).read().decode() for m in archive.getmembers() if m.isfile()}
    tokens: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for line in files["ECB_Train_corpus.txt"].splitlines():
        parts = line.split("\t")
        if len(parts) >= 4:
            tokens[parts[0]][int(parts[1])].append(parts[3])
    mentions = defaultdict(list)
    for mention in json.loads(files["ECB_Train_Event_gold_mentions.json"]):
        mentions[mention["doc_id"], mention["sent_id"]].append(mention)
    topics = defaultdict(list)
    for document, sentences in tokens.items():
        for number, words in sentences.items():
            spans = offsets(words)
            found = [
                ((spans[m["tokens_number"][0]][0], spans[m["tokens_number"][-1]][1]), m["coref_chain"])
                for m in mentions[document, number]
                if m["tokens_number"][-1] < len(spans)
            ]
            if found:
                topics[document.split("_")[0]].append((document, " ".join(words), found))
    return topics


def ecb_examples(chance: random.Random, most: int = 240) -> list[Example]:
    """Return sentence pairs of ECB+: up to `most` a topic that share an event, and as many that share words only."""
    examples = []
    for sentences in read_ecb().values():
        bags = [{w[:6].lower() for w in re.findall(r"\w+", s[1]) if len(w) > 3} for s in sentences]
        same, other = [], []
        for i, j in itertools.combinations(range(len(sentences)), 2):
            if sentences[i][0] != sentences[j][0]:
                chains = [{chain for _, chain in sentences[k][2]} for k in (i, j)]
                (same if chains[0] & chains[1] else other).append((len(bags[i] & bags[j]), i, j))
        chance.shuffle(same)
        same = same[:most]
        other.sort(reverse=True)
        other = other[: len(same)] + chance.sample(other, min(len(other), len(same) // 2))
        for label, chosen in ((1.0, same), (0.0, other)):
            for _, i, j in chosen:
                (_, a, in_a), (_, b, in_b) = sentences[i], sentences[j]
                weight = 1.5 / (len(in_a) * len(in_b))
                spans = [((0, len(a)), (0, len(b)), label, 1.0)]
                spans += [(x, y, float(c == d), weight) for x, c in in_a for y, d in in_b]
                examples.append(prepare(a, b, spans))
    return examples


def qa_examples() -> list[Example]:
    """Return the sentence pairs of QA-ALIGN; spans are the verbs, same where their questions are aligned."""
    csv.field_size_limit(10**9)
    examples = []
    with gzip.open(COREF / "qaalign-dev.csv.gz", "rt", encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            a, b = row["text_1"], row["text_2"]
            at_a, at_b = offsets(a.split()), offsets(b.split())
            aligned = {
                (p["verb_idx"], q["verb_idx"])
                for alignment in ast.literal_eval(row["alignments"] or "[]")
                for p in alignment["sent1"]
                for q in alignment["sent2"]
            }
            try:
                verbs_a = {q["verb_idx"] for q in ast.literal_eval(row["qas_1"]) if q["verb_idx"] < len(at_a)}
                verbs_b = {q["verb_idx"] for q in ast.literal_eval(row["qas_2"]) if q["verb_idx"] < len(at_b)}
            except (SyntaxError, ValueError):
                continue
            if verbs_a and verbs_b:
                weight = 1.5 / (len(verbs_a) * len(verbs_b))
                spans = [((0, len(a)), (0, len(b)), float(bool(aligned)), 1.0)]
                spans += [
                    (at_a[x], at_b[y], float((x, y) in aligned), weight)
                    for x in sorted(verbs_a)
                    for y in sorted(verbs_b)
                ]
                examples.append(prepare(a, b, spans))
    return examples


# gold events ----------------------------------------------------------------------------------------------------------


def touch(a: Range, b: Range) -> bool:
    """At least half of the shorter span is shared."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0])) * 2 >= min(a[1] - a[0], b[1] - b[0]) > 0


def event_pairs(event: dict) -> tuple[list, list]:
    """Return the sentence pairs of different articles: sharing a fact, and the other candidates, likest first."""
    sentences = event["sentences"]
    spans = [(s["article"], (s["start"], s["start"] + len(s["text"]))) for s in sentences]
    told: dict[tuple[int, int], list[tuple[Range, Range]]] = defaultdict(list)
    for fact in event["facts"]:
        for (article_a, x), (article_b, y) in itertools.permutations(fact, 2):
            first = [i for i, (article, span) in enumerate(spans) if article == article_a and touch(x, span)]
            second = [j for j, (article, span) in enumerate(spans) if article == article_b and touch(y, span)]
            for i, j in itertools.product(first, second):
                if i < j and article_a != article_b:
                    told[i, j].append((x, y))
    same = [(sentences[i], sentences[j], gold) for (i, j), gold in sorted(told.items())]
    other = [(sentences[i], sentences[j], []) for i, j in map(tuple, event["candidates"]) if (i, j) not in told]
    return same, other


def change(text: str, chance: random.Random) -> str:
    """Return `text` with other digits and other weekdays of the same length."""
    if chance.random() < 0.6:
        text = re.sub(r"\d", lambda _: str(chance.randint(1, 9)), text, count=chance.randint(1, 4))
    for days in SAME_LENGTH:
        text = re.sub("|".join(days), lambda _, days=days: chance.choice(days), text)
    return text


def gold_example(pair, chance: random.Random) -> Example:
    """Return the example of a sentence pair: the whole sentences, and each clause with each."""
    a, b, gold = pair
    text_a, text_b = a["text"], b["text"]
    if chance.random() < 0.2:
        text_a = change(text_a, chance)
    weight = 2.0 / (len(a["clauses"]) * len(b["clauses"]))
    spans = [((0, len(text_a)), (0, len(text_b)), float(bool(gold)), 1.0)]
    for x in a["clauses"]:
        for y in b["clauses"]:
            label = any(touch(x, u) and touch(y, v) for u, v in gold)
            in_a, in_b = ((x[0] - a["start"], x[1] - a["start"]), (y[0] - b["start"], y[1] - b["start"]))
            spans.append((in_a, in_b, float(label), weight))
    if chance.random() < 0.5:
        return prepare(text_b, text_a, [(y, x, label, weight) for x, y, label, weight in spans])
    return prepare(text_a, text_b, spans)


def gold_epoch(events: list[tuple[list, list]], chance: random.Random) -> list[Example]:
    """Return all pairs that share a fact, and about four others for each: mostly look-alikes, some at random."""
    examples = []
    for same, other in events:
        number = int(len(same) * 3.5) + 20
        alike = other[: int(number * 1.6)]
        chance.shuffle(alike)
        chosen = alike[: int(number * 0.85)] + chance.sample(other, min(len(other), int(number * 0.15)))
        examples += [gold_example(pair, chance) for pair in same + chosen]
    return examples


# export ---------------------------------------------------------------------------------------------------------------


def export(model: PairModel, folder: Path) -> None:
    """Write `model.onnx`, matrices as int8 with a scale per row, and print its SHA-256."""
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    model.eval()
    model.encoder.set_attn_implementation("eager")
    inputs, _, _ = collate([prepare("A dam broke .", "The dam gave way .", [((0, 13), (0, 18), 1.0, 1.0)])] * 2)
    names = ["ids", "types", "mask", "row", "pool_a", "pool_b"]
    axes = {name: {0: "batch", 1: "length"} for name in names[:3]} | {"row": {0: "pairs"}}
    axes |= {name: {0: "pairs", 1: "length"} for name in names[4:]} | {"logits": {0: "pairs"}}
    path = folder / "model.onnx"
    folder.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(
        model, tuple(inputs), str(path), input_names=names, output_names=["logits"], dynamic_axes=axes, dynamo=False
    )
    graph = onnx.load(path)
    nodes = []
    for tensor in list(graph.graph.initializer):
        weights = numpy_helper.to_array(tensor)
        if tensor.data_type != TensorProto.FLOAT or weights.ndim != 2 or weights.size < 10_000:
            continue
        scale = abs(weights).max(axis=1).clip(1e-12) / 127
        quantized = (weights / scale[:, None]).round().astype("int8")
        graph.graph.initializer.remove(tensor)
        graph.graph.initializer.extend(
            [
                numpy_helper.from_array(quantized, tensor.name + "_int8"),
                numpy_helper.from_array(scale.astype("float32"), tensor.name + "_scale"),
                numpy_helper.from_array(scale.astype("int8") * 0, tensor.name + "_zero"),
            ]
        )
        parts = [tensor.name + suffix for suffix in ("_int8", "_scale", "_zero")]
        nodes.append(helper.make_node("DequantizeLinear", parts, [tensor.name], axis=0))
    for node in reversed(nodes):
        graph.graph.node.insert(0, node)
    onnx.save(graph, path)
    print(f"{path.name}: {path.stat().st_size} bytes, SHA-256 {hashlib.sha256(path.read_bytes()).hexdigest()}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hold-out", choices=["gold", "none"], default="gold")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, default=ROOT / "src" / "accord" / "models" / "pairs")
    args = parser.parse_args()
    build = ROOT / "build"
    torch.manual_seed(args.seed)
    model = PairModel()
    events = [e for e in json.loads((build / "pairs.json").read_text(encoding="utf-8")) if e["set"] != args.hold_out]
    first = build / f"pairs-1-{args.seed}.pt"
    second = build / f"pairs-2-{args.hold_out}-{args.seed}.pt"
    if not second.exists():
        examples = ecb_examples(random.Random(args.seed)) + qa_examples()
        train(model, lambda _: examples, epochs=1, rate=1.5e-4, size=24, checkpoint=first, seed=args.seed)
    pairs = [event_pairs(event) for event in events]
    train(model, lambda c: gold_epoch(pairs, c), epochs=3, rate=1.5e-4, size=24, checkpoint=second, seed=args.seed)
    export(model, args.out)


if __name__ == "__main__":
    main()
