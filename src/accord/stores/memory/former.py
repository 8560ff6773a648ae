"""Former findings of a store in memory: those that the briefing of their story lost, under their ids."""

from __future__ import annotations

from collections.abc import Iterable

from accord.records import Finding
from accord.stores.memory.tables import Tables


class Former(Tables):
    """What a store that drops a briefing does for the findings in it."""

    def _lose_findings(self, story: str, kept: Iterable[Finding] = ()) -> None:
        """Keep the findings of a story that is briefed anew, or is gone: those that neither it nor another has now."""
        now = {finding.id for finding in kept}
        for identity in now:
            self.former.drop(identity)
        before = self.briefings.get(story)
        lost = [finding for finding in before.findings if finding.id not in now] if before else []
        others = [briefing for name, briefing in self.briefings.items() if name != story] if lost else []
        elsewhere = {finding.id for briefing in others for finding in briefing.findings}
        for finding in lost:
            if finding.id not in elsewhere:
                self.former.set(finding.id, (story, finding))
