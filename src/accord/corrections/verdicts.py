"""What a finding is worth once it was corrected: its origins, its verdict and its weight, by the rules of the machine.

The same rules as in `reconcile` and `brief`, over what a `Finding` itself shows: evidence, differences, origins.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from accord.corrections.places import touches
from accord.records import Citation, Difference, Finding, Origin, Passage, Value, Verdict

ORIGINS, DISPUTED = 2.0, 1.0
"""What origins (per doubling) and a dispute are worth among the weights of `brief`."""


def count_origins(evidence: Sequence[Citation], origins: Sequence[Origin], passages: Sequence[Passage]) -> int:
    """Return how many independent texts carry `evidence`: copied passages and articles of one origin count once."""
    of_article = {article: origin.id for origin in origins for article in origin.articles}
    copied: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        copied[passage.article].append(passage)
    parent: dict[str, str] = {}

    def root(item: str) -> str:
        while parent.setdefault(item, item) != item:
            item = parent[item]
        return item

    for citation in evidence:
        own = root("article " + of_article.get(citation.article, citation.article))
        for passage in copied.get(citation.article, ()):
            if touches(passage, citation):
                belongs = (("passage ", passage.shared), ("article ", passage.origin), ("agency ", passage.agency))
                for kind, name in belongs:
                    if name is not None:
                        parent[root(kind + name)] = own
                        own = root(own)
    return len({root(item) for item in list(parent)})


def judged(finding: Finding, origins: int, bare: float | None = None) -> Finding:
    """Return `finding` with `origins`, and with the verdict that follows from these and from its differences.

    Disputed where an incompatible difference is left, else corroborated by two origins or more, else single. `bare` is
    its weight without what origins and disputes are worth, its own where none is given.
    """
    disputed = any(not difference.compatible for difference in finding.differences)
    verdict: Verdict = "disputed" if disputed else "corroborated" if origins > 1 else "single"
    between = (finding.between or "reports") if disputed else None
    made = replace(finding, origins=origins, verdict=verdict, between=between)
    if bare is None and _worth(made) == _worth(finding):
        return made
    return replace(made, weight=round((bare_weight(finding) if bare is None else bare) + _worth(made), 4))


def bare_weight(finding: Finding) -> float:
    """Return the weight of `finding` without what its origins and its dispute are worth."""
    return finding.weight - _worth(finding)


def _worth(finding: Finding) -> float:
    return ORIGINS * math.log2(max(1, finding.origins)) + DISPUTED * (finding.verdict == "disputed")


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return `findings` as a briefing has them, the heaviest first."""
    return sorted(findings, key=lambda finding: (-finding.weight, finding.id))


def joined(differences: Sequence[Difference]) -> tuple[Difference, ...]:
    """Return `differences` with those of one field as one, incompatible where any of them is; incompatible ones first.

    A field in which all say the same is no difference, unless it is a detail that only some give.
    """
    sides: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    apart: dict[str, bool] = {}
    for difference in differences:
        for value in difference.values:
            sides[difference.field][value.value].update(dict.fromkeys(value.articles))
        apart[difference.field] = apart.get(difference.field, False) or not difference.compatible
    found = [
        Difference(
            field,
            tuple(Value(value, tuple(sorted(articles))) for value, articles in sorted(said.items()) if articles),
            not apart[field],
        )
        for field, said in sides.items()
    ]
    kept = [each for each in found if len(each.values) > 1 or (each.field == "detail" and each.values)]
    return tuple(sorted(kept, key=lambda each: each.compatible))
