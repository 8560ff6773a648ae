"""Says each finding in one line: a report's own words, trimmed to stand alone, or a plain template over fields."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from accord.brief.clauses import Stand, breaks_off, stand, strip_joiner, tidy
from accord.brief.index import Index, within
from accord.brief.wording import covered, share, stems, tokens
from accord.records import Citation, Finding, Quote

FITNESS = {
    "full": 3.0,
    "subjectless": 1.0,
    "part": 0.0,
    "attribution": -3.0,
}
NAMED = 0.8
PRONOUN = -1.2
QUOTED = -0.5
UNKNOWN_SPEAKER = -1.5
UNQUOTED = -1.5
CUT_SHORT = -1.5
FURNITURE = -1.0
ASKED = -2.0
SLACK = 2
SHARED = 3.0
TELLS = 2.0
IDEAL_WORDS = 16
PER_WORD = 0.04
_PERSONAL = re.compile(r"^(?:he|she|they|it|his|her|its|their)\b", re.IGNORECASE)
_POINTING = re.compile(r"^(?:this|these|those|one|some|such|we|i|our|my|you|both|others?)\b", re.IGNORECASE)
_SAYS = re.compile(r"\b(?:said|says|told|according to|den(?:y|ies|ied))\b", re.IGNORECASE)
_SURE = {"he", "she", "his", "her"}
_POSSESSIVE = {"his", "her"}


@dataclass(frozen=True, slots=True)
class Gist:
    """A line that says a finding: its words, the citation that they come from, how it stands, how fit it is."""

    text: str
    citation: Citation
    stand: Stand
    fitness: float


def best_gist(finding: Finding, index: Index, taken: Collection[str] = ()) -> Gist:
    """Return the fittest line for `finding`, every word of it covered by its evidence, if possible none of `taken`.

    A clause with a named subject and a finite verb is fittest, of those the one that says what most reports say.
    """
    evidence, gists = index.gists.get(finding.id, ((), ()))
    if evidence != finding.evidence:
        made = (make_gist(citation, index, finding) for citation in finding.evidence)
        gists = tuple(sorted(made, key=lambda gist: (-gist.fitness, index.order(gist.citation))))
        index.gists[finding.id] = finding.evidence, gists
    texts = [citation.text for citation in finding.evidence]
    fit = [gist for gist in gists if covered(gist.text, texts, index.given)] or gists[-1:]
    return next((gist for gist in fit if gist.text not in taken), fit[0])


def make_gist(citation: Citation, index: Index, finding: Finding | None = None) -> Gist:
    """Return `citation` as a line of its own; `finding` gives what the other reports say."""
    if finding is not None and finding.kind == "quote" and (held := _held_quote(citation, index)) is not None:
        return held
    statement = index.statement(citation)
    bare = tidy(citation.text) or citation.text
    quote = _quote(citation, index)
    if statement is None:
        return Gist(bare if bare[:1].isupper() else f"… {bare}", citation, "full", 0.0)
    text = strip_joiner(bare)
    rest = _rest(citation, index)
    asks = rest.lstrip(' ”’"').startswith("?")
    attributes = _is_attribution(citation, index)
    how = "full" if _is_sentence(citation, index) else stand(statement, text, attributes=attributes)
    fitness = FITNESS[how]
    if breaks_off(statement, text, rest):
        text, fitness = f"{text} …", fitness + CUT_SHORT
    if quote is None and finding is not None and any(_is_quoted(other, index) for other in finding.evidence):
        fitness += UNQUOTED
    if asks:
        text, fitness = text + "?", fitness + ASKED
    if quote is not None:
        line = f"“{inner(_capital(text) if how == 'full' else '… ' + text)}”"
        speaker = index.canonical(citation.article, quote.speaker)
        line = f"{_capital(speaker)}: {line}" if speaker else line
        fitness += QUOTED if speaker else UNKNOWN_SPEAKER
    else:
        line, extra = _subject(text, how, citation, index)
        line = _attributed(line, how, citation, index, finding)
        fitness += extra
    sentence = index.sentence(citation)
    if sentence is not None and sentence.furniture is not None:
        fitness += FURNITURE
    return Gist(line, citation, how, round(fitness + _worth(bare, citation, finding), 4))


def _is_sentence(citation: Citation, index: Index) -> bool:
    """Tell whether `citation` is a whole sentence of several clauses."""
    sentence = index.sentence(citation)
    return (
        sentence is not None
        and sentence.furniture is None
        and citation.start <= sentence.start + SLACK
        and citation.end >= sentence.end - SLACK
        and len(index.clauses_in(citation.article, sentence)) > 1
    )


def _quote(citation: Citation, index: Index) -> Quote | None:
    """Return the direct quote in which `citation` lies."""
    return next((q for q in index.quotes(citation) if q.kind == "direct" and within(citation, q)), None)


def _held_quote(citation: Citation, index: Index) -> Gist | None:
    """Return the quoted words that fill most of `citation` without holding all of it, as their speaker's."""
    for quote in index.quotes(citation):
        start, end = max(quote.start, citation.start), min(quote.end, citation.end)
        if quote.speaker is None or quote.kind == "indirect" or within(citation, quote):
            continue
        words = citation.text[start - citation.start : end - citation.start].rstrip(" ,.;")
        if len(words) * 4 >= len(citation.text):
            speaker = index.canonical(citation.article, quote.speaker)
            line = f"{_capital(speaker or quote.speaker)}: “{inner(words)}”"
            return Gist(line, citation, "full", round(FITNESS["full"] + QUOTED, 4))
    return None


