"""Finds clause-level claims."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from accord.analyze.clauses import Clause, agent_of, is_passive, split_clauses
from accord.analyze.people import People
from accord.analyze.reading import Reading
from accord.records import Name, Quote, Statement, Time

if TYPE_CHECKING:
    from spacy.tokens import Token

Status = Literal["done", "planned", "state", "hypothetical"]

_READ = frozenset({None, "title", "caption", "heading"})
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV"})
_WHERE = frozenset(
    {"in", "at", "near", "outside", "inside", "on", "off", "over", "across", "around", "within", "throughout"}
)
_PLAN = frozenset(
    {"plan", "intend", "expect", "schedule", "set", "slate", "prepare", "promise", "pledge", "vow", "agree"}
)
_UNSURE = frozenset({"could", "may", "might"})
_STATES = frozenset(
    {"be", "have", "remain", "seem", "appear", "include", "contain", "own", "belong", "live", "know", "mean"}
)
_INHERIT = frozenset({"coordinate", "participle", "adverbial"})


def find_statements(
    reading: Reading, names: tuple[Name, ...], times: tuple[Time, ...], quotes: tuple[Quote, ...]
) -> tuple[Statement, ...]:
    """Return the statements of the article in text order, at least one for each sentence of running text.

    "Two crew died when the ferry sank on Friday." -> "Two crew died" and "when the ferry sank on Friday", both dated.
    """
    people = People(names)
    dated = [time for time in times if time.date is not None]
    found: list[Statement] = []
    for number, sentence in enumerate(reading.sentences):
        if sentence.furniture not in _READ:
            continue
        clauses = split_clauses(reading.span(sentence), reading.clauses(sentence))
        dates = _dates(clauses, dated)
        for clause, date in zip(clauses, dates, strict=True):
            found.append(_statement(clause, date, number, reading, people, quotes))
    return tuple(sorted(found, key=lambda statement: (statement.start, statement.end)))


def _statement(
    clause: Clause, date: str | None, number: int, reading: Reading, people: People, quotes: tuple[Quote, ...]
) -> Statement:
    """Return the claim that `clause` makes."""
    doc = reading.doc
    tokens = doc[clause.first : clause.last]
    start, end = tokens.start_char, tokens.end_char
    head = clause.head
    passive = is_passive(head) or (clause.kind == "participle" and head.tag_ == "VBN")
    actor = people.of(agent_of(head)) if passive else people.of(clause.subject)
    return Statement(
        article=reading.article.id,
        start=start,
        end=end,
        text=reading.article.text[start:end],
        sentence=number,
        head=head.lemma_.lower(),
        words=tuple(token.lemma_.lower() for token in tokens if _is_content(token)),
        names=tuple(dict.fromkeys(name.id for name, _ in people.within(start, end))),
        actor=actor.id if actor is not None else None,
        place=_place(clause, people),
        date=date,
        speaker=_speaker(clause, start, end, people, quotes),
        negated=_is_denied(clause),
        status=_status(clause),
        passive=passive,
    )


def _is_content(token: Token) -> bool:
    """Return whether the lemma of `token` says something of its own."""
    if token.pos_ not in _CONTENT or not any(c.isalnum() for c in token.text):
        return False
    return not token.is_stop or token.pos_ in {"NUM", "PROPN"}


def _speaker(clause: Clause, start: int, end: int, people: People, quotes: tuple[Quote, ...]) -> str | None:
    """Return who says the clause: the speaker of the quote that holds most of it, else whom its sentence names."""
    for quote in quotes:
        if quote.speaker is not None and 2 * (min(end, quote.end) - max(start, quote.start)) > end - start:
            return quote.speaker
    return people.called(clause.speaker)


def _dates(clauses: list[Clause], times: list[Time]) -> list[str | None]:
    """Return the date of each clause: its own, else that of the clause that it goes with in time."""
    if not times:
        return [None] * len(clauses)
    dates = []
    for clause in clauses:
        at: Clause | None = clause
        date = None
        while at is not None and date is None:
            when = [below for below in clauses if below.governor is at and _is_when(below)]
            date = next((found for each in (at, *when) if (found := _own_date(each, times)) is not None), None)
            at = (
                at.governor if at.governor is not None and at.kind in _INHERIT and _same_time(at, at.governor) else None
            )
        dates.append(date)
    return dates


def _own_date(clause: Clause, times: list[Time]) -> str | None:
    """Return the first date in the words of the clause itself."""
    own = [clause.head.doc[index].idx for index in clause.own]
    near = (time for time in times if time.start <= own[-1] and own[0] < time.end)
    return next((time.date for time in near if any(time.start <= at < time.end for at in own)), None)


def _same_time(clause: Clause, above: Clause) -> bool:
    """Return whether neither of two clauses lies in the future of the other."""
    return _is_future(clause.head) == _is_future(above.head)


def _is_when(clause: Clause) -> bool:
    """Return whether an adverbial clause tells when its governor happens ("when the ferry sank on Friday")."""
    return clause.kind == "adverbial" and any(child.lower_ in {"when", "as", "while"} for child in clause.head.lefts)


def _place(clause: Clause, people: People) -> str | None:
    """Return the id of the place in which the clause happens: its own, else its governor's."""
    doc = clause.head.doc
    for index in clause.own:
        token = doc[index]
        if token.dep_ == "pobj" and token.head.lower_ in _WHERE:
            name = people.of(token)
            if name is not None and name.kind == "place":
                return name.id
    if clause.kind in _INHERIT and clause.governor is not None:
        return _place(clause.governor, people)
    return None


