"""What the articles of a story say of commitments: those that they state, and what they tell of earlier ones."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from accord.ledger.dates import first_day, last_day
from accord.ledger.dues import due_of, new_due
from accord.ledger.keys import keys_of
from accord.ledger.outcomes import NAMED, RECALLED, SHIFTED, UNDERTAKES, Outcome, act_of, outcome_of
from accord.ledger.spans import (
    LEAST_TELLING,
    is_telling,
    is_the_act,
    overlap,
    own_stems,
    place_of,
    same_place,
    size_of,
    value_of,
    within,
)
from accord.ledger.wording import naming, numbers_of, stem
from accord.records import (
    Analysis,
    Article,
    Briefing,
    Citation,
    Commitment,
    Finding,
    LedgerLine,
    Says,
    Sentence,
    Span,
    Spanned,
    Statement,
    content_id,
)

_COMMENT = re.compile(r"^(?:to )?(?:comment|respond|elaborate|answer|reply|discuss|say|speak)\b", re.I)
_LENGTHS = frozenset({"year", "month", "week", "day", "hour", "minute", "age", "km", "mile", "foot", "metre"})
_TO = re.compile(r"\b(?:to|at)\s+(?:(?:about|some|only|just|nearly|around|almost|more than)\s+)?$", re.I)
_GUESSES = frozenset("expect forecast predict hope fear believe think be estimate".split())
_LONG = 40
_AND_A = re.compile(rf", and (?=(?:a|an|its|another) .{{{_LONG}}})", re.S)
_AND_TO = re.compile(r",? (?:and|as well as|and also) to (?=[a-z])")
_SPEECH = frozenset(
    """announce declare confirm state report say tell add ask write note explain insist argue reply think believe know
    call describe""".split()
)
_PAST_ONLY = ("done", "partly done")
_MOST_ABOUT = 300
_MOST_ABOVE = 90
_DENIES = re.compile(r"\bden(?:y|ies|ied|ying)\b", re.I)
_EVER = re.compile(r"\b(?:ever|having|had)\b", re.I)
_SHORT = 80
_POSSESSIVE = re.compile(r"['’]s?$")
_HAD = re.compile(
    r"\bhad (?:\w+ )?(?:been )?(?:promised|pledged|vowed|planned|agreed|said|announced|intended|offered)\b"
    r"|\b(?:was|were|had been) (?:\w+ )?(?:due|supposed|meant|scheduled|expected|set) to\b",
    re.I,
)
_PAST = re.compile(
    r"\b(?:promised|pledged|vowed|announced|agreed|threatened|offered|planned|committed|refused)\b", re.I
)


@dataclass(frozen=True, slots=True)
class _Told:
    """What one clause or commitment says, before it becomes a line."""

    span: Spanned
    sentence: int
    says: Says
    who: str | None
    what: str
    speaker: str | None
    commitment: Commitment | None = None
    statement: Statement | None = None
    outcome: Outcome | None = None
    recalled: bool = False


def lines_of(story: str, briefing: Briefing, analyses: Sequence[Analysis]) -> tuple[LedgerLine, ...]:
    """Return what the articles of a briefed story say of commitments: those made, and what became of earlier ones.

    Lines stand in the order of the articles' ids, then of the text. A refusal to comment is none, and an act in the
    past is one only where it is told as done.
    """
    articles = {article.id: article for article in briefing.articles}
    origins = {article: origin.id for origin in briefing.origins for article in origin.articles}
    cited: dict[str, list[tuple[Citation, Finding]]] = {}
    for finding in briefing.findings:
        for citation in finding.evidence:
            cited.setdefault(citation.article, []).append((citation, finding))
    stated: dict[str, list[Commitment]] = {}
    for commitment in briefing.commitments:
        stated.setdefault(commitment.article, []).append(commitment)
    lines: list[LedgerLine] = []
    for analysis in sorted(analyses, key=lambda each: each.article):
        if article := articles.get(analysis.article):
            reader = _Reader(article, analysis, stated.get(article.id, []), cited.get(article.id, []))
            lines += reader.lines(story, origins.get(article.id))
    return tuple(lines)


class _Reader:
    """Reads one article."""

    def __init__(
        self,
        article: Article,
        analysis: Analysis,
        commitments: Sequence[Commitment],
        cited: Sequence[tuple[Citation, Finding]],
    ) -> None:
        self.article, self.analysis, self.commitments, self.cited = article, analysis, commitments, cited
        self.names: Mapping[str, str] = {name.id: name.name for name in analysis.names}
        self.published = (article.published or "")[:10] or None

    def lines(self, story: str, origin: str | None) -> list[LedgerLine]:
        """Return the lines of the article in text order."""
        told: list[_Told] = []
        for number, sentence in enumerate(self.analysis.sentences):
            if sentence.furniture is None:
                told += self._sentence(number, sentence)
        lines: list[LedgerLine] = []
        for each in told:
            line = self._line(each, story, origin)
            if each.commitment is None and not self._says_something(each, line):
                continue
            line = replace(line, about=self._about(each))
            line = replace(line, keys=keys_of(line.who, line.what, line.amount, line.about, line.text))
            lines.append(line)
        unique = {line.id: line for line in lines}
        return list(unique.values())

    def _says_something(self, told: _Told, line: LedgerLine) -> bool:
        """Whether an outcome tells of something, and a change of a plan or of a new date or number."""
        if told.says == "changed" and line.amount is None and line.due_date is None and not NAMED.search(line.text):
            return False
        words = frozenset(stem(word) for word in naming(line.who))
        return bool(own_stems(line.text) - words)

    # one sentence -----------------------------------------------------------------------------------------------------

    def _sentence(self, number: int, sentence: Sentence) -> list[_Told]:
        statements = [each for each in self.analysis.statements if each.sentence == number]
        stated = [each for each in self.commitments if sentence.start <= each.start < sentence.end]
        stated = [each for each in stated if not (each.strength == "refused" and _COMMENT.match(each.what))]
        outcomes = self._outcomes(statements)
        looks_back = RECALLED.search(sentence.text) is not None
        found: list[_Told] = []
        replaced: set[int] = set()
        hollow = [each for each in stated if not own_stems(each.what) or _PAST.match(each.what)]
        outcomes = [(each, outcome) for each, outcome in outcomes if not is_the_act(each, outcome, stated, hollow)]
        for statement, outcome in outcomes:
            held = [each for each in stated if each not in hollow and self._governs(statement, outcome, each)]
            held = held[:1]
            replaced |= {id(each) for each in held}
            found.append(self._outcome(statement, outcome, held[0] if held else None, hollow, number, looks_back))
        for each in stated:
            if id(each) in replaced:
                continue
            if each in hollow:
                if outcomes or not (told := self._around(each, statements, number)):
                    continue
                found.append(told)
            elif (turned := self._turned(each)) is not None:
                found.append(_Told(each, number, turned.says, each.who, each.what, None, each, None, turned, True))
            else:
                found += self._parts(self._made(each, statements, number))
        for statement in statements:
            placed = any(same_place(statement, other.span) for other in found)
            if not placed and (mention := self._mention(statement, number)):
                found.append(mention)
        return sorted(found, key=lambda each: (each.span.start, each.span.end, each.says))

    def _mention(self, statement: Statement, number: int) -> _Told | None:
        """Return a clause that may speak of a commitment without a word that says so: "the old note ends in May"."""
        telling = len(own_stems(statement.text)) + len(numbers_of(statement.text)) + self._is_plan(statement)
        if statement.status == "hypothetical" or statement.head in _SPEECH or telling < LEAST_TELLING:
            return None
        actor = self.names.get(statement.actor) if statement.actor else None
        return _Told(
            statement,
            number,
            "made",
            actor,
            statement.text,
            statement.speaker,
            None,
            statement,
            None,
            recalled=not self._is_plan(statement),
        )

    def _is_plan(self, statement: Statement) -> bool:
        """Whether a clause says by its verb, and by a date that is to come, that something is to be."""
        if UNDERTAKES.search(statement.text):
            return True
        if statement.head in _GUESSES:
            return False
        if statement.status == "done" and not any(
            time.future and statement.start <= time.start < statement.end for time in self.analysis.times
        ):
            return False
        due = due_of(statement, statement.text, (None, None), self.article, self.analysis.times)
        end, today = last_day(due[1]) if due else None, last_day(self.published)
        return end is not None and today is not None and end > today

    def _outcomes(self, statements: Sequence[Statement]) -> list[tuple[Statement, Outcome]]:
        """Return the clauses that tell what became of something, the longest of those that tell the same."""
        found = [(each, outcome) for each in statements if (outcome := self._outcome_of(each)) is not None]
        found = [(each, outcome) for each, outcome in found if outcome.sort != "act" or is_telling(each)]
        found = [(each, told) for each, told in found if not (told.says in _PAST_ONLY and self._lies_ahead(each))]
        return [
            (each, outcome)
            for each, outcome in found
            if not any(
                other is not each and within(each, other) and (told.says == outcome.says or outcome.sort == "act")
                for other, told in found
            )
        ]

    def _outcome_of(self, statement: Statement) -> Outcome | None:
        """Return what a clause tells; a change of nothing that can be named is an act."""
        outcome = outcome_of(statement)
        if outcome is None or outcome.says != "changed" or NAMED.search(statement.text):
            return outcome
        told = _Told(statement, 0, "changed", None, statement.text, None)
        return outcome if self._amount(told)[0] is not None or self._due(told) else act_of(statement)

    def _lies_ahead(self, statement: Statement) -> bool:
        """Whether a clause is dated after the article: what it tells has not happened yet."""
        start, today = first_day(statement.date), last_day(self.published)
        return start is not None and today is not None and start > today

    def _governs(self, statement: Statement, outcome: Outcome, commitment: Commitment) -> bool:
        """Whether what a clause tells is told of a commitment stated in it: "dropped its plan to close the mill"."""
        if outcome.sort == "act" or not (shared := overlap(statement, commitment)):
            return False
        cue = statement.start + outcome.start
        act = place_of(commitment)
        outside = not act[0] <= cue < act[1]
        return outside and shared * 2 >= min(size_of(statement), size_of(commitment))

    def _turned(self, commitment: Commitment) -> Outcome | None:
        """Return that a commitment is denied by the clause above it: "denied that she had promised to publish"."""
        sentence = next((s for s in self.analysis.sentences if s.start <= commitment.start < s.end), None)
        start = max(sentence.start if sentence else 0, commitment.start - _MOST_ABOVE)
        head = self.article.text[start : place_of(commitment)[0]]
        found = _DENIES.search(head)
        return Outcome("denied", *found.span(), "never") if found and _EVER.search(head) else None

    # what is told -----------------------------------------------------------------------------------------------------

    def _outcome(
        self,
        statement: Statement,
        outcome: Outcome,
        commitment: Commitment | None,
        hollow: Sequence[Commitment],
        number: int,
        looks_back: bool,
    ) -> _Told:
        actor = self.names.get(statement.actor) if statement.actor else None
        who = actor or (commitment.who if commitment else None)
        who = who or next((each.who for each in hollow if each.who), None)
        what = commitment.what if commitment is not None else statement.text
        recalled = looks_back or commitment is not None or bool(hollow)
        span: Spanned = statement
        if commitment is not None and size_of(commitment) > size_of(statement):
            span = commitment
        return _Told(span, number, outcome.says, who, what, statement.speaker, commitment, statement, outcome, recalled)

    def _made(self, commitment: Commitment, statements: Sequence[Statement], number: int) -> _Told:
        around = [each for each in statements if overlap(each, commitment)]
        speaker = next((each.speaker for each in around if each.speaker), None)
        return _Told(
            commitment,
            number,
            "made",
            commitment.who,
            commitment.what,
            speaker,
            commitment,
            recalled=self._looks_back(commitment),
        )

    def _parts(self, told: _Told) -> list[_Told]:
        """Return the acts of one statement apart: "pledged to pay a fee, as well as to close the mill" are two."""
        cut = _AND_TO.search(told.span.text) or _AND_A.search(told.span.text, _LONG)
        if cut and cut[0] not in told.what:
            cut = None
        act = told.what[: told.what.find(cut[0])] if cut and cut[0] in told.what else ""
        if cut is None or not own_stems(act) or not own_stems(told.span.text[cut.end() :]):
            return [told]
        first = Span(told.span.start, told.span.start + cut.start(), told.span.text[: cut.start()])
        rest = Span(told.span.start + cut.end(), told.span.end, told.span.text[cut.end() :])
        return [replace(told, span=first, what=act), replace(told, span=rest, what=rest.text)]

    def _around(self, commitment: Commitment, statements: Sequence[Statement], number: int) -> _Told | None:
        """Return a commitment that says nothing of its own ("that it promised in March") with the clause around it."""
        wider = [each for each in statements if within(commitment, each) and size_of(each) > size_of(commitment)]
        wider = [each for each in wider if own_stems(each.text)]
        sentence = self.analysis.sentences[number]
        span: Spanned = min(wider, key=size_of) if wider else sentence
        if not own_stems(span.text):
            return None
        return _Told(span, number, "made", commitment.who, span.text, None, commitment, None, None, True)

    def _looks_back(self, commitment: Commitment) -> bool:
        """Whether a commitment is told as one of before: "had promised", "pledged last month"."""
        act = place_of(commitment)[0]
        before = self.article.text[max(0, commitment.start - 40) : commitment.end]
        if _HAD.search(before):
            return True
        head = self.article.text[commitment.start : act]
        if not _PAST.search(head) or self.published is None:
            return False
        today = first_day(self.published)
        for time in self.analysis.times:
            inside = commitment.start <= time.start < commitment.end and not time.future
            past = last_day(time.date)
            if inside and past is not None and today is not None and (today - past).days > 1 and time.start < act + 1:
                return True
        return RECALLED.search(commitment.text) is not None and bool(
            re.search(r"\b(?:ago|last (?:month|year|week)|earlier)\b", commitment.text)
        )

    # lines ------------------------------------------------------------------------------------------------------------

    def _line(self, told: _Told, story: str, origin: str | None) -> LedgerLine:
        commitment, span = told.commitment, told.span
        amount, unit = self._amount(told)
        due = self._due(told)
        finding = commitment.finding if commitment is not None else None
        happened = told.statement.date if told.statement is not None and told.statement.status != "planned" else None
        return LedgerLine(
            id=content_id("line", self.article.id, span.start, span.end, told.says),
            article=self.article.id,
            start=span.start,
            end=span.end,
            text=self.article.text[span.start : span.end],
            says=told.says,
            outlet=self.article.outlet,
            who=_POSSESSIVE.sub("", told.who) if told.who else None,
            what=told.what,
            published=self.published,
            to_whom=commitment.to_whom if commitment is not None else None,
            strength=self._strength(told),
            amount=amount,
            unit=unit,
            due=due[0] if due else None,
            due_date=due[1] if due else None,
            speaker=told.speaker,
            story=story,
            finding=finding or self._finding(span),
            origin=origin,
            date=happened,
            recalled=told.recalled,
        )

    def _strength(self, told: _Told) -> str | None:
        if told.commitment is not None:
            return told.commitment.strength
        if told.says == "withdrawn" and told.recalled and told.outcome is not None and told.outcome.sort != "act":
            return "planned"
        if told.says != "made" or told.recalled:
            return None
        if told.statement is not None and told.statement.head in _GUESSES:
            return None
        return "refused" if told.statement is not None and told.statement.negated else "planned"

    def _amount(self, told: _Told) -> tuple[float | None, str | None]:
        """Return the sum or number of the line; where it tells of a change, the one that it has changed to."""
        inside = [
            f for f in self.analysis.figures if told.span.start <= f.start < told.span.end and f.value is not None
        ]
        inside = [f for f in inside if f.unit not in _LENGTHS]
        if told.says == "changed":
            changed = [f for f in inside if _TO.search(self.article.text[max(0, f.start - 25) : f.start])]
            return value_of(changed)
        if told.says == "made" and told.commitment is not None:
            given = [f for f in inside if f.value == told.commitment.amount and f.unit == told.commitment.unit]
            return value_of(given or inside)
        return value_of(inside)

    def _due(self, told: _Told) -> tuple[str, str] | None:
        if told.says == "changed" or (told.says == "made" and SHIFTED.search(told.span.text)):
            moved = new_due(told.span, self.article, self.analysis.times)
            if moved or told.says == "changed":
                return moved
        if told.says != "made":
            return None
        what = told.commitment.what if told.commitment is not None else told.what
        given = (told.commitment.due, told.commitment.due_date) if told.commitment is not None else (None, None)
        return due_of(told.span, what, given, self.article, self.analysis.times, recalled=told.recalled)

    def _finding(self, span: Spanned) -> str | None:
        """Return the finding whose evidence shares most with `span`."""
        shared = [(overlap(citation, span), -size_of(citation), finding.id) for citation, finding in self.cited]
        best = max((each for each in shared if each[0] * 2 >= min(size_of(span), -each[1])), default=None)
        return best[2] if best and best[0] else None

    def _about(self, told: _Told) -> str | None:
        """Return the words around: the sentence, with the one before it where that is in the same paragraph."""
        running = [s for s in self.analysis.sentences[max(0, told.sentence - 1) : told.sentence] if s.furniture is None]
        own = self.analysis.sentences[told.sentence]
        text = self.article.text[own.start : max(own.end, told.span.end)]
        if running and (running[0].paragraph == own.paragraph or len(text) < _SHORT):
            text = f"{running[0].text} {text}"
        text = " ".join(text.split())[-_MOST_ABOUT:]
        return text if text != told.span.text else None
