"""A small invented event as the brief stage would hand it over: four reports, three origins, one of every kind."""

from __future__ import annotations

from dataclasses import replace

from accord.records import (
    Article,
    Briefing,
    Citation,
    Commitment,
    Difference,
    Figure,
    Finding,
    Name,
    Origin,
    Quote,
    Rejected,
    SummarySentence,
    TimelineEntry,
    Utterance,
    Value,
)

HERALD = """The Orlen bridge in Tarnby was closed on Monday after divers found cracks in two of its piers.

Mayor Ida Brandt said: “Nobody will cross until every pier is safe.” Repairs will cost 12 million kroner, she said.

About 9,000 people use the bridge each day. Brandt promised free buses from Thursday.

Its engineers <em>warned</em> of rust & wear in 2019, the Herald found."""

WIRE = """TARNBY (Norda) - Cracks in two piers have closed the Orlen bridge in Tarnby since Monday, the road \
office said.

The work is to take six weeks and costs more than 10 million kroner. Nobody was hurt.

"Nobody may cross until every pier is safe," Mayor Ida Brandt said."""

COURIER = """Divers found cracks in three piers of the Orlen bridge, which shut on Monday.

The builder, Skov & Sons, denies that its concrete was weak. "Our concrete was tested," said its director Jens Skov. \
Union head Mia Lund said the concrete was weak from the start.

Ferries are to run every 20 minutes *from* Tuesday. No one would cross before all piers were safe, Brandt said."""

ARTICLES = (
    Article("a", HERALD, "Herald", "Orlen bridge shut as divers find cracks", None, (), "2031-03-04", "en"),
    Article(
        "b", WIRE, "Daily Post", "Cracks close bridge", None, ("Norda",), "2031-03-04", "en", "https://post.example/1"
    ),
    Article("c", WIRE, "City News", None, None, ("Norda",), "2031-03-05", "en"),
    Article("d", COURIER, "Courier", "Ferries_to_run [live]", None, (), "2031-03-05", "en"),
)
TEXTS = {article.id: article.text for article in ARTICLES}


def cite(article: str, words: str) -> Citation:
    """Return where `words` stand first in an article of the sample."""
    start = TEXTS[article].index(words)
    return Citation(article, start, start + len(words), words)


def finding(number: int, kind: str, verdict: str, *evidence: Citation, **fields: object) -> Finding:
    """Return a finding whose gist is its first passage."""
    outlets = tuple(dict.fromkeys(article.outlet for article in ARTICLES for c in evidence if c.article == article.id))
    origins = len({"bc" if c.article in "bc" else c.article for c in evidence})
    values = {"between": None, "origins": origins, "outlets": outlets, "evidence": evidence, **fields}
    return Finding(f"f{number:02}", kind, evidence[0].text, verdict, weight=1 / number, **values)  # type: ignore[arg-type]


WORDING = (
    Value("Nobody will cross until every pier is safe", ("a",)),
    Value("Nobody may cross until every pier is safe", ("b", "c")),
)
FINDINGS = (
    finding(
        1,
        "statement",
        "corroborated",
        cite("a", "The Orlen bridge in Tarnby was closed on Monday"),
        cite("b", "have closed the Orlen bridge in Tarnby since Monday"),
        cite("c", "have closed the Orlen bridge in Tarnby since Monday"),
        cite("d", "the Orlen bridge, which shut on Monday"),
    ),
    finding(
        2,
        "quote",
        "corroborated",
        cite("a", "Nobody will cross until every pier is safe."),
        cite("b", "Nobody may cross until every pier is safe,"),
        cite("c", "Nobody may cross until every pier is safe,"),
        cite("d", "No one would cross before all piers were safe"),
        differences=(Difference("wording", WORDING, True),),
    ),
    finding(
        3,
        "figure",
        "corroborated",
        cite("a", "Repairs will cost 12 million kroner"),
        cite("b", "costs more than 10 million kroner"),
        cite("c", "costs more than 10 million kroner"),
        differences=(
            Difference("value", (Value("12 million", ("a",)), Value("more than 10 million", ("b", "c"))), True),
            Difference("wording", (Value("Repairs", ("a",)), Value("The work", ("b", "c"))), True),
        ),
    ),
    finding(
        4,
        "figure",
        "disputed",
        cite("a", "divers found cracks in two of its piers"),
        cite("b", "Cracks in two piers"),
        cite("c", "Cracks in two piers"),
        cite("d", "Divers found cracks in three piers"),
        between="reports",
        differences=(Difference("value", (Value("two piers", ("a", "b", "c")), Value("three piers", ("d",))), False),),
    ),
    finding(
        5,
        "statement",
        "disputed",
        cite("d", "The builder, Skov & Sons, denies that its concrete was weak."),
        cite("d", "Union head Mia Lund said the concrete was weak from the start."),
        between="speakers",
        differences=(
            Difference(
                "polarity",
                (
                    Value("Skov & Sons denies that its concrete was weak", ("d",)),
                    Value("Mia Lund: weak from the start", ("d",)),
                ),
                False,
            ),
        ),
    ),
    finding(6, "figure", "single", cite("a", "About 9,000 people use the bridge each day.")),
    finding(7, "commitment", "single", cite("a", "Brandt promised free buses from Thursday.")),
    finding(8, "statement", "single", cite("a", "Its engineers <em>warned</em> of rust & wear in 2019")),
    finding(9, "statement", "single", cite("b", "Nobody was hurt."), cite("c", "Nobody was hurt.")),
    finding(10, "quote", "single", cite("d", "Our concrete was tested,")),
    finding(11, "commitment", "single", cite("d", "Ferries are to run every 20 minutes *from* Tuesday.")),
)