def _is_denied(clause: Clause) -> bool:
    """Return whether the clause is denied, in its own words or by "do not think" above it."""
    above = clause.governor
    doubted = clause.kind == "complement" and above is not None and above.head.lemma_ in {"think", "believe"}
    return _is_negated(clause.head) != (doubted and above is not None and _is_negated(above.head))


def _is_negated(head: Token) -> bool:
    """Return whether the verb is denied: "not", "never", "no" on its subject or object, "failed to"."""
    for child in head.children:
        if child.dep_ == "neg" or (child.dep_ == "advmod" and child.lower_ in {"never", "neither", "nowhere"}):
            return True
        if child.dep_ in {"nsubj", "nsubjpass", "dobj", "attr"}:
            if child.lower_ in {"nobody", "nothing", "none", "neither"}:
                return True
            if any(below.dep_ == "det" and below.lower_ in {"no", "neither"} for below in child.children):
                return True
    return head.lemma_ == "fail" and any(child.dep_ == "xcomp" for child in head.children)


def _is_future(head: Token) -> bool:
    """Return whether the verb speaks of what is still to come."""
    if any(child.dep_ == "aux" and child.lower_ in {"will", "shall", "'ll", "’ll", "wo"} for child in head.children):
        return True
    opens = any(child.dep_ == "xcomp" and child.pos_ in {"VERB", "AUX"} for child in head.children)
    return opens and (head.lemma_ in _PLAN or (head.lemma_ == "go" and head.tag_ == "VBG"))


def _status(clause: Clause) -> Status:
    """Return whether the clause tells of something done, planned, a state of things or something supposed."""
    head = clause.head
    helpers = {child.lower_ for child in head.children if child.dep_ in {"aux", "auxpass"}}
    marks = {child.lower_ for child in head.children if child.dep_ in {"mark", "advmod"}}
    if marks & {"if", "unless", "whether"} or helpers & _UNSURE:
        return "hypothetical"
    if _is_future(head):
        return "planned"
    if "would" in helpers:
        return "planned" if clause.kind == "complement" and "have" not in helpers else "hypothetical"
    if head.pos_ not in {"VERB", "AUX"} or head.lemma_.lower() in _STATES:
        return "state"
    if head.tag_ in {"VBP", "VBZ"} and not helpers:
        return "state"
    return "done"
