"""How likely two claims are one fact: the tables fit their features, and a restated fact is likelier than another."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from accord.errors import ModelError
from accord.reconcile import likeness
from accord.reconcile.claims import find_claims
from accord.records import Analysis
from reconcile.stories import Said, report

SANK = Said("A freight barge sank off the port of Varlund late on Monday.", "sink")
AGAIN = Said("The freight barge went down near the port of Varlund on Monday night.", "go")
CAKE = Said("A bakery in Ardley sold its last cake before noon.", "sell")


def test_a_table_for_other_features_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    path.write_text(json.dumps({"bias": 0.0, "weights": {"length of the byline": 1.0}}), encoding="utf-8")
    with pytest.raises(ModelError, match="made for other features"):
        likeness.load_weights(path)


def test_features_in_another_order_are_refused(tmp_path: Path) -> None:
    table = json.loads(likeness.TABLE.read_text(encoding="utf-8"))
    table["weights"] = dict(reversed(table["weights"].items()))
    path = tmp_path / "weights.json"
    path.write_text(json.dumps(table), encoding="utf-8")
    with pytest.raises(ModelError, match=r"weights\.json"):
        likeness.load_weights(path)


def test_the_shipped_table_fits() -> None:
    assert likeness.load_weights().weights


def test_a_fact_told_again_is_likelier_than_another() -> None:
    claims = find_claims([report("a", SANK, CAKE)[1], report("b", AGAIN)[1]], {})
    found = likeness.likeness(claims, threads=1).probabilities
    assert found[0, 2] > 0.2 > found.get((1, 2), 0.0) * 4
    assert all(claims[a].article != claims[b].article for a, b in found)


def test_one_report_alone_is_not_compared() -> None:
    claims = find_claims([report("a", SANK, AGAIN)[1]], {})
    assert dict(likeness.likeness(claims, threads=1).probabilities) == {}


def test_order_of_articles_does_not_matter() -> None:
    analyses = [report("a", SANK, CAKE)[1], report("b", AGAIN)[1], report("c", SANK)[1]]

    def probabilities(analyses: Sequence[Analysis]) -> dict[frozenset[tuple[str, int, int]], float]:
        claims = find_claims(analyses, {})
        found = likeness.likeness(claims, threads=1).probabilities
        return {frozenset((claims[a].key, claims[b].key)): likely for (a, b), likely in found.items()}

    assert probabilities(analyses) == pytest.approx(probabilities(analyses[::-1]), abs=1e-4)
