"""Word forms: the same as the attribute ruler and the lemmatizer give, whatever was read before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from accord.analyze import language, word_forms
from accord.analyze.word_forms import WordForms

if TYPE_CHECKING:
    from spacy.tokens import Doc

SET: list[int | str] = ["TAG", "DEP", "POS", "MORPH", "LEMMA"]
TEXTS = (
    "The mayors had been leaving the mills; she left hers to them, and they're better off.",
    "There is a ferry. There were two barges, and it is said that there'll be more.",
    "Let's go: it is gonna sink, it ain't gotta, and c'mon, y'all know it.",
    "I told you that you saw it.\n\n  It saw  you and I did what you do.",
    "Rates, fares and 12 of the best-known inns rose 3.5% in Varlund's oldest quarter.",
    "",
    "   ",
)


def parsed(text: str) -> Doc:
    """Return `text` as it stands before the attribute ruler."""
    nlp = language.load()
    doc = nlp.make_doc(text)
    for name in ("tok2vec", "tagger", "parser"):
        doc = nlp.get_pipe(name)(doc)
    return doc


def expected(text: str) -> Doc:
    nlp = language.load()
    return nlp.get_pipe("lemmatizer")(nlp.get_pipe("attribute_ruler")(parsed(text)))


@pytest.mark.parametrize("text", TEXTS)
def test_word_forms_are_those_of_the_pipes(text: str) -> None:
    forms = WordForms(language.load())
    for _ in range(2):
        assert np.array_equal(forms(parsed(text)).to_array(SET), expected(text).to_array(SET))


def test_what_was_read_before_changes_nothing() -> None:
    forms = WordForms(language.load())
    for text in (*TEXTS, *reversed(TEXTS)):
        assert np.array_equal(forms(parsed(text)).to_array(SET), expected(text).to_array(SET))


def test_no_more_words_are_kept_than_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_forms, "_MOST_KEPT", 3)
    forms = WordForms(language.load())
    for text in TEXTS:
        assert np.array_equal(forms(parsed(text)).to_array(SET), expected(text).to_array(SET))
    assert len(forms._known) <= 3


def test_rules_for_one_token_look_at_nothing_but_the_word_its_tag_and_its_dependency() -> None:
    ruler = language.load().get_pipe("attribute_ruler")
    looked_at = {
        attribute
        for rule in ruler.patterns  # type: ignore[attr-defined]
        for pattern in rule["patterns"]
        for token in pattern
        for attribute in token
    }
    assert looked_at <= {"ORTH", "LOWER", "IS_SPACE", "TAG", "DEP"}
