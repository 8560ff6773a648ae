"""What is quoted and what is reported: spans between quotation marks."""

from __future__ import annotations

import pytest

from accord.stores.quoting import quoted


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“The quay holds,” she said.", "The quay holds,"),
        ("“The quay holds”, she said.", "The quay holds"),
        ("She said: “The quay holds. So does the crane.”", "So does the crane."),
        ('"The quay holds," she said.', "The quay holds,"),
        ('"The quay holds", she said.', "The quay holds"),
        ('She said ("The quay holds") and left.', "The quay holds"),
        ("‘The quay holds,’ she said.", "The quay holds,"),
        ("She said that the quay was “as firm as ever”.", "as firm as ever"),
        ("„Der Kai hält“, sagte sie.", "Der Kai hält"),
        ("»Der Kai hält«, sagte sie.", "Der Kai hält"),
        ("« Le quai tient », dit-elle.", "Le quai tient"),
        ("«Le quai tient», dit-elle.", "Le quai tient"),
        ("Le quai tient », dit-elle.", "Le quai tient"),
    ],
)
def test_what_stands_between_marks_is_quoted(text: str, words: str) -> None:
    start = text.index(words)
    assert quoted(text, start, start + len(words))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("She said that the quay held.", "the quay held"),
        ("“No,” the quay held, she said.", "the quay held"),
        ('"No," the quay held, she said.', "the quay held"),
        ('"No", the quay held, she said.', "the quay held"),
        ("« Non », le quai tenait, dit-elle.", "le quai tenait"),
        ("She said that the quay was “firm”.", "the quay was “firm”"),
        ('She said that the quay was "firm".', 'the quay was "firm"'),
        ("She said the quay held. “So does the crane,” she said.", "the quay held."),
        ('She said the quay held. "So does the crane," she said.', "the quay held."),
        ("She said it was the ferrymen’s quay.", "it was the ferrymen"),
        ("", ""),
    ],
)
def test_what_is_reported_is_not_quoted(text: str, words: str) -> None:
    start = text.index(words)
    assert not quoted(text, start, start + len(words))
