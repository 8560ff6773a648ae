from __future__ import annotations

from hypothesis import given as example
from hypothesis import strategies as st

from accord.brief import brief, covered, given
from accord.records import Analysis, Article, Briefing, Origin, Rejected, Story
from brief.stories import ferry, ferry_findings, names_of, story_of

NORTH, SOUTH = ferry()
FINDINGS = ferry_findings(NORTH, SOUTH)
STORY = story_of(NORTH, SOUTH)
ANALYSES = [NORTH.analysis(), SOUTH.analysis()]
NAMES = list(names_of(NORTH, SOUTH))
REJECTED = [Rejected("a line", "analyze", "advert"), Rejected("b", "parse", "empty")]


def briefing(story: Story = STORY) -> Briefing:
    return brief(story, ANALYSES, FINDINGS, NAMES, REJECTED)


@example(st.permutations(FINDINGS), st.permutations(ANALYSES), st.permutations(REJECTED))
def test_order_of_input_does_not_matter(findings, analyses, rejected):
    assert brief(STORY, analyses, findings, NAMES, rejected) == briefing()


def test_every_line_is_covered_by_its_evidence():
    made = briefing()
    fields = given([a.outlet for a in made.articles], made.names, [quote.speaker for quote in made.quotes])
    texts = {finding.id: [citation.text for citation in finding.evidence] for finding in made.findings}
    assert all(covered(finding.gist, texts[finding.id], fields) for finding in made.findings)
    for sentence in made.summary:
        assert covered(sentence.text, [text for id in sentence.findings for text in texts[id]], fields)
    for entry in made.timeline:
        assert covered(entry.gist, [citation.text for citation in entry.evidence], fields)


def test_every_citation_is_verbatim():
    made = briefing()
    texts = {article.id: article.text for article in made.articles}
    cited = [c for finding in made.findings for c in finding.evidence]
    cited += [c for entry in made.timeline for c in entry.evidence]
    assert all(texts[c.article][c.start : c.end] == c.text for c in cited)


def test_all_findings_stay_heaviest_first():
    made = briefing()
    assert {finding.id for finding in made.findings} == {finding.id for finding in FINDINGS}
    assert [f.weight for f in made.findings] == sorted((f.weight for f in made.findings), reverse=True)


def test_quotes_and_figures_have_their_finding():
    made = briefing()
    assert all(item.finding for item in (*made.quotes, *made.figures))


def test_nothing_to_say_of_an_empty_story():
    made = brief(Story("none", (), ()), [], [])
    assert (made.title, made.summary, made.findings, made.timeline) == ("Briefing", (), (), ())


def test_agencies_credited_in_the_text_are_credits_of_the_article() -> None:
    article = Article("a", "The dam broke. (Reuters)", "Herald", credits=("Associated Press",))
    analysis = Analysis("a", credits=("Reuters", "Associated Press"))
    origin = Origin("o", ("a",), "own", None, "own text")
    made = brief(Story("s", (article,), (origin,)), [analysis], [])
    assert made.articles[0].credits == ("Associated Press", "Reuters")
