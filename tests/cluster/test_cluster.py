"""The story that a set of articles makes, whatever their order."""

from hypothesis import given, settings
from hypothesis import strategies as st
from reports import EDITED, OTHER, WIRE, report

from accord.cluster import cluster

REPORTS = [
    report("a", *WIRE, credits=("Reuters",)),
    report("b", *EDITED),
    report("c", *OTHER),
    report("d", WIRE[0], WIRE[1], *OTHER[1:]),
    report("e", *WIRE[2:], OTHER[0]),
]


def story_of(reports):
    return cluster([article for article, _ in reports], [analysis for _, analysis in reports])


def test_every_article_is_in_exactly_one_origin():
    story = story_of(REPORTS)
    assert sorted(name for origin in story.origins for name in origin.articles) == ["a", "b", "c", "d", "e"]


def test_articles_stand_in_canonical_order():
    assert [article.id for article in story_of(REPORTS[::-1]).articles] == ["a", "b", "c", "d", "e"]


def test_no_article_is_an_empty_story():
    story = cluster([], [])
    assert (story.articles, story.origins, story.passages) == ((), (), ())


def test_an_article_without_analysis_is_its_own_origin():
    article, _ = REPORTS[0]
    assert [origin.kind for origin in cluster([article], []).origins] == ["own"]


@settings(max_examples=20, deadline=None)
@given(st.permutations(REPORTS), st.permutations(REPORTS))
def test_order_of_input_does_not_matter(articles, analyses):
    shuffled = cluster([article for article, _ in articles], [analysis for _, analysis in analyses])
    assert shuffled == story_of(REPORTS)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(st.sampled_from([*WIRE, *OTHER, *EDITED]), max_size=6), max_size=5))
def test_passages_are_verbatim_and_shared(rows):
    reports = [report(str(number), *row) for number, row in enumerate(rows)]
    texts = {article.id: article.text for article, _ in reports}
    story = story_of(reports)
    for passage in story.passages:
        assert texts[passage.article][passage.start : passage.end] == passage.text
