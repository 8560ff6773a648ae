"""Says what a later briefing of a story changes in the one before: what is newly corroborated, disputed, corrected."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from accord.records import Article, Briefing, Citation, Finding, Update, UpdateKind, content_id
from accord.updates.corrections import Weighed, corrected, first_cited, resting, retracted
from accord.updates.matching import Matches, match
from accord.updates.naming import Names
from accord.updates.telling import Telling
from accord.updates.versions import Version, changed_places, versions

__all__ = ["updates"]

_FIRST: tuple[UpdateKind, ...] = ("new story", "retracted", "new report")
_LEAD = 3
_OPENING = 16


def updates(story: str, before: Briefing | None, after: Briefing, gone: Collection[str] = ()) -> tuple[Update, ...]:
    """Return what `after` changes in `before` (None: the story is new). `gone` are ids of articles taken down.

    A new story, what was retracted and new reports come first, then the rest by the weight of the findings. Only what
    coverage changed is told: a verdict that changed though no report came, went or changed, and none of its origins, is
    not. The order of the articles does not matter, and the same change has the same id however often it is told.
    """
    made = versions(before, after)
    names = Names(after, before)
    found: list[Weighed] = [(0.0, _new_story(story, after, names))] if before is None else []
    withdrawn = retracted(story, before, made, gone, names)
    found += withdrawn
    taken_back = {update.article for _, update in withdrawn}
    for version in made:
        if version.new.id not in taken_back:
            found += corrected(story, before, after, version, names)
    if before is not None:
        newer = {version.old.id: version for version in made if version.old}
        found += _new_reports(story, before, after, {version.new.id for version in newer.values()}, names)
        found += _Verdicts(story, before, after, newer, taken_back | set(gone), names).told(match(before, after, newer))
    return tuple(update for _, update in sorted(found, key=_rank))


def _rank(item: Weighed) -> tuple[int, float, str]:
    weight, update = item
    return _FIRST.index(update.kind) if update.kind in _FIRST else len(_FIRST), -weight, update.id


def _new_story(story: str, after: Briefing, names: Names) -> Update:
    """Return the update that tells of a new story: its title, those its lead names, what its first line rests on."""
    lead = {identity for sentence in after.summary for identity in sentence.findings}
    heaviest = sorted(after.findings, key=_heaviest)
    shown = [finding for finding in heaviest if finding.id in lead] or heaviest[:_LEAD]
    evidence = [citation for finding in shown for citation in finding.evidence]
    return Update(
        id=content_id("update", story, "new story"),
        kind="new story",
        story=story,
        gist=after.title,
        after=_list(article.outlet for article in after.articles),
        evidence=shown[0].evidence if shown else (),
        names=names.among(evidence, after.title),
    )


def _new_reports(
    story: str, before: Briefing, after: Briefing, versions: Collection[str], names: Names
) -> Iterator[Weighed]:
    """Yield an update for each report that joined a story that was briefed before; a new version of one is none."""
    held = {article.id for article in before.articles} | set(versions)
    for article in after.articles:
        if article.id in held:
            continue
        heaviest = next(iter(resting(after.findings, article.id)), None)
        evidence = first_cited(heaviest, article.id) if heaviest else ()
        gist = article.title or _opening(article.text)
        update = Update(
            id=content_id("update", story, "new report", article.id),
            kind="new report",
            story=story,
            gist=gist,
            article=article.id,
            after=article.outlet,
            evidence=evidence,
            names=names.among(evidence, gist),
        )
        yield heaviest.weight if heaviest else 0.0, update


def _opening(text: str) -> str:
    words = text.split(None, _OPENING)
    return " ".join(words[:_OPENING]) + (" …" if len(words) > _OPENING else "")


class _Verdicts:
    """Tells which findings have another verdict than the ones that they carry on."""

    def __init__(
        self,
        story: str,
        before: Briefing,
        after: Briefing,
        newer: Mapping[str, Version],
        withdrawn: Collection[str | None],
        names: Names,
    ) -> None:
        self.story, self.before, self.after, self.newer, self.names = story, before, after, newer, names
        self.telling = Telling(after, before)
        old, new = ({article.id for article in briefing.articles} for briefing in (before, after))
        self.articles: dict[str, Article] = {a.id: a for briefing in (before, after) for a in briefing.articles}
        self.fresh = new - old
        self.touched = (
            (new - old) | {i for i in withdrawn if i} | set(newer)
        )  # a report that is only left out of a large story is none
        self.current = {i: i for i in old & new} | {i: version.new.id for i, version in newer.items()}
        still = {identity: identity for identity in self.current.values()}
        self.origins = [_fellows(before, self.current), _fellows(after, still)]
        self.mended: dict[str, Sequence[tuple[int, int]]] = {}  # where reports that stand were corrected
        for version in newer.values():
            if version.new.id not in withdrawn:
                self.mended |= changed_places(version)
        self.whole = self.touched - set(self.mended)

    def told(self, pairs: Matches) -> Iterator[Weighed]:
        """Yield what came to be corroborated or disputed, then what ceased to be."""
        for finding in self.after.findings:
            ancestors = pairs.ancestors.get(finding.id, ())
            kind = _came(finding, ancestors, pairs.akin.get(finding.id, ()))
            if kind and self.telling.tells(finding) and self._of_coverage((finding,), ancestors):
                yield finding.weight, self._update(kind, finding, ancestors, (finding,))
        for finding in self.before.findings:
            heirs = pairs.heirs.get(finding.id, ())
            kind = _went(finding, heirs)
            now = max(heirs, key=lambda heir: (heir.weight, heir.id), default=finding)
            told = kind and self.telling.tells(finding) and self.telling.states(now.gist)
            if kind and told and self._of_coverage(heirs, (finding,)):
                yield now.weight, self._update(kind, now, (finding,), heirs)

    def _update(self, kind: UpdateKind, now: Finding, was: Sequence[Finding], heirs: Sequence[Finding]) -> Update:
        before = _carriers(was)
        if not was:  # no finding of its own before, though reports that were there say so
            known = (c.article for c in now.evidence if c.article not in self.fresh)
            before = _list(self.articles[article].outlet for article in known)
        after = _carriers(heirs)
        if kind == "newly disputed":
            after = _sides(now, self.articles) or after
        elif kind == "no longer disputed":
            before = (
                "; ".join(filter(None, (_sides(finding, self.articles) for finding in sorted(was, key=_heaviest))))
                or before
            )
        return Update(
            id=content_id("update", self.story, kind, now.id, *sorted(finding.id for finding in was)),
            kind=kind,
            story=self.story,
            gist=now.gist,
            finding=now.id,
            article=self._brought(now, was),
            before=before,
            after=after,
            evidence=now.evidence,
            names=self.names.among(now.evidence, now.gist),
        )

    def _brought(self, now: Finding, was: Sequence[Finding]) -> str | None:
        """Return the first of the new articles that carry a finding, else of those that carry it no longer.

        Of a report that was corrected it is the new version.
        """
        fresh = {citation.article for citation in now.evidence} & self.fresh
        lost = {citation.article for finding in was for citation in finding.evidence} & self.touched
        lost = {self.newer[identity].new.id if identity in self.newer else identity for identity in lost}
        return min(fresh or lost, key=lambda a: (self.articles[a].published or "", a), default=None)

    def _of_coverage(self, now: Sequence[Finding], was: Sequence[Finding]) -> bool:
        """Tell whether coverage bears on what findings are `now` or on what they were.

        A report of theirs came or went, or it was corrected in a passage that they cite, or to one that they cite or
        cite no longer; or there is new knowledge of who copied whom.
        """
        cited = [citation for finding in (*now, *was) for citation in finding.evidence]
        if any(c.article in self.whole or _within(c, self.mended.get(c.article, ())) for c in cited):
            return True
        then, here = ({self.current.get(c.article, c.article) for f in side for c in f.evidence} for side in (was, now))
        if was and now and (then ^ here) & {version.new.id for version in self.newer.values()}:
            return True
        before, after = self.origins
        carriers = then | here
        return any(before.get(article, frozenset()) != after.get(article, frozenset()) for article in carriers)


def _within(citation: Citation, places: Iterable[tuple[int, int]]) -> bool:
    return any(citation.start < end and start < citation.end for start, end in places)


def _heaviest(finding: Finding) -> tuple[float, str]:
    return -finding.weight, finding.id


def _came(finding: Finding, ancestors: Sequence[Finding], akin: Sequence[Finding]) -> UpdateKind | None:
    """Return what a later finding came to be that none of its ancestors was.

    It is not newly corroborated where another finding on a passage of its own was.
    """
    verdicts = {ancestor.verdict for ancestor in ancestors}
    if finding.verdict == "disputed":
        known = {field for ancestor in ancestors for field in _fields(ancestor)}
        return "newly disputed" if "disputed" not in verdicts or _fields(finding) - known else None
    verdicts |= {"corroborated" for other in akin if other.verdict == "corroborated"}
    if finding.verdict == "corroborated" and not verdicts & {"corroborated", "disputed"}:
        return "newly corroborated"
    return None


def _went(finding: Finding, heirs: Sequence[Finding]) -> UpdateKind | None:
    """Return what an earlier finding ceased to be: none of its heirs is it."""
    verdicts = {heir.verdict for heir in heirs}
    if finding.verdict == "disputed" and "disputed" not in verdicts:
        return "no longer disputed"
    if finding.verdict == "corroborated" and not verdicts & {"corroborated", "disputed"}:
        return "no longer corroborated"
    return None


def _fields(finding: Finding) -> set[str]:
    """Return the fields in which a disputed finding's sides cannot both hold."""
    return {d.field for d in finding.differences if not d.compatible} if finding.verdict == "disputed" else set()