def quote(
    article: str, words: str, speaker: str | None, finding: str | None, kind: str = "direct", said: str | None = None
) -> Quote:
    """Return a quote of the sample; `said` is the utterance that it gives."""
    at = cite(article, words)
    made = Quote(article, at.start, at.end, at.text, kind, speaker, "said", None, finding)  # type: ignore[arg-type]
    return replace(made, utterance=said)


def figure(article: str, words: str, value: float, unit: str, of: str, finding: str | None, **fields: object) -> Figure:
    """Return a figure of the sample."""
    at = cite(article, words)
    return Figure(article, at.start, at.end, at.text, value, unit, of, finding=finding, **fields)  # type: ignore[arg-type]


QUOTES = (
    quote("a", "Nobody will cross until every pier is safe.", "Ida Brandt", "f02", said="u1"),
    quote("b", "Nobody may cross until every pier is safe,", "Ida Brandt", "f02", said="u1"),
    quote("c", "Nobody may cross until every pier is safe,", "Ida Brandt", "f02", said="u1"),
    quote("d", "No one would cross before all piers were safe", "Ida Brandt", "f02", "indirect", "u1"),
    quote("d", "Our concrete was tested,", "Jens Skov", "f10"),
    quote("d", "the concrete was weak from the start", "Mia Lund", "f05", "indirect"),
)
FIGURES = (
    figure("a", "12 million kroner", 12e6, "DKK", "Repairs", "f03"),
    figure("b", "more than 10 million kroner", 10e6, "DKK", "The work", "f03", qualifier="more_than"),
    figure("c", "more than 10 million kroner", 10e6, "DKK", "The work", "f03", qualifier="more_than"),
    figure("a", "About 9,000 people", 9000, "person", "use the bridge each day", "f06", qualifier="about"),
    figure("b", "six weeks", 6, "week", "The work", None),
    figure("c", "six weeks", 6, "week", "The work", None),
)
PLEDGE = cite("a", "Brandt promised free buses from Thursday.")
FERRIES = cite("d", "Ferries are to run every 20 minutes *from* Tuesday.")
COMMITMENTS = (
    Commitment(
        "a",
        PLEDGE.start,
        PLEDGE.end,
        PLEDGE.text,
        "Ida Brandt",
        "free buses",
        "promised",
        due="from Thursday",
        finding="f07",
    ),
    Commitment(
        "d",
        FERRIES.start,
        FERRIES.end,
        FERRIES.text,
        None,
        "Ferries are to run every 20 minutes",
        "planned",
        due="*from* Tuesday",
        finding="f11",
    ),
)
TIMELINE = (
    TimelineEntry(
        "2019", FINDINGS[7].gist, (cite("a", "Its engineers <em>warned</em> of rust & wear in 2019"),), "f08"
    ),
    TimelineEntry("2031-03-03", FINDINGS[0].gist, FINDINGS[0].evidence, "f01"),
    TimelineEntry("2031-03-05", FERRIES.text, (FERRIES,), None),
)

BRIEFING = Briefing(
    id="5a3b1e",
    title="Orlen bridge shut as divers find cracks",
    articles=ARTICLES,
    origins=(
        Origin("oa", ("a",), "own", None, "no text shared"),
        Origin("ob", ("b", "c"), "agency", "Norda", "the same text"),
        Origin("od", ("d",), "own", None, "no text shared"),
    ),
    findings=FINDINGS,
    quotes=QUOTES,
    figures=FIGURES,
    commitments=COMMITMENTS,
    timeline=TIMELINE,
    names=(Name("n1", "Ida Brandt", "person", ("a", "b", "c"), ("Brandt", "Mayor Ida Brandt")),),
    summary=(SummarySentence("The Orlen bridge in Tarnby was closed on Monday.", ("f01",)),),
    rejected=(Rejected("TARNBY (Norda) -", "analyze", "dateline"),),
    utterances=(
        Utterance(
            "u1",
            tuple(Citation(q.article, q.start, q.end, q.text) for q in QUOTES if q.utterance),
            WORDING,
            0.83,
            ("88% of the words are the same, in order",),
        ),
    ),
)
