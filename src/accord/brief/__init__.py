"""Brief: findings in, a `Briefing` out: chosen, ordered, cited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from accord.brief.index import Index, given
from accord.brief.links import cite, link, tie
from accord.brief.names import order_names
from accord.brief.summary import summarize
from accord.brief.timeline import build_timeline
from accord.brief.titles import choose_title
from accord.brief.weights import weigh
from accord.brief.wording import covered
from accord.records import Analysis, Article, Briefing, Finding, Name, Rejected, Story, content_id

__all__ = ["brief", "covered", "given"]


def brief(
    story: Story,
    analyses: Sequence[Analysis],
    findings: Sequence[Finding],
    names: Sequence[Name] = (),
    rejected: Sequence[Rejected] = (),
) -> Briefing:
    """Return the briefing of `story`: findings by weight, and every quote, figure and commitment with its finding.

    Every gist and every sentence of the summary is `covered` by the evidence of its findings. The order of the inputs
    does not matter.
    """
    listed = order_names(names, analyses)
    index = Index.build(story, analyses, listed)
    ordered = weigh(findings, index)
    cited = cite(ordered)
    read = tuple(index.analyses.values())
    return Briefing(
        id=content_id("briefing", story.id),
        title=choose_title(ordered, index),
        articles=tuple(_credited(article, index) for article in story.articles),
        origins=story.origins,
        findings=ordered,
        quotes=tie(link([quote for analysis in read for quote in analysis.quotes], cited), ordered),
        figures=link([figure for analysis in read for figure in analysis.figures], cited),
        commitments=link([commitment for analysis in read for commitment in analysis.commitments], cited),
        timeline=build_timeline(index, cited),
        names=listed,
        summary=summarize(ordered, index),
        rejected=tuple(sorted(rejected, key=lambda item: (item.stage, item.what, item.reason))),
        utterances=tuple(utterance for finding in ordered for utterance in finding.utterances),
        passages=story.passages,
    )


def _credited(article: Article, index: Index) -> Article:
    """Return `article` with the agencies credited in its text beside those that its page gives."""
    analysis = index.analyses.get(article.id)
    credits = (*article.credits, *(analysis.credits if analysis else ()))
    return replace(article, credits=tuple(dict.fromkeys(credits)))
