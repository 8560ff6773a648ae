"""Entities are those of spaCy's recognizer, token by token."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from accord.analyze import language
from accord.analyze.entities import Entities

WORDS = (
    "Velmar Steel Ardley Monday June 12 2019 the of and said New York City Bank $ 40 million percent Dr. Ilse Brandt "
    "European Union Hotel , . “ ” ( ) - three first English United Nations Security Council mill 's \n \n\n x @ &"
).split(" ")
READ = ["ENT_IOB", "ENT_TYPE", "ENT_KB_ID"]
TEXT = (
    "Ilse Brandt of Velmar Steel told the Bank of Norway on Monday that it would pay $40 million to New York City "
    "by June 12, 2019. The United Nations Security Council met in Oslo; three of the first five hotels are English."
)


def both(words: list[str], starts: list[int]) -> tuple[Doc, Doc]:
    """Return the same words with the entities that spaCy finds, and with ours."""
    nlp = language.load()
    docs = []
    for find in (nlp.get_pipe("ner"), Entities(nlp)):
        doc = Doc(nlp.vocab, words=words)
        for number, token in enumerate(doc):
            token.is_sent_start = number == 0 or number in starts
        docs.append(find(doc))
    return docs[0], docs[1]


def same(one: Doc, other: Doc) -> bool:
    return bool(np.array_equal(one.to_array(READ), other.to_array(READ)))


def test_entities_of_running_text() -> None:
    nlp = language.load()
    words = [token.text for token in nlp.make_doc(TEXT)]
    theirs, ours = both(words, [words.index(".") + 1])
    assert same(theirs, ours)
    assert "New York City" in {entity.text for entity in ours.ents}


def test_no_words_have_no_entities() -> None:
    nlp = language.load()
    assert Entities(nlp)(nlp.make_doc("")).ents == ()


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.sampled_from([word for word in WORDS if word]), min_size=1, max_size=40), st.lists(st.integers(0, 39))
)
def test_entities_are_those_of_spacy(words: list[str], starts: list[int]) -> None:
    assert same(*both(words, starts))
