from accord.records import Citation, Commitment, Figure, Quote
from accord.renderers.same import merge, same_commitment, same_figure, same_quote, words_of


def quote(article: str, text: str, finding: str | None = None) -> Quote:
    return Quote(article, 0, len(text), text, "direct", "Ann Lee", finding=finding)


def figure(article: str, value: float | None, of: str | None, finding: str | None = None) -> Figure:
    return Figure(article, 0, 2, "12", value, "person", of, finding=finding)


def test_a_part_of_a_quote_is_the_same_quote() -> None:
    whole = quote("a", "We will not sell the mill, now or ever.")
    assert same_quote(whole, quote("b", "not sell the mill"))
    assert same_quote(quote("b", "We will not sell the mill now or ever"), whole)
    assert not same_quote(whole, quote("b", "the mill"))
    assert not same_quote(whole, quote("b", "sell mills now"))


def test_quotes_of_one_finding_are_one_when_most_words_are_shared() -> None:
    one, other = quote("a", "We will never sell our mill", "f1"), quote("b", "we will never sell the mill", "f1")
    assert same_quote(one, other)
    assert not same_quote(one, quote("a", "we will never sell the mill", "f1"))
    assert not same_quote(one, quote("b", "We are open to offers", "f1"))


def test_equal_figures_of_other_things_stay_apart() -> None:
    assert same_figure(figure("a", 12, "workers hurt"), figure("b", 12, "workers hurt in the fire"))
    assert same_figure(figure("a", 12, "hurt", "f1"), figure("b", 12, "taken to hospital", "f1"))
    assert not same_figure(figure("a", 12, "workers hurt"), figure("b", 12, "engines sent"))
    assert not same_figure(figure("a", None, "workers", "f1"), figure("b", None, "workers", "f1"))


def test_commitments_of_one_article_are_one_only_where_they_overlap() -> None:
    def commitment(article: str, start: int, end: int) -> Commitment:
        return Commitment(article, start, end, "x" * (end - start), "Ann", "pay", "promised", finding="f1")

    assert same_commitment(commitment("a", 0, 9), commitment("b", 50, 60))
    assert same_commitment(commitment("a", 0, 9), commitment("a", 5, 12))
    assert not same_commitment(commitment("a", 0, 9), commitment("a", 9, 12))


def test_merge_keeps_the_order_of_first_places() -> None:
    quotes = [quote("a", "One thing"), quote("a", "Another"), quote("b", "one thing")]
    assert merge(quotes, same_quote) == [[quotes[0], quotes[2]], [quotes[1]]]


def test_equal_words_of_several_articles_stand_once() -> None:
    one, two, three = Citation("a", 0, 4, "Ship"), Citation("b", 7, 11, "Ship"), Citation("b", 20, 24, "Boat")
    assert words_of([one, two, three]) == ((one, two),)
