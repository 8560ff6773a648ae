"""Splits a parsed sentence into clauses, so that two facts in one sentence are two claims.

A clause has one head token and one contiguous run of tokens. Coordinated verb phrases, relative, adverbial, complement
and participial clauses and substantial appositions stand alone, the last three with the noun that they describe;
fragments of fewer than three words stay with their governor. What attributes ("Ruiz said", "according to the ministry")
is left out of the clause that it attributes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

Kind = Literal["main", "coordinate", "relative", "adverbial", "complement", "participle", "apposition"]

_SPEECH_WORDS = """
say tell add announce claim acknowledge admit allege argue assert assure caution confirm contend declare deny disclose
explain insist maintain mention note observe predict recall reiterate remark reply report respond reveal state stress
suggest testify tweet warn write ask believe think estimate emphasize underscore conclude concede complain indicate
promise pledge vow post boast joke continue counter demand propose recommend signal hint express
"""
SPEECH = frozenset(_SPEECH_WORDS.split())
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_OPENING = frozenset({"and", "but", "or", "nor", "yet", "so", "then", "that", "also"})
_UNASSERTED = frozenset(
    {"hope", "want", "wish", "make", "let", "help", "doubt", "fear", "expect", "wait", "prefer", "imagine"}
)
_HEADING = frozenset({"conj", "parataxis", "dep", "relcl", "advcl", "ccomp", "acl", "pcomp", "prep", "appos"})
_MIN_WORDS = 3
# A longer sentence is a list or a missing full stop: it is one clause.
_MAX_TOKENS = 160
_MIN_PARTICIPLE = 4
_MIN_PURPOSE = 5
_MAX_ANTECEDENT = 4
_MIN_APPOSITION = 3
_MIN_ATTRIBUTION = 2


@dataclass(slots=True, eq=False)
class Clause:
    """One clause: its `head` and the tokens `[first, last)` of its contiguous span.

    `own` holds the indexes of the tokens that belong to no clause below it; `governor` is the clause above; `subject`
    the token that the verb is said of, taken from the governor where the clause has none; `speaker` the token of who
    says it; `attributes` tells that the clause only says who says the clause below it.
    """

    head: Token
    kind: Kind
    governor: Clause | None = None
    first: int = 0
    last: int = 0
    own: list[int] = field(default_factory=list)
    subject: Token | None = None
    speaker: Token | None = None
    attributes: bool = False


def split_clauses(sentence: Span, clauses: list[Clause] | None = None) -> list[Clause]:
    """Return the clauses of a parsed sentence in text order, none of them empty.

    `clauses` are all of its clauses, where they are known already.

    "The ferry sank off Dorrin, killing 12, Ruiz said." -> "The ferry sank off Dorrin" and "killing 12", speaker "Ruiz".
    """
    clauses = all_clauses(sentence) if clauses is None else clauses
    found = [clause for clause in clauses if _place(clause)]
    if not found and clauses and words_in(sentence):
        found = [_whole(sentence, clauses[0])]
    return sorted(found, key=lambda clause: (clause.first, -clause.last))


def all_clauses(sentence: Span) -> list[Clause]:
    """Return every clause of a parsed sentence, those that only attribute too; their spans are not set yet."""
    long = len(sentence) > _MAX_TOKENS
    heads = [sentence.root] if long else sentence
    found = [(token, kind) for token in heads if (kind := _kind(token)) is not None]
    kinds = {token.i: kind for token, kind in found}
    clauses: dict[int, Clause] = {}
    for token, _ in found:
        if token.dep_ == "ROOT":
            _grow(token, kinds, None, clauses)
    for token, _ in found:  # a head that no root reaches (broken parse) still gets its tokens
        if token.i not in clauses:
            _grow(token, kinds, None, clauses)
    return list(clauses.values())


def _whole(sentence: Span, clause: Clause) -> Clause:
    """Return `clause` over the whole sentence, for one that has no other claim."""
    clause.first, clause.last = sentence.start, sentence.end
    _trim(clause)
    return clause


def subject_of(head: Token) -> Token | None:
    """Return the subject of a verb itself, or None."""
    return next((child for child in head.children if child.dep_ in _SUBJECTS), None)


def agent_of(head: Token) -> Token | None:
    """Return who acts in a passive ("by the board"), or None."""
    for child in head.children:
        if child.dep_ == "agent":
            return next((below for below in child.children if below.dep_ == "pobj"), None)
    return None


def words_in(tokens: Span | list[Token]) -> int:
    """Return how many words, punctuation and possessive marks left out, stand in `tokens`."""
    return sum(1 for token in tokens if not token.is_punct and not token.is_space and token.tag_ != "POS")


def _holds(token: Token, least: int) -> bool:
    """Return whether at least `least` words stand in the subtree of `token`."""
    words = (below for below in token.subtree if not below.is_punct and not below.is_space and below.tag_ != "POS")
    return sum(1 for _ in islice(words, least)) == least


def _kind(token: Token) -> Kind | None:
    """Return the kind of clause that `token` heads, or None where it heads none that stands alone."""
    dep = token.dep_
    if dep == "ROOT":
        return "main"
    if dep not in _HEADING:
        return None
    verbal = token.pos_ in {"VERB", "AUX"}
    kind: Kind | None = None
    if dep in {"conj", "parataxis", "dep"} and verbal and _is_clausal(token.head):
        kind = "coordinate"
    elif dep == "relcl":
        kind = "relative"
    elif dep == "advcl":
        kind = None if _belongs(token) else "adverbial"
    elif dep == "ccomp" and (verbal or subject_of(token) is not None):
        kind = None if _asks(token) or token.head.lemma_.lower() in _UNASSERTED else "complement"
    elif dep == "acl" and token.tag_ in {"VBG", "VBN"}:
        kind = "participle"
    elif dep == "pcomp" and token.tag_ == "VBG" and token.head.dep_ == "prep":
        kind = "adverbial"
    elif dep == "prep" and token.lower_ == "including":
        kind = "apposition"
    elif dep == "appos":
        return "apposition" if _holds(token, _MIN_APPOSITION) else None
    least = _MIN_PARTICIPLE if kind == "participle" else _MIN_WORDS
    if kind is not None and not _holds(token, least):
        return None
    return kind


def _belongs(token: Token) -> bool:
    """Return whether an adverbial clause says nothing alone: a condition, or a short infinitive of purpose."""
    for child in token.children:
        if child.dep_ == "mark" and child.lower_ in {"if", "unless"}:
            return True
        if child.dep_ == "aux" and child.lower_ == "to":
            return not _holds(token, _MIN_PURPOSE)
    return False


def _asks(token: Token) -> bool:
    """Return whether a complement clause is an indirect question ("what caused the crash")."""
    return any(child.tag_ in {"WP", "WRB", "WDT"} or child.lower_ in {"whether", "if"} for child in token.lefts)


def _is_clausal(token: Token) -> bool:
    """Return whether `token` heads a clause whose coordinated verbs stand alone."""
    if token.dep_ == "xcomp":
        return False
    return token.dep_ == "ROOT" or _kind(token) is not None


def _grow(head: Token, kinds: dict[int, Kind], governor: Clause | None, clauses: dict[int, Clause]) -> None:
    """Make the clause of `head` and, below it, those of the heads in its subtree."""
    clause = Clause(head, kinds[head.i], governor)
    clauses[head.i] = clause
    if head.dep_ == "pcomp":
        clause.own.append(head.head.i)
    stack, below = [head], []
    while stack:
        token = stack.pop()
        clause.own.append(token.i)
        for child in token.children:
            if child.i in kinds:
                below.append(child)
            elif child.dep_ == "prep" and any(g.i in kinds and g.dep_ == "pcomp" for g in child.children):
                below.extend(grand for grand in child.children if grand.i in kinds)
                stack.extend(grand for grand in child.children if grand.i not in kinds)
            else:
                stack.append(child)
    clause.own.sort()
    clause.subject = _subject(clause)
    clause.speaker = _speaker(clause)
    if clause.kind == "complement" and governor is not None and governor.head.lemma_.lower() in SPEECH:
        governor.attributes = True
    for child in below:
        _grow(child, kinds, clause, clauses)


def _subject(clause: Clause) -> Token | None:
    """Return the subject of the clause: its own, the noun that it describes, or its governor's."""
    own = subject_of(clause.head)
    if clause.kind == "relative":
        antecedent: Token = clause.head.head
        return antecedent if own is None or own.tag_ in {"WDT", "WP"} or own.lower_ == "that" else own
    if own is not None:
        return own
    if clause.kind in {"participle", "apposition"}:
        return clause.head.head
    return clause.governor.subject if clause.governor is not None else None


