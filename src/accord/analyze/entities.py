"""Names entities as spaCy's entity recognizer does, all tokens at once.

spaCy goes from token to token, and its score for a move depends on the token, and inside of an entity on where that
began. Outside of one nothing before matters: so what each token would do there is one matrix product, and only where
an entity may begin is it followed further. The moves that are allowed are those of spaCy's BILUO transition system.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from accord.errors import ModelError
from accord.models.encoder import Encoder, States

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Flags = NDArray[np.bool_]
Places = NDArray[np.int64]

_FEATURES = 3


class Entities:
    """The entity recognizer of one pipeline."""

    def __init__(self, nlp: Language) -> None:
        pipe: Any = nlp.get_pipe("ner")
        model = pipe.model
        tok2vec, lower, upper = (model.get_ref(name) for name in ("tok2vec", "lower", "upper"))
        linear = next(part for part in tok2vec.walk() if part.name == "linear")
        if lower.get_dim("nF") != _FEATURES or model.attrs["unseen_classes"]:
            raise ModelError("spaCy's pipeline has another entity recognizer than accord runs: reinstall accord")
        self._encoder = Encoder(tok2vec)
        self._gemm = model.ops.gemm
        self._linear = linear.get_param("W"), linear.get_param("b")
        self._hidden = (lower.get_dim("nO"), lower.get_dim("nP"))
        size = self._hidden[0] * self._hidden[1]
        self._weights = [np.ascontiguousarray(each.reshape(size, -1)) for each in lower.get_param("W")]
        self._absent = lower.get_param("pad")[0].reshape(_FEATURES, size)
        self._bias = lower.get_param("b").reshape(size)
        self._upper = upper.get_param("W"), upper.get_param("b")
        names = [str(pipe.moves.get_class_name(move)) for move in range(pipe.moves.n_moves)]
        moves = [name.partition("-")[::2] for name in names]
        self._labels = sorted({label for _, label in moves if label})
        number = {move: at for at, move in enumerate(moves)}
        self._begin, self._inside, self._last, self._unit = (
            np.array([number[kind, label] for label in self._labels]) for kind in "BILU"
        )
        self._out = number["O", ""]

    def __call__(self, doc: Doc) -> Doc:
        """Set the entities of `doc`, whose sentences are known, in place."""
        from spacy.tokens import Span

        found = self._find(doc) if len(doc) else []
        doc.set_ents([Span(doc, start, end, label) for start, end, label in found], default="outside")
        return doc

    def _find(self, doc: Doc) -> list[tuple[int, int, str]]:
        """Return the entities as first token, token after the last, and label."""
        weights, bias = self._linear
        states: States = self._gemm(self._encoder(doc), weights, trans2=True) + bias
        read = doc.to_array(["SENT_START", "IS_SPACE"])
        goes_on = np.append(read[1:, 0] != 1, False)
        here = self._gemm(states, self._weights[0], trans2=True)
        chosen = self._choose(self._score(here + self._absent[1] + self._absent[2]), goes_on, read[:, 1] == 1)
        begins = np.flatnonzero(np.isin(chosen, self._begin))
        kinds = {int(move): kind for moves in (self._begin, self._unit) for kind, move in enumerate(moves)}
        labels = np.array([kinds[int(move)] for move in chosen[begins]], dtype=np.int64)
        ends = dict(zip(begins.tolist(), self._follow(states, here, begins, labels, goes_on).tolist(), strict=True))
        found: list[tuple[int, int, str]] = []
        reached = 0
        for start in np.flatnonzero(chosen != self._out).tolist():
            if start >= reached:
                reached = ends.get(start, start + 1)
                found.append((start, reached, self._labels[kinds[int(chosen[start])]]))
        return found

    def _choose(self, scores: States, goes_on: Flags, space: Flags) -> Places:
        """Return the move of each token where no entity is open."""
        allowed = np.full_like(scores, -np.inf)
        allowed[:, self._out] = 0.0
        allowed[np.ix_(~space, self._unit)] = 0.0
        allowed[np.ix_(goes_on & ~space, self._begin)] = 0.0
        return np.asarray((scores + allowed).argmax(axis=1))

    def _follow(self, states: States, here: States, begins: Places, labels: Places, goes_on: Flags) -> Places:
        """Return the token after the last of the entities that begin at `begins`."""
        ends = begins + 2
        _, start_weights, before_weights = self._weights
        first = self._gemm(states[begins], start_weights, trans2=True)
        going = np.arange(len(begins))
        while len(going):
            place = ends[going] - 1
            before = self._gemm(states[place - 1], before_weights, trans2=True)
            scores = self._score(here[place] + first[going] + before)
            rows = np.arange(len(going))
            inside, last = scores[rows, self._inside[labels[going]]], scores[rows, self._last[labels[going]]]
            going = going[(inside >= last) & goes_on[place]]
            ends[going] += 1
        return ends

    def _score(self, sums: States) -> States:
        """Return the score of every move for sums of features."""
        hidden = (sums + self._bias).reshape(-1, *self._hidden).max(axis=2)
        weights, bias = self._upper
        scores: States = self._gemm(hidden, weights, trans2=True) + bias
        return scores