def _is_quoted(citation: Citation, index: Index) -> bool:
    quote = _quote(citation, index)
    return quote is not None and quote.speaker is not None


def _rest(citation: Citation, index: Index) -> str:
    """Return what follows `citation` in its sentence."""
    sentence = index.sentence(citation)
    return index.articles[citation.article].text[citation.end : sentence.end] if sentence else ""


def _worth(text: str, citation: Citation, finding: Finding | None) -> float:
    """How much of the line other reports say too, how much of what they share it says, and how handy it is."""
    handy = -PER_WORD * abs(len(tokens(text)) - IDEAL_WORDS)
    others = [c.text for c in finding.evidence if c.article != citation.article] if finding else []
    if not others:
        return handy
    told = [stems(text), *map(stems, others)]
    common = {word for words in told for word in words if sum(word in each for each in told) > 1}
    said = sum(share(text, [other]) for other in others) / len(others)
    tells = len(common & stems(text)) / max(1, len(common))
    return handy + SHARED * said + TELLS * tells


def _is_attribution(citation: Citation, index: Index) -> bool:
    """Tell whether the sentence of `citation` holds, outside of it, words that it attributes."""
    statement = index.statement(citation)
    if statement is None:
        return False
    said = any(
        other.speaker and not within(other, statement) for other in index.clauses(statement) if other is not statement
    )
    sentence = index.sentence(citation)
    analysis = index.analyses[citation.article]
    quoted = sentence is not None and any(
        quote.start < sentence.end and sentence.start < quote.end and not within(quote, citation)
        for quote in analysis.quotes
    )
    return said or quoted


def _subject(text: str, how: Stand, citation: Citation, index: Index) -> tuple[str, float]:
    """Put the name that a pronoun or a missing subject means in square brackets; return what that is worth."""
    statement = index.statement(citation)
    if how == "subjectless" and statement is not None:
        actor = index.actor(citation, statement) if not statement.passive else None
        return (f"[{actor}] {text}", FITNESS["full"] - FITNESS["subjectless"] - 0.5) if actor else (f"… {text}", 0.0)
    if how == "part":
        return (text if text.endswith(" …") and text[:1].isupper() else f"… {text}"), 0.0
    pronoun = _PERSONAL.match(text)
    if pronoun:
        word = pronoun.group()
        at = citation.text.find(text)
        sure = word.lower() in _SURE and text[len(word) : len(word) + 1] not in ("'", "’")
        name = index.pronoun(citation, citation.start + at, word) if at >= 0 and sure else None
        if name is None:
            return _capital(text), PRONOUN
        means = f"[{name}’s]" if word.lower() in _POSSESSIVE else f"[{name}]"
        return means + text[len(word) :], 0.0
    if _POINTING.match(text):
        return _capital(text), PRONOUN
    first = text.removeprefix("The ").removeprefix("the ").split(" ", 1)[0]
    return _capital(text), NAMED if first[:1].isupper() and text[:1].isupper() else NAMED / 2


def _attributed(line: str, how: Stand, citation: Citation, index: Index, finding: Finding | None) -> str:
    """Add who says so, where the report does not say it in its own voice."""
    speaker = index.speaker(citation)
    if speaker is None or how == "attribution" or set(tokens(speaker)) & set(tokens(line)) or _SAYS.search(line):
        return line
    if finding is not None and any(_own_voice(other, index) for other in finding.evidence):
        return line
    speaker = _in_line(speaker, index.articles[citation.article].text)
    return f"{line}, {speaker} said" if line[-1:] not in "?!…" else f"{line} ({speaker})"


def _own_voice(citation: Citation, index: Index) -> bool:
    """Tell whether a report says `citation` without attributing it to anybody."""
    statement = index.statement(citation)
    return statement is not None and statement.speaker is None and not index.quotes(citation)


def _in_line(speaker: str, text: str) -> str:
    """Return `speaker` with a small first letter if it holds no name and the article writes it so elsewhere."""
    first = speaker.split(" ", 1)[0]
    small = first[:1].lower() + first[1:]
    if any(c.isupper() for c in speaker[1:]):
        return speaker
    return small + speaker[len(first) :] if re.search(rf"\b{re.escape(small)}\b", text) else speaker


def inner(text: str) -> str:
    """Turn double marks into single ones, for words that are quoted themselves."""
    return text.replace("“", "‘").replace("”", "’").replace('"', "'")


def leans(text: str) -> bool:
    """Tell whether `text` starts with a word that needs what stands before it ("they", "such")."""
    return bool(_PERSONAL.match(text) or _POINTING.match(text))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