def _speaker(clause: Clause) -> Token | None:
    """Return who is said to say the clause: the subject of a speech verb above, or the noun after "according to"."""
    for index in clause.own:
        token = clause.head.doc[index]
        if token.lower_ == "according":
            for to in token.children:
                for noun in to.children:
                    if noun.dep_ == "pobj":
                        return noun
    above = clause.governor
    if above is None:
        return None
    if clause.kind == "complement" and above.head.lemma_.lower() in SPEECH:
        says = agent_of(above.head) if is_passive(above.head) else above.subject
        if says is not None and says.lower_ not in {"i", "we", "it"}:
            return says
    return above.speaker


def is_passive(head: Token) -> bool:
    """Return whether the verb stands in the passive."""
    return any(child.dep_ in {"nsubjpass", "auxpass", "csubjpass"} for child in head.children)


def _place(clause: Clause) -> bool:
    """Set the contiguous tokens of `clause`; return False where nothing worth a claim is left."""
    doc = clause.head.doc
    own = _without_attribution(clause)
    while own and (doc[own[-1]].is_punct or doc[own[-1]].is_space):
        own.pop()
    runs: list[list[int]] = []
    for index in own:
        gap = doc[runs[-1][-1] + 1 : index] if runs else None
        if gap is not None and (not len(gap) or not _splits(clause, gap)):
            runs[-1].append(index)
        else:
            runs.append([index])
    run = next((run for run in runs if run[0] <= clause.head.i <= run[-1]), None)
    if run is None:
        return False
    clause.first, clause.last = run[0], run[-1] + 1
    _trim(clause)
    if clause.kind in {"relative", "participle", "apposition"}:
        clause.first = min(clause.first, _antecedent(clause))
    if clause.attributes:
        said = [doc[i] for i in range(clause.first, clause.last) if doc[i].dep_ not in {"aux", "auxpass", "neg"}]
        subject = subject_of(clause.head)
        about = set() if subject is None else {token.i for token in subject.subtree}
        rest = [token for token in said if token.i not in about and token.i != clause.head.i and not token.is_punct]
        return len(rest) >= _MIN_ATTRIBUTION
    return words_in(doc[clause.first : clause.last]) >= _MIN_WORDS


