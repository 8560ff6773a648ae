"""Says what outlets changed in their reports: passages reworded or dropped, reports taken back or taken down."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from accord.records import Article, Briefing, Change, Citation, Finding, Update, content_id
from accord.updates.naming import Names
from accord.updates.notices import is_correction, notice_in
from accord.updates.versions import Version

MOST_PASSAGES = 12
"""Of an article that was written anew, this many changed passages are told by themselves, the rest in one line."""
_SHOWN = 3

Weighed = tuple[float, Update]


def retracted(
    story: str,
    before: Briefing | None,
    versions: Sequence[Version],
    gone: Collection[str],
    names: Names,
) -> tuple[Weighed, ...]:
    """Return one update for each report that its outlet took down (`gone`), or took back in its own words.

    What was taken down before an earlier briefing, which left it out, was told then.
    """
    found = []
    for article in sorted(before.articles if before else (), key=lambda article: article.id):
        if before is not None and article.id in gone:
            passages = tuple(_heaviest(article.id, before.findings))
            found.append(_retraction(story, article, "took down its report", passages, names))
    for version in versions:
        if version.new.id not in gone and (notice := _new_notice(version)) is not None:
            found.append(_retraction(story, version.new, "took back its report", notice, names))
    return tuple(found)


def corrected(
    story: str, before: Briefing | None, after: Briefing, version: Version, names: Names
) -> tuple[Weighed, ...]:
    """Return an update for each passage that `version` changed or dropped, the weightiest first.

    What it only adds is no correction, unless it is the outlet's own note of one. Of a report that was written anew the
    passages that no finding rests on, and those beyond `MOST_PASSAGES`, are counted in one line.
    """
    now = resting(after.findings, version.new.id)
    was = resting(before.findings, version.old.id) if before and version.old else []
    lines = [
        (_touched(change, version, was, now), change)
        for change in version.changes
        if change.before is not None or (change.part == "text" and is_correction(change.after or ""))
    ]
    lines.sort(key=lambda line: (-_weight(line[0]), line[1].part != "title", line[1].start, line[1].before or ""))
    told, rest = lines[:MOST_PASSAGES], lines[MOST_PASSAGES:]
    found = [(_weight(findings), _correction(story, version.new, change, findings, names)) for findings, change in told]
    if rest:
        gist = f"{version.new.outlet} changed or dropped {len(rest)} more passages of its report"
        made = content_id("update", story, "corrected", version.new.id, "rest")
        found.append((0.0, Update(made, "corrected", story, gist, article=version.new.id)))
    return tuple(found)


def _correction(story: str, article: Article, change: Change, findings: Sequence[Finding], names: Names) -> Update:
    if change.part == "title":
        did = "changed its title"
    elif change.before is None:
        did = "added a note of correction"
    else:
        did = "changed a passage" if change.after is not None else "dropped a passage"
    words = (change.after or change.before or "").split() if change.part == "text" and change.before else ()
    gist = f"{article.outlet} {did}{': ' if words else ''}{' '.join(words)}"  # its own words, not another outlet's
    evidence: tuple[Citation, ...] = ()
    if change.part == "text" and change.end > change.start:
        evidence = (Citation(article.id, change.start, change.end, article.text[change.start : change.end]),)
    return Update(
        id=content_id(
            "update", story, "corrected", article.id, change.part, change.start, change.end, change.before, change.after
        ),
        kind="corrected",
        story=story,
        gist=gist,
        finding=findings[0].id if findings else None,
        article=article.id,
        before=change.before,
        after=change.after,
        evidence=evidence,
        names=names.among((*evidence, *(c for f in findings for c in f.evidence)), change.before or ""),
    )


def _retraction(story: str, article: Article, did: str, evidence: tuple[Citation, ...], names: Names) -> Weighed:
    title = f": {article.title}" if article.title else ""
    update = Update(
        id=content_id("update", story, "retracted", article.id),
        kind="retracted",
        story=story,
        gist=f"{article.outlet} {did}{title}",
        article=article.id,
        before=article.title,
        evidence=evidence,
        names=names.among(evidence, article.title or ""),
    )
    return 0.0, update


def _new_notice(version: Version) -> tuple[Citation, ...] | None:
    """Return where the new version takes the report back, if the old one did not; nowhere where its title says so."""
    notice = notice_in(version.new)
    if notice is None or (version.old is not None and notice_in(version.old) is not None):
        return None
    return (Citation(version.new.id, notice.start, notice.end, notice.text),) if notice.text else ()


def _touched(change: Change, version: Version, was: Sequence[Finding], now: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings that rest on a changed passage, as it is now or as it was, the heaviest first."""
    if change.part == "title":
        return ()
    found = tuple(f for f in now if _rests_on(f, version.new.id, change.start, change.end))
    if not found and version.old is not None and change.before:
        at = version.old.text.find(change.before)
        if at >= 0:
            found = tuple(f for f in was if _rests_on(f, version.old.id, at, at + len(change.before)))
    return found


def _rests_on(finding: Finding, article: str, start: int, end: int) -> bool:
    return any(c.article == article and c.start < end and start < c.end for c in finding.evidence)


def resting(findings: Sequence[Finding], article: str) -> list[Finding]:
    """Return the findings that rest on `article`, the heaviest first."""
    resting = [finding for finding in findings if any(c.article == article for c in finding.evidence)]
    return sorted(resting, key=lambda finding: (-finding.weight, finding.id))


def first_cited(finding: Finding, article: str) -> tuple[Citation, ...]:
    """Return the first passage for which `finding` cites `article`; none where it does not."""
    cited = sorted((c for c in finding.evidence if c.article == article), key=lambda c: (c.start, c.end))
    return tuple(cited[:1])


def _weight(findings: Sequence[Finding]) -> float:
    return findings[0].weight if findings else float("-inf")


def _heaviest(article: str, findings: Sequence[Finding]) -> Iterator[Citation]:
    """Yield what `article` is cited for in the few heaviest findings that rest on it."""
    for finding in resting(findings, article)[:_SHOWN]:
        yield from sorted((c for c in finding.evidence if c.article == article), key=lambda c: (c.start, c.end))
