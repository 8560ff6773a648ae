"""Finds how many and how much: money, counts, shares, measures, durations, ages and votes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from accord.analyze.counted import (
    NOUNS,
    describe_noun,
    describe_owner,
    describe_use,
    find_noun,
    stands_for_people,
)
from accord.analyze.humans import is_human, words
from accord.analyze.lookalikes import in_name, is_label, is_year
from accord.analyze.qualifiers import Qualifier, find_qualifier
from accord.analyze.quantities import find_quantities
from accord.analyze.quantity import Quantity, after, before
from accord.records import Figure, Sentence, Time

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from accord.analyze.reading import Reading

READ = {None}
"""Kinds of sentence whose figures count."""

_NO_COUNT = words(
    """
    time way star state party part fold bit dimension tier tone piece ply lane speed stroke wheel point hand size
    sum stop step shot off liner percenter side minded trick
    """
)
"""Nouns that make an adjective rather than a count behind a hyphen: "two-way", "one-time"."""

_CASUALTY = words(
    """
    kill injure wound hurt die arrest detain rescue charge evacuate hospitalize hospitalise survive drown shoot stab
    behead convict indict execute abduct kidnap displace infect sicken strand miss perish trap harm
    """
)
"""Verbs whose uncounted number means people: "two were injured"."""

_PERIOD = re.compile(
    r"(?<!\bfor )(?<!\bjust )(?<!\bwell )(?<!\bway )(?<!\blittle )(?<!\blasted )(?<!\btook )(?<!\bin )"
    r"\bover\s(?:the\s|a\s)?$",
    re.IGNORECASE,
)
_GROUPS = r"(?:family|group|team|crew|party|panel|band|jury|squad|crowd|trio|mother|father|parent|gang)"
_HARM = words(
    """
    injury death casualty fatality victim survivor arrest
    """
)
_STRETCHES = words(
    """
    season term semester tour generation
    """
)
_VOTING = re.compile(
    r"\b(?:vot|ballot|senat|house|court|rul|decision|confirm|approv|pass|caucus|council|board|elect|majorit|justice)",
    re.IGNORECASE,
)
_SAYS = words(
    """
    say tell add note write explain argue ask claim recall tweet
    """
)


def find_figures(reading: Reading, times: tuple[Time, ...]) -> tuple[Figure, ...]:
    """Return the figures of the article in text order; dates and numbers inside names are none."""
    text = reading.article.text
    sterling = text.count("£") > text.count("$") or bool(
        re.search(r"\bsterling\b|\bpounds? in (?:cash|damages)\b", text)
    )
    dated = [(time.start, time.end) for time in times if time.date is not None]
    figures: list[Figure] = []
    for sentence in reading.sentences:
        if sentence.furniture not in READ:
            continue
        tokens, last = reading.span(sentence), None
        for quantity in find_quantities(sentence.text, sterling=sterling):
            figure = _Finder(reading, sentence, tokens, quantity, dated, last).figure()
            if figure is not None:
                last = figure.unit if quantity.kind == "count" else last
                figures.append(figure)
    return tuple(figures)


class _Finder:
    """Judges one quantity in its sentence."""

    def __init__(
        self,
        reading: Reading,
        sentence: Sentence,
        tokens: Span,
        quantity: Quantity,
        dated: list[tuple[int, int]],
        last: str | None,
    ) -> None:
        self.last = last
        self.reading, self.tokens, self.quantity, self.dated = reading, tokens, quantity, dated
        self.text = sentence.text
        self.start, self.end = sentence.start + quantity.start, sentence.start + quantity.end
        self.before, self.after = before(self.text, quantity.start), after(self.text, quantity.end)
        span = reading.doc.char_span(self.start, self.end, alignment_mode="expand")
        self.span = span if span is not None else reading.doc[0:0]
        self.written = self.text[quantity.start : quantity.end].lower()

    def figure(self) -> Figure | None:
        """Return the figure, or None where the number says no quantity."""
        q = self.quantity
        if not len(self.span) or self._excluded():
            return None
        if q.kind in ("money", "measure"):
            return self._make(q.unit, self._use())
        if q.kind == "score":
            return self._make("vote" if self._is_vote() else "point", self._use())
        if q.kind == "age":
            return self._make(q.unit, self._age_of())
        if q.kind == "duration":
            return self._make(q.unit, self._use()) if self._lasts() else None
        if q.kind == "none":
            return self._none()
        if self._is_age():
            return self._make("age", self._age_of())
        return self._fraction() if q.kind == "fraction" else self._count()

    def _excluded(self) -> bool:
        q = self.quantity
        within = in_name(q, self.span, self.reading.doc, self.tokens.start, self.tokens.end)
        if q.unit is not None and q.kind != "score":
            return within and not q.digits
        if is_label(self.text, q) or is_year(self.text, q, self.span):
            return True
        if any(start < self.end and self.start < end for start, end in self.dated):
            return True
        return within

    # kinds ------------------------------------------------------------------------------------------------------------

    def _is_vote(self) -> bool:
        """Tell whether two numbers are the sides of a vote rather than of a game."""
        return _VOTING.search(self.before + self.after) is not None

    def _lasts(self) -> bool:
        """Tell whether a time says how long, rather than how often ("$5 a year") or when ("a day earlier")."""
        q = self.quantity
        if q.kind == "duration" and q.value is None:
            return not re.match(r"\s(?:ago|earlier|later)\b", self.after) and "handful" not in self.written
        if not q.article and not (q.value == 1.0 and self.written.startswith("one")):
            return True
        if self._qualified():
            return True
        if q.unit in ("day", "second") and not re.search(r"\b(?:for|within|in)\s$", self.before, re.IGNORECASE):
            return q.unit == "day" and re.match(r"\safter\b", self.after) is not None and not q.article
        if re.search(
            r"\b(?:for|within|in|over|after|last(?:s|ed|ing)?|tak(?:es?|ing)|took|spen[dt]|play(?:s|ed))\s$",
            self.before,
            re.IGNORECASE,
        ):
            return not re.match(r"\s(?:of|when|that|which|in\swhich|where)\b", self.after)
        if not q.article:
            return True
        return re.match(r"\s(?:after|before|later|long)\b", self.after) is not None

    def _none(self) -> Figure | None:
        if re.match(r"\sone\b", self.after):
            verb = self.span[-1].nbor().head
            if verb.lemma_ not in _CASUALTY:
                return None
            return self._make("person", describe_use(self.span[-1].nbor(), self.span), self.end + 4)
        noun = find_noun(self.span[-1], self.tokens.end)
        if noun is None or noun.tag_ not in ("NNS", "NN"):
            return None
        human = self._human(noun)
        if not human and noun.lemma_ not in _HARM:
            return None
        return self._make("person" if human else noun.lemma_, describe_noun(noun, self.span), noun.idx + len(noun))

    def _fraction(self) -> Figure | None:
        if re.search(
            r"\b(?:first|second|other|latter|final|opening|this|that|each|better)\s$", self.before, re.IGNORECASE
        ):
            return None
        noun = find_noun(self.span[-1], self.tokens.end)
        return self._make("fraction", describe_noun(noun, self.span) if noun is not None else self._use())

    def _count(self) -> Figure | None:
        q = self.quantity
        noun = find_noun(self.span[-1], self.tokens.end)
        if noun is None:
            return self._uncounted()
        human = self._human(noun)
        hyphened = self.after.startswith("-")
        if hyphened and (noun.lemma_.lower() in _NO_COUNT or self.written == "one" or self._adjective()):
            return None
        if q.value == 1.0 and not q.scaled and not self._one(noun, human=human):
            return None
        if q.value == 2.0 and self._known_pair(noun):
            return None
        if self.written == "several" and noun.lemma_.lower() not in (
            "dozen",
            "hundred",
            "thousand",
            "million",
            "billion",
        ):
            return None
        if self.written == "a few":
            return None
        return self._make(
            "person" if human else noun.lemma_.lower(), describe_noun(noun, self.span), noun.idx + len(noun)
        )

    def _human(self, noun: Token) -> bool:
        return stands_for_people(noun) or is_human(noun.lemma_, noun.text, proper=noun.pos_ == "PROPN")

    def _adjective(self) -> bool:
        """Tell whether the hyphen leads to a participle: "two-pronged"."""
        last = self.span[-1].i
        return last + 2 < self.tokens.end and self.reading.doc[last + 2].text.endswith("ed")

    def _one(self, noun: Token, *, human: bool) -> bool:
        """Tell whether "one" counts: a person to whom something happens, or what a qualifier stands before."""
        if self.written != "one":
            return True
        if re.match(r"\s(?:of|another|or\sanother)\b", self.after):
            return False
        if self._qualifier() != "exact" or noun.lemma_.lower() in _STRETCHES:
            return True
        verb = noun.head
        speaks = verb.lemma_ in _SAYS and noun.dep_ in ("nsubj", "dobj", "dative")
        relative = any(child.dep_ == "relcl" for child in noun.children)
        return human and not speaks and not relative

    def _known_pair(self, noun: Token) -> bool:
        """Tell whether "the two leaders" only points back."""
        if not re.search(r"\b(?:the|these|those)\s$", self.before, re.IGNORECASE) or re.search(
            r"\bof\sthe\s$", self.before
        ):
            return False
        return not any(child.dep_ in ("amod", "compound", "prep", "relcl", "acl") for child in noun.children)

    def _uncounted(self) -> Figure | None:
        """A number without a noun: "two were injured", "a family of five", "5.5 million"."""
        q = self.quantity
        if self.written.endswith(("single", "lone")):
            return None
        if re.search(rf"\b{_GROUPS}\sof\s$", self.before, re.IGNORECASE):
            return self._make("person", describe_owner(self.span[0].nbor(-2)))
        if re.search(r"\bfactor\sof\s$", self.before):
            return self._make("time", self._use())
        if re.search(r"\bvotes?\sto\s$", self.before):
            return self._make("vote", self._use())
        if re.search(r"\b(?:another|further)\s$", self.before, re.IGNORECASE) and self.last is not None:
            return self._make(self.last, self._use())
        if re.search(r"\b(?:the|these|those|other|top|one)\s$", self.before, re.IGNORECASE):
            return None
        verb = self._verb()
        people = verb is not None and verb.lemma_ in _CASUALTY
        if q.kind == "vague":
            return self._vague(people=people)
        if self._anchor().head.i == self.span[0].i - 1 and self._anchor().head.pos_ in NOUNS and not q.scaled:
            return None
        if not people and not q.scaled and (not q.digits or (q.value or 0) < 10):
            return None
        return self._make("person" if people else None, self._use())

    def _vague(self, *, people: bool) -> Figure | None:
        if self.written in ("several", "a few"):
            return None
        money = self.written.endswith(("billions", "trillions")) and not people
        return self._make(self._currency() if money else "person", self._use())

    def _currency(self) -> str:
        text = self.reading.article.text
        return max((("$", "USD"), ("£", "GBP"), ("€", "EUR")), key=lambda sign: text.count(sign[0]))[1]

    def _verb(self) -> Token | None:
        """Return the verb that the bare number is subject or object of."""
        at = self._anchor()
        while at.dep_ == "conj" and at.head != at:
            at = at.head
        if at.pos_ in ("VERB", "AUX"):
            return at
        return at.head if at.head.pos_ in ("VERB", "AUX") else None

    def _is_age(self) -> bool:
        """Tell whether a bare number is an age: "aged 12", "Whitlock, 34," or "(58)"."""
        q = self.quantity
        if q.value is None or q.value > 115 or q.kind != "count" or q.value != int(q.value) or q.scaled:
            return False
        if re.search(
            r"\b(?:aged?|ages)\s(?:of\s)?(?:about\s|around\s|between\s|just\s|only\s)?$", self.before, re.IGNORECASE
        ):
            return True
        if re.search(r"\baged?\s\d+(?:,\s\d+)*,?\s(?:(?:and|or|to)\s)?$", self.before):
            return True
        if re.match(r"\s(?:and|or)\s(?:older|younger)\b", self.after):
            return True
        if not q.digits or not re.search(r"[\w.”\"’)](?:,\s|\s\()$", self.before):
            return False
        if not re.match(r"[,.);]|\s?[–—]|\sand\b|$", self.after):
            return False
        named = self._before_comma()
        return named.ent_type_ != "DATE" and (named.pos_ == "PROPN" or is_human(named.lemma_, named.text))

    def _before_comma(self) -> Token:
        named = self.reading.doc[max(self.span[0].i - 2, 0)]
        return named.nbor(-1) if named.is_punct and named.i > 0 else named

    # the words around -------------------------------------------------------------------------------------------------

    def _qualified(self) -> bool:
        return self._qualifier() != "exact" or re.search(r"\b(?:only|just)\s$", self.before) is not None

    def _qualifier(self) -> Qualifier:
        """Return the qualifier; "over three years" is a period unless something lasts that long."""
        if self.quantity.kind == "duration" and _PERIOD.search(self.before):
            return "exact"
        return find_qualifier(self.text, self.quantity.start, self.quantity.number, self.quantity.end)

    def _anchor(self) -> Token:
        """Return the token of the quantity that the rest of the sentence hangs on."""
        inside = {token.i for token in self.span}
        return next((token for token in self.span if token.head.i not in inside or token.head == token), self.span[-1])

    def _use(self) -> str:
        return describe_use(self._anchor(), self.span)

    def _age_of(self) -> str:
        """Name whose age it is."""
        owner = self._owner()
        words = describe_owner(owner, self.span) if owner is not None else ""
        return f"age of {words}" if words else "age"

    def _owner(self) -> Token | None:
        if self.quantity.unit is None and re.search(r"[\w.”\"’)](?:,\s|\s\()$", self.before):
            named = self._before_comma()
            if named.ent_type_ in ("GPE", "ORG", "LOC") or named.pos_ not in NOUNS:
                people = [token for token in self.tokens if token.i < self.span[0].i and token.ent_type_ == "PERSON"]
                return people[-1] if people else named
            return named
        at = self._anchor()
        for _ in range(4):
            at = at.head
            if at.pos_ in NOUNS and at not in self.span:
                return at
            if at.pos_ in ("VERB", "AUX"):
                subjects = [child for child in at.children if child.dep_ in ("nsubj", "nsubjpass")]
                if not subjects or subjects[0].pos_ not in NOUNS:
                    return at.head if at.dep_ == "relcl" else None
                return subjects[0]
        return None

    def _make(self, unit: str | None, of: str, end: int | None = None) -> Figure:
        q, text = self.quantity, self.reading.article.text
        last = max(self.end, end or 0)
        exact = q.kind != "fraction" or q.value is None
        return Figure(
            article=self.reading.article.id,
            start=self.start,
            end=last,
            text=text[self.start : last],
            value=q.value if exact else round(q.value, 4),  # type: ignore[arg-type]
            unit=unit,
            of=of or None,
            qualifier=self._qualifier(),
            high=q.high if exact or q.high is None else round(q.high, 4),
            step=q.step if exact else 1e-4,
        )
