from typing import Any

from accord.ledger import lines_of
from accord.records import (
    Analysis,
    Article,
    Briefing,
    Citation,
    Commitment,
    Finding,
    LedgerLine,
    Name,
    Sentence,
    Statement,
    Time,
)


def told(
    text: str, published: str, commitments: list[dict[str, Any]], statements: list[dict[str, Any]]
) -> tuple[LedgerLine, ...]:
    """Return the lines of an article of one sentence; parts are given by their words."""
    article = Article("a", text, "Tarn Herald", published=published)

    def placed(words: str) -> dict[str, Any]:
        start = text.index(words)
        return {"article": "a", "start": start, "end": start + len(words), "text": words}

    made = tuple(
        Commitment(**placed(each.pop("text")), **{"who": None, "strength": "planned", **each}) for each in commitments
    )
    said = tuple(Statement(**placed(each.pop("text")), **{"sentence": 0, "head": "be", **each}) for each in statements)
    analysis = Analysis(
        "a",
        sentences=(Sentence(0, len(text), text, 0),),
        names=(Name("n", "Orlen council", "organisation", ("a",)),),
        times=tuple(
            Time("a", text.index(t), text.index(t) + len(t), t, d) for t, d in [("June", "2031-06")] if t in text
        ),
        commitments=made,
        statements=said,
    )
    finding = Finding(
        "f", "commitment", text, "single", None, 1, ("Tarn Herald",), (Citation("a", 0, len(text), text),)
    )
    briefing = Briefing("b", "", (article,), (), (finding,), (), (), made, (), (), ())
    return lines_of("s", briefing, [analysis])


def test_a_commitment_is_a_line_with_its_span_and_finding() -> None:
    text = "Orlen council will buy a second ferry by June."
    (line,) = told(
        text,
        "2031-03-04",
        [{"text": text[:-1], "who": "Orlen council", "what": "buy a second ferry by June"}],
        [{"text": text[:-1], "head": "buy", "status": "planned", "actor": "n"}],
    )
    assert (line.says, line.who, line.what) == ("made", "Orlen council", "buy a second ferry by June")
    assert (line.due, line.due_date, line.finding, line.story) == ("by June", "2031-06", "f", "s")
    assert text[line.start : line.end] == line.text
    assert line.keys
    assert not line.recalled


def test_what_became_of_a_promise_takes_in_the_words_that_recall_it() -> None:
    text = "The ferry that Orlen council promised in March has still not been bought."
    (line,) = told(
        text,
        "2031-07-09",
        [{"text": "that Orlen council promised in March", "who": "Orlen council", "what": "promised in March"}],
        [{"text": text[:-1], "head": "buy", "negated": True, "passive": True}],
    )
    assert (line.says, line.who, line.recalled) == ("denied", "Orlen council", True)
    assert line.text == text[:-1]


def test_a_dropped_plan_is_one_line_and_not_a_new_promise() -> None:
    text = "Velmar Paper has dropped its plan to close the Sorby mill."
    (line,) = told(
        text,
        "2031-03-02",
        [{"text": text[:-1], "who": "Velmar Paper", "what": "close the Sorby mill"}],
        [{"text": text[:-1], "head": "drop"}],
    )
    assert (line.says, line.what, line.strength) == ("withdrawn", "close the Sorby mill", "planned")


def test_a_promise_that_is_denied_is_told_so() -> None:
    text = "Ruth Amsel denied that she had ever promised to publish her tax returns."
    (line,) = told(
        text,
        "2031-05-20",
        [
            {
                "text": "she had ever promised to publish her tax returns",
                "who": "Ruth Amsel",
                "what": "publish her tax returns",
            }
        ],
        [],
    )
    assert (line.says, line.recalled) == ("denied", True)


def test_two_acts_of_one_statement_are_two_lines() -> None:
    text = "Velmar pledged to pay a fee of its own, as well as to close the Sorby mill."
    lines = told(text, "2031-05-20", [{"text": text[:-1], "who": "Velmar", "what": text[18:-1]}], [])
    assert [line.what for line in lines] == ["pay a fee of its own", "close the Sorby mill"]
    assert all(text[line.start : line.end] == line.text for line in lines)


def test_a_refusal_to_comment_is_no_commitment() -> None:
    text = "Mirela Dov declined to comment."
    assert told(text, "2031-05-20", [{"text": text[:-1], "what": "comment", "strength": "refused"}], []) == ()


def test_an_article_that_the_briefing_left_out_has_no_lines() -> None:
    briefing = Briefing("b", "", (), (), (), (), (), (), (), (), ())
    assert lines_of("s", briefing, [Analysis("a")]) == ()
