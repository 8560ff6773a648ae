"""Which stretches of text articles share."""

from reports import OTHER, WIRE, report

from accord.cluster import shared_passages
from accord.records import Passage


def passages(*reports) -> tuple[Passage, ...]:
    return shared_passages([article for article, _ in reports], [analysis for _, analysis in reports])


def test_own_reports_share_nothing():
    assert passages(report("a", *WIRE), report("b", *OTHER)) == ()


def test_consecutive_sentences_are_one_passage_with_one_id():
    found = passages(report("a", OTHER[0], *WIRE[:3], OTHER[1]), report("b", *WIRE[:3], OTHER[3]))
    assert [(p.article, p.text) for p in found] == [("a", "\n".join(WIRE[:3])), ("b", "\n".join(WIRE[:3]))]
    assert found[0].shared == found[1].shared


def test_spans_are_verbatim():
    reports = [report("a", OTHER[0], *WIRE), report("b", *WIRE[2:], OTHER[1])]
    texts = {article.id: article.text for article, _ in reports}
    found = passages(*reports)
    assert found
    assert all(texts[p.article][p.start : p.end] == p.text for p in found)


def test_a_quote_inside_a_copied_run_belongs_to_it():
    quote = "“The tide tables were read out to them twice before they cast off,” he said."
    found = passages(report("a", WIRE[0], quote, WIRE[1], OTHER[0]), report("b", OTHER[3], WIRE[0], quote, WIRE[1]))
    assert {p.text for p in found} == {"\n".join((WIRE[0], quote, WIRE[1]))}


def test_a_passage_breaks_where_its_carriers_change():
    found = passages(report("a", *WIRE[:3]), report("b", *WIRE[:3]), report("c", *WIRE[:2]))
    assert len({p.shared for p in found if p.article == "a"}) == 2
    assert len({p.shared for p in found if p.article == "c"}) == 1


def test_short_sentences_are_no_passage():
    short = "Three sailors were missing late on Monday."
    assert passages(report("a", short, *WIRE[:2]), report("b", short, *OTHER[:2])) == ()
