"""The word encoder gives the vectors that spaCy gives."""

from __future__ import annotations

import numpy as np
import pytest

from accord.analyze import language
from accord.errors import ModelError
from accord.models.encoder import Encoder

TEXTS = (
    "Velmar",
    "Velmar Steel will close its mill at Ardley by June, the board said on Monday.",
    "“No,” said Ølve Brandt.\n\nThe harbour – built in 1904 – is old.  It holds 3,500 boats.",
)


@pytest.mark.parametrize("text", TEXTS)
def test_states_are_those_of_spacy(text: str) -> None:
    pipe = language.load().get_pipe("tok2vec")
    doc = language.load().make_doc(text)
    found = Encoder(pipe.model)(doc)
    assert found.shape == (len(doc), 96)
    assert np.allclose(found, pipe.predict([doc])[0], atol=1e-4)


def test_no_words_have_no_states() -> None:
    nlp = language.load()
    assert Encoder(nlp.get_pipe("tok2vec").model)(nlp.make_doc("")).shape == (0, 96)


def test_another_encoder_is_refused() -> None:
    with pytest.raises(ModelError, match="another encoder"):
        Encoder(language.load().get_pipe("tagger").model.layers[-1])
