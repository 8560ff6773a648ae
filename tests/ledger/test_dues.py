from accord.ledger.dues import due_of, new_due
from accord.records import Article, Span, Time


def read(text: str, published: str, *times: tuple[str, str]) -> tuple[Article, Span, list[Time]]:
    article = Article("a", text, "Tarn Herald", published=published)
    found = [Time("a", text.index(said), text.index(said) + len(said), said, when) for said, when in times]
    return article, Span(0, len(text), text), found


def test_before_a_month_is_the_last_day_of_the_one_before() -> None:
    article, span, times = read("buy a ferry before July", "2031-04-11", ("July", "2031-07"))
    assert due_of(span, span.text, ("before July", "2031-07"), article, times) == ("before July", "2031-06-30")


def test_a_month_without_a_year_is_one_to_come() -> None:
    article, span, times = read("close the mill by October", "2031-01-15", ("October", "2030-10"))
    assert due_of(span, span.text, (None, None), article, times) == ("by October", "2031-10")


def test_a_day_of_announcement_is_no_due_date() -> None:
    article, span, times = read("build the hall announced in March", "2031-05-02", ("March", "2031-03"))
    assert due_of(span, span.text, (None, None), article, times) is None


def test_this_month_ends_with_the_month() -> None:
    article, span, times = read("sign the press law this month", "2031-01-08", ("this month", "2031-01"))
    assert due_of(span, span.text, (None, None), article, times) == ("this month", "2031-01")


def test_a_season_and_the_end_of_the_year_are_due_dates() -> None:
    article, span, _ = read("hire nurses in the autumn", "2031-02-17")
    assert due_of(span, span.text, (None, None), article, ()) == ("in the autumn", "2031-11")
    article, span, _ = read("sell it by the end of the year", "2031-02-17")
    assert due_of(span, span.text, (None, None), article, ()) == ("by the end of the year", "2031-12-31")


def test_what_is_put_back_is_due_when_it_is_put_to() -> None:
    text = "put back from May to 2034"
    article, span, times = read(text, "2031-06-18", ("May", "2032-05"), ("2034", "2034"))
    assert new_due(span, article, times) == ("to 2034", "2034")
