from __future__ import annotations

from accord.brief.gists import best_gist, make_gist
from accord.brief.index import Index
from brief.stories import Report, ferry, finding, names_of, story_of


def index_of(*reports: Report) -> Index:
    return Index.build(story_of(*reports), [report.analysis() for report in reports], names_of(*reports))


def test_a_clause_with_a_subject_is_preferred_to_a_fragment():
    north, south = ferry()
    told = finding(north.cite("killing 12 passengers"), south.cite("Twelve passengers died"))
    assert best_gist(told, index_of(north, south)).text == "Twelve passengers died"


def test_a_fragment_alone_shows_that_it_is_one():
    north, south = ferry()
    told = finding(north.cite("killing 12 passengers"))
    assert best_gist(told, index_of(north, south)).text == "… killing 12 passengers"


def test_a_pronoun_is_resolved_in_brackets():
    north, south = ferry()
    assert make_gist(north.cite("She visited the port on Sunday"), index_of(north, south)).text == (
        "[Ida Ruiz] visited the port on Sunday"
    )


def test_a_pronoun_far_from_its_name_stays():
    report = Report("a", ("Ida Ruiz left.", "The sea was calm.", "She visited the port."))
    report.clause("She visited the port", "visit").person("Ida Ruiz", ("She visited", "She"))
    assert make_gist(report.cite("She visited the port"), index_of(report)).text == "She visited the port"


def test_quoted_words_keep_their_marks_and_speaker():
    north, south = ferry()
    gist = make_gist(north.cite("We will raise the wreck"), index_of(north, south))
    assert gist.text == "Ida Ruiz: “We will raise the wreck”"


def test_what_is_reported_of_a_speaker_says_so():
    report = Report("a", ("The doors had leaked, Ida Ruiz said.",)).person("Ida Ruiz")
    report.clause("The doors had leaked", "leak", speaker="Ida Ruiz")
    told = finding(report.cite("The doors had leaked"))
    assert best_gist(told, index_of(report)).text == "The doors had leaked, Ida Ruiz said"


def test_what_another_report_says_in_its_own_voice_needs_no_speaker():
    one = Report("a", ("The doors had leaked, Ida Ruiz said.",)).person("Ida Ruiz")
    one.clause("The doors had leaked", "leak", speaker="Ida Ruiz")
    two = Report("b", ("The doors leaked.",)).clause("The doors leaked", "leak")
    told = finding(one.cite("The doors had leaked"), two.cite("The doors leaked"))
    assert "said" not in best_gist(told, index_of(one, two)).text


def test_a_missing_subject_is_put_in_brackets():
    report = Report("a", ("Ida Ruiz flew in and visited the port.",)).person("Ida Ruiz")
    report.clause("visited the port", "visit", actor=report.names[0].id)
    assert make_gist(report.cite("visited the port"), index_of(report)).text == "[Ida Ruiz] visited the port"


def test_a_question_keeps_its_mark():
    report = Report("a", ("Did the ferry leak before it sank?",)).clause("Did the ferry leak before it sank", "leak")
    assert make_gist(report.cite("Did the ferry leak before it sank"), index_of(report)).text.endswith("sank?")