def _trim(clause: Clause) -> None:
    """Leave punctuation, white space and joining words out at both ends of the clause."""
    doc, first, last = clause.head.doc, clause.first, clause.last
    while last - first > 1 and (doc[first].is_punct or doc[first].is_space or _opens(doc[first])):
        first += 1
    while last - first > 1 and (doc[last - 1].is_punct or doc[last - 1].is_space or doc[last - 1].dep_ == "cc"):
        last -= 1
    opened = doc[first:last].text
    if last < len(doc) and opened.count("“") > opened.count("”"):
        last = next((i + 1 for i in range(last, min(last + 2, len(doc))) if doc[i].text == "”"), last)
    if first > 0 and opened.count("”") > opened.count("“") and doc[first - 1].text == "“":
        first -= 1
    clause.first, clause.last = first, last


def _antecedent(clause: Clause) -> int:
    """Return where the noun phrase that the clause describes starts, at most a few words before its noun."""
    noun = clause.head.head
    if noun.pos_ not in {"NOUN", "PROPN", "PRON", "NUM", "SYM"} or noun.i >= clause.first:
        return clause.first
    start = min([child.left_edge.i for child in noun.lefts] + [noun.i])
    return int(max(noun.i - _MAX_ANTECEDENT, start))


def _opens(token: Token) -> bool:
    """Return whether `token` only joins its clause to what stands before it."""
    if token.lower_ not in _OPENING:
        return False
    return token.dep_ in {"cc", "mark"} or (token.dep_ == "advmod" and token.lower_ in {"then", "so", "yet"})


def _splits(clause: Clause, gap: Span) -> bool:
    """Return whether the clauses in `gap` part the run: said content does, what describes a noun does not."""
    return any(token.dep_ in {"ccomp", "advcl", "conj", "parataxis", "ROOT"} for token in gap) and len(gap) > _MIN_WORDS


def _without_attribution(clause: Clause) -> list[int]:
    """Return the own tokens of the clause without an "according to ..." phrase."""
    left_out: set[int] = set()
    for index in clause.own:
        token = clause.head.doc[index]
        if token.lower_ == "according":
            left_out.update(below.i for below in token.subtree)
    return [index for index in clause.own if index not in left_out]
