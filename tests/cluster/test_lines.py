"""How text is folded before it is compared."""

from reports import report

from accord.cluster.lines import fold, read_text


def test_fold_levels_case_accents_and_marks():
    assert fold("José’s “café” — at 5.10 a.m.") == fold("Jose's 'cafe', at 5.10am")


def test_fold_levels_house_style():
    assert fold("The organisation’s five centres cancelled 1,200 labour flights") == fold(
        "the organization's 5 centers canceled 1200 labor flights"
    )


def test_quoted_words_are_left_out_of_words_but_not_of_full():
    text = read_text(*report("a", "“We will rebuild every single house on the quay,” the mayor said."))
    assert text.lines[0].words == ("the", "mayor", "said")
    assert "rebuild" in text.lines[0].full


def test_short_quotes_stay():
    text = read_text(*report("a", "The mayor called it a “dark day” for the port."))
    assert "dark" in text.lines[0].words


def test_an_article_without_sentences_has_no_lines():
    assert read_text(*report("a")).lines == ()
