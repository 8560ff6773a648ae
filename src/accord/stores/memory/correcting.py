"""Corrections of a store in memory, the counts that they change, and findings by their ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from accord.records import Correction, CorrectionKind
from accord.stores.evidence import carriers, named_in
from accord.stores.memory.stories import Stories
from accord.stores.store import Located


class Correcting(Stories):
    """What a store does with corrections, and to find findings again."""

    def correct(self, correction: Correction) -> None:
        self._write()
        if correction.id not in self.corrected:
            self.corrected.set(correction.id, (self._turn(), correction))

    def undo(self, identity: str, by: str, at: str) -> bool:
        self._write()
        kept = self.corrected.get(identity)
        if kept is None or kept[1].undone is not None:
            return False
        self.corrected.set(identity, (kept[0], replace(kept[1], undone=at, undone_by=by)))
        return True

    def corrections(
        self,
        articles: Sequence[str] | None = None,
        *,
        kinds: Sequence[CorrectionKind] | None = None,
        standing: bool = True,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Correction]:
        named = None if articles is None else {one for article in articles for one in self._kin(article)}
        found = [
            one
            for _, one in sorted((row for _, row in self.corrected.items()), key=lambda row: row[0])
            if (named is None or not named.isdisjoint(named_in(one)))
            and (kinds is None or one.kind in kinds)
            and not (standing and one.undone is not None)
        ]
        return found[offset:][:limit]

    def correction(self, identity: str) -> Correction | None:
        kept = self.corrected.get(identity)
        return kept[1] if kept else None

    def tally(self, story: str, *, origins: int, agreed: int, disputed: int, single: int, lead: str) -> None:
        self._write()
        told = self.told.get(story)
        if told is not None:
            self.told.set(story, replace(told, tallied=(origins, agreed, disputed, single, lead)))

    # findings ---------------------------------------------------------------------------------------------------------

    def finding(self, identity: str) -> Located | None:
        ways = sorted(self.briefings.items(), key=lambda row: self.told[row[0]].stale is not None)
        for story, briefing in ways:
            for finding in briefing.findings:
                if finding.id == identity:
                    return Located(finding, story)
        lost = self.former.get(identity)
        if lost is None:
            return None
        was, finding = lost
        line = self.story(was)
        story = line.id if line else was
        versions = {cited.article: self._kin(cited.article) for cited in finding.evidence}
        ids = {one for version in versions.values() for one in version}
        near = [held.story for held in self.held(sorted(ids)) if held.story is not None]
        briefings = [found for name in dict.fromkeys((story, *near)) if (found := self.briefings.get(name))]
        return Located(finding, story, False, carriers(finding, briefings, versions))

    def _kin(self, identity: str) -> set[str]:
        """Return the ids of all versions of an article that are held, and its own."""
        return {identity, *(held.article.id for held in self.versions(identity))}
