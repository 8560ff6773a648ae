"""Counts the origins behind a finding: copied passages and articles of one origin count once."""

from __future__ import annotations

from collections.abc import Sequence

from accord.reconcile.claims import Claim, touches
from accord.records import Story


def count_origins(claims: Sequence[Claim], story: Story) -> int:
    """Return how many independent texts carry `claims`.

    Two claims are of one origin when their articles are, when they stand in passages that are copies of one text, or
    when they stand in passages that belong to one origin or to one agency.
    """
    of_article = {article: origin.id for origin in story.origins for article in origin.articles}
    parent: dict[str, str] = {}

    def root(item: str) -> str:
        while parent.setdefault(item, item) != item:
            item = parent[item]
        return item

    for claim in claims:
        own = root("article " + of_article.get(claim.article, claim.article))
        for passage in story.passages:
            if passage.article == claim.article and touches(passage, claim):
                belongs = (("passage ", passage.shared), ("article ", passage.origin), ("agency ", passage.agency))
                for kind, name in belongs:
                    if name is not None:
                        parent[root(kind + name)] = own
                        own = root(own)
    return len({root(item) for item in list(parent)})