def _sides(finding: Finding, articles: dict[str, Article]) -> str:
    """Return the sides of a dispute and who holds them: "two boats (Herald) / three boats (Post)"."""
    sides: dict[str, list[str]] = {}
    for difference in finding.differences:
        if not difference.compatible:
            for value in difference.values:
                outlets = [articles[article].outlet for article in value.articles if article in articles]
                sides.setdefault(value.value, []).extend(outlets)
    return " / ".join(f"{value} ({_list(outlets)})" if outlets else value for value, outlets in sides.items())


def _carriers(findings: Sequence[Finding]) -> str | None:
    """Return the outlets that carry `findings`; of those of one origin with several outlets it says so.

    "Herald, Post", "one origin: Herald, Post"
    """
    if any(finding.verdict != "single" for finding in findings):
        return _list(outlet for finding in findings for outlet in finding.outlets)
    single = {(len(finding.outlets) > 1, _list(finding.outlets)) for finding in findings}
    return (
        "; ".join(f"one origin: {outlets}" if several else f"{outlets}" for several, outlets in sorted(single)) or None
    )


def _fellows(briefing: Briefing, known: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Return for each of the `known` articles those that share its origin, by what `known` calls them."""
    found = {}
    for origin in briefing.origins:
        fellows = frozenset(known[article] for article in origin.articles if article in known)
        found.update(dict.fromkeys(fellows, fellows))
    return found


def _list(outlets: Iterable[str]) -> str | None:
    """Return outlets as one line, each once, in the order of the alphabet; None for none."""
    return ", ".join(sorted(set(outlets))) or None
