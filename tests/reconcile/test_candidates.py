"""Which sentences are read side by side: of two articles, the most alike first, no more than are worth the time."""

from __future__ import annotations

import numpy as np
import pytest

from accord.reconcile import candidates
from accord.reconcile.candidates import Corpus, find_candidates, gather
from accord.reconcile.claims import find_claims
from reconcile.stories import Said, report

SANK = "The barge sank off Varlund in the storm."
SEARCH = "Divers searched the estuary until dawn."
CAKE = "A bakery in Ardley sold its last cake."


def corpus_of(**articles: list[str]) -> Corpus:
    """Return a corpus whose sentence vectors all are the same, so that shared words alone decide."""
    analyses = [report(id, *(Said(text) for text in texts))[1] for id, texts in articles.items()]
    claims = find_claims(analyses, {})
    units = gather(claims)
    return Corpus(claims, units, np.full((len(units), 4), 0.5, dtype=np.float32))


def texts_of(corpus: Corpus) -> list[tuple[str, str]]:
    return [(corpus.units[i].text, corpus.units[j].text) for i, j in find_candidates(corpus)]


def test_a_sentence_holds_its_claims() -> None:
    corpus = corpus_of(a=[SANK, SEARCH], b=[SANK])
    assert [(unit.article, unit.text, unit.claims) for unit in corpus.units] == [
        ("a", SANK, (0,)),
        ("a", SEARCH, (1,)),
        ("b", SANK, (2,)),
    ]
    assert corpus.unit_of == (0, 1, 2)


def test_rarer_words_weigh_more() -> None:
    corpus = corpus_of(a=[SANK, SEARCH], b=[SANK])
    assert corpus.weight(frozenset({"dawn"})) > corpus.weight(frozenset({"varlund"})) > 0
    assert corpus.weight(frozenset({"unheard"})) == 0


def test_the_most_alike_come_first_and_never_from_one_article() -> None:
    found = texts_of(corpus_of(a=[SANK, SEARCH, SANK], b=[CAKE, SEARCH]))
    assert found[0] == (SEARCH, SEARCH)
    assert len(found) == 6
    assert (SANK, SANK) not in found


def test_no_more_pairs_than_are_worth_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "AT_MOST", 2)
    assert texts_of(corpus_of(a=[SANK, SEARCH], b=[SEARCH, SANK])) == [(SANK, SANK), (SEARCH, SEARCH)]


def test_one_article_has_no_pairs() -> None:
    assert find_candidates(corpus_of(a=[SANK, SEARCH])) == []
