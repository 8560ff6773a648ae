"""Tells who a token means as a speaker: the fullest name, the issuer of a statement, or a role phrase."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from accord.analyze.attribution import subject_of
from accord.analyze.lexicon import words
from accord.analyze.lexicon_people import FEMALE_NOUNS, MALE_NOUNS, PERSON_GROUPS, ROLE_NOUNS
from accord.analyze.lexicon_places import CAPITALS, DEMONYMS, ORGANISATION_WORDS
from accord.analyze.lexicon_speech import DOCUMENTS, ISSUED, OWNED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc, Token

    from accord.analyze.reading import Reading
    from accord.records import Name

_PRONOUNS = {"he": "male", "him": "male", "his": "male", "she": "female", "her": "female"}
_PRONOMINAL = words("one another some others many someone")
_OF = words("of for with at from in to on within inside")
_LONGEST = 14
_REACH = 120
_ISSUING = words("release issue publish post send write sign file put deliver give make read circulate")
_SPEAKING_NOUNS = words(
    """company firm group agency organisation organization union team family community one another some others many
    someone nobody everyone crowd man woman people ad site website website's blog commercial regulator watchdog
    chipmaker automaker carrier airline maker giant startup campaign camp side panel band couple pair duo
    user users blogger bloggers commenter tabloid magazine broadcaster clause statute amendment"""
)


def _singular(word: str) -> str:
    if word.endswith("men"):
        return word[:-3] + "man"
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")


def _is_body(token: Token) -> bool:
    """ "The conference of mayors replied", not "a news conference"."""
    return token.lower_ == "conference" and all(child.dep_ != "compound" for child in token.children)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: `text` as printed, the `Name` behind it if there is one, and whether the words mean several."""

    text: str
    name: Name | None = None
    plural: bool = False
    head: str = ""
    proper: bool = False

    @property
    def human(self) -> bool:
        """A person, or somebody described by a role."""
        if self.name is not None:
            return self.name.kind == "person"
        return bool({self.head, _singular(self.head)} & (ROLE_NOUNS | PERSON_GROUPS))

    @property
    def able(self) -> bool:
        """Somebody or something that can be quoted: a name, a role, a group, a body or a document."""
        if self.name is not None or self.human or self.proper or (self.plural and not self.head):
            return True
        heads = {self.head, _singular(self.head)}
        return self.head in DOCUMENTS | ISSUED or bool(
            heads & (ORGANISATION_WORDS | _SPEAKING_NOUNS) or self.head in DEMONYMS
        )


@dataclass(slots=True)
class Speakers:
    """Resolves tokens of one article to speakers; `said` are those resolved so far, nearest last."""

    doc: Doc
    at: dict[int, Name]
    said: list[tuple[int, Speaker]] = field(default_factory=list)
    quoted: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, reading: Reading, names: Iterable[Name]) -> Speakers:
        """Index every mention of `names` by its tokens."""
        at: dict[int, Name] = {}
        for name in names:
            for mention in name.mentions:
                span = reading.doc.char_span(mention.start, mention.end, alignment_mode="expand")
                if span is None:
                    continue
                for token in span if mention.how == "name" else span[-1:]:
                    at[token.i] = name
        return cls(reading.doc, at)

    def before(self, index: int) -> Speakers:
        """Return these speakers as they are known just before token `index`."""
        return Speakers(self.doc, self.at, [(at, speaker) for at, speaker in self.said if at < index], self.quoted)

    def of_source(self, head: int, end: int) -> Speaker | None:
        """Return who a noun phrase with head token `head` that ends at character `end` means.

        'one of the pilots, Ana Paz,' is Ana Paz: a name right after a comma tells who a description without one is.
        """
        speaker = self.resolve(head)
        if speaker is not None and (speaker.name is not None or speaker.plural):
            return speaker
        for token in self.doc[head + 1 : head + _LONGEST]:
            if token.idx >= end or token.i + 1 >= len(self.doc):
                break
            if token.text == "," and self.doc[token.i + 1].idx < end and self._human(self.doc[token.i + 1]):
                return self._named(self.doc[token.i + 1])
        return speaker

    def resolve(self, index: int, depth: int = 0) -> Speaker | None:
        """Return who token `index`, the head of a noun phrase, means as a speaker."""
        token = self.doc[index]
        if depth > 4:
            return None
        if token.pos_ == "PRON" or token.lower_ in _PRONOUNS:
            return self._pronoun(token, depth)
        if token.lower_ in ISSUED | DOCUMENTS and index not in self.at and not _is_body(token):
            return self._issuer(token, depth)
        joint = self._joint(token)
        if joint is not None:
            return joint
        apposed = self._apposed(token) if index not in self.at or token.text[0].islower() else None
        if apposed is not None:
            return Speaker(apposed.name, apposed)
        if index in self.at:
            return self._named(token)
        return self._surname(token) or self._phrase(token)

    def _surname(self, token: Token) -> Speaker | None:
        """A bare surname that was read as no name: the one person who has it."""
        if not token.text[0].isupper() or token.n_lefts:
            return None
        people = {name.id: name for name in self.at.values() if name.kind == "person"}
        named = [name for name in people.values() if name.name.split()[-1:] == [token.text]]
        return Speaker(named[0].name, named[0]) if len(named) == 1 and len(named[0].name.split()) > 1 else None

    def _named(self, token: Token) -> Speaker:
        """The name that a token means; a capital keeps its own ("Seoul"), the name tells the country."""
        name = self.at[token.i]
        text = token.text if name.kind == "place" and token.lower_ in CAPITALS else name.name
        return Speaker(text, name)

    def _pronoun(self, token: Token, depth: int) -> Speaker | None:
        word = token.lower_
        if token.i in self.at and word not in ("they", "them", "it"):
            recent = self._recent(token.i, word)
            return recent or Speaker(self.at[token.i].name, self.at[token.i])
        if word in ("who", "which", "that"):
            head = token.head.head
            return self.resolve(head.i, depth + 1) if head.i != token.i else None
        if word in _PRONOMINAL:
            return self._phrase(token)
        if word in _PRONOUNS:
            return self._recent(token.i, word) or next((s for _, s in reversed(self.said) if s.human), None)
        if word in ("they", "them"):
            return self._several(token, depth) or (self.said[-1][1] if self.said else None)
        if word == "it":
            if token.i in self.at:
                return Speaker(self.at[token.i].name, self.at[token.i])
            bodies = (s for _, s in reversed(self.said) if not s.human and s.head not in _PRONOMINAL)
            return next(bodies, None)
        return None

    def _several(self, token: Token, depth: int) -> Speaker | None:
        """The last ones mentioned together, or spoken of in the plural, as a subject."""
        said = next((i for i, s in reversed(self.said) if s.plural), -1)
        for index in range(token.i - 1, max(said, token.i - _REACH), -1):
            other = self.doc[index]
            if other.dep_ != "nsubj" or index in self.quoted or other.pos_ == "PRON":
                continue
            speaker = self.resolve(index, depth + 1)
            if speaker is not None and speaker.plural and speaker.able:
                return speaker
        return next((s for _, s in reversed(self.said) if s.plural), None)

    def _recent(self, index: int, pronoun: str) -> Speaker | None:
        """An unnamed speaker of just before, whom a name farther off must not replace."""
        if not self.said:
            return None
        at, last = self.said[-1]
        if last.name is not None or not last.human or last.plural or "\n\n" in self.doc[at:index].text[400:]:
            return None
        words = set(last.text.lower().split())
        gender = "female" if words & FEMALE_NOUNS else "male" if words & MALE_NOUNS else None
        between = {self.at[i].id for i in range(at + 1, index) if i in self.at and self.at[i].kind == "person"}
        return last if gender in (None, _PRONOUNS.get(pronoun)) and not between else None

    def _issuer(self, token: Token, depth: int) -> Speaker | None:
        """Whose statement it is."""
        owned = token.lower_ in OWNED
        for child in token.children:
            if child.dep_ == "poss" and owned:
                return self.resolve(child.i, depth + 1)
            if child.dep_ in ("prep", "agent") and child.lower_ in ("from", "by"):
                for grandchild in child.children:
                    issuer = self.resolve(grandchild.i, depth + 1) if grandchild.dep_ == "pobj" else None
                    if issuer is not None and issuer.able:
                        return issuer
            if child.dep_ in ("acl", "relcl"):
                for agent in child.children:
                    if agent.dep_ == "agent":
                        return next((self.resolve(g.i, depth + 1) for g in agent.children if g.dep_ == "pobj"), None)
        before = self.doc[token.i - 1] if token.i else None
        if before is not None and before.dep_ == "compound" and before.i in self.at:
            return Speaker(self.at[before.i].name, self.at[before.i])
        verb = token.head
        if owned and token.dep_ in ("dobj", "nsubjpass") and verb.lemma_ in _ISSUING:
            subject = subject_of(self.doc, verb.i)
            if subject is not None and subject != token.i:
                return self.resolve(subject, depth + 1)
        if depth < 3:
            for index in range(token.i - 1, max(-1, token.i - 250), -1):
                other = self.doc[index]
                if other.lemma_ == token.lemma_ and index not in self.quoted:
                    issuer = self._issuer(other, depth + 3)
                    if issuer is not None and (issuer.name is not None or issuer.human):
                        return issuer
        if token.lower_ in DOCUMENTS or depth >= 3:
            return self._phrase(token) if depth < 3 or not owned else self._issuing_subject(token)
        owner = self._owner_before(token)
        if owner is not None:
            return owner
        return self.said[-1][1] if self.said else self._phrase(token)

    def _issuing_subject(self, token: Token) -> Speaker | None:
        """Who wrote in "the letter", by the verb that it hangs on."""
        head = token.head.head if token.dep_ == "pobj" else token.head
        while head.pos_ not in ("VERB", "AUX") and head.head.i != head.i:
            head = head.head
        subject = subject_of(self.doc, head.i) if head.pos_ in ("VERB", "AUX") else None
        if subject is None or subject == token.i or self.doc[subject].lower_ in OWNED:
            return None
        return self.resolve(subject, 4)

    def _owner_before(self, token: Token) -> Speaker | None:
        """ "The offer is Quill's “best,” according to a statement": whoever the sentence is about."""
        for index in range(token.i - 1, token.sent.start - 1, -1):
            other = self.doc[index]
            if index in self.at and other.dep_ in ("nsubj", "poss", "attr") and self.at[index].kind != "place":
                return self._named(other)
        return None

    def _joint(self, token: Token) -> Speaker | None:
        """ "Paz and Moss said": both names."""
        if not self._human(token):
            return None
        parts = [token]
        for part in parts:
            parts += [child for child in part.children if child.dep_ == "conj" and self._human(child)]
            if len(parts) > 4:
                break
        if len(parts) < 2:
            return None
        names = [self.at[part.i].name for part in parts]
        return Speaker(", ".join(names[:-1]) + " and " + names[-1], None, plural=True) if len(set(names)) > 1 else None

    def _human(self, token: Token) -> bool:
        return token.i in self.at and self.at[token.i].kind == "person"

    def _apposed(self, token: Token) -> Name | None:
        """ "the mayor, Ana Paz, said" / "a spokeswoman for the office, Ana Paz, said"."""
        heads = [token]
        for child in token.children:
            if child.dep_ == "prep":
                heads += [grandchild for grandchild in child.children if grandchild.dep_ == "pobj"]
        bare = token.lower_ in ROLE_NOUNS and not any(child.dep_ == "det" for child in token.children)
        for head in heads:
            for child in head.children:
                if child.dep_ == "appos" and self._human(child):
                    return self.at[child.i]
                if bare and child.dep_ == "conj" and self._human(child):  # "mayoral spokeswoman and adviser Ana Paz"
                    return self.at[child.i]
        return None

    def _phrase(self, token: Token) -> Speaker:
        """The role phrase around a head noun: "a spokeswoman for the ministry", without relative clauses."""
        left = token.i
        for child in token.lefts:
            if child.dep_ in ("det", "amod", "compound", "poss", "nummod", "nmod", "advmod", "punct", "predet"):
                left = min(left, child.left_edge.i)
        right = token.i
        for child in token.rights:
            near = child.left_edge.i <= right + 1
            if child.dep_ == "prep" and child.lower_ in _OF and near:
                edge = child.right_edge.i
                stop = next(
                    (i for i in range(child.i, edge + 1) if self.doc[i].text in (",", "—", "“", '"', "(")), edge + 1
                )
                clause = next((i for i in range(child.i, stop) if self.doc[i].dep_ in ("relcl", "advcl")), stop)
                stop = min(stop, clause)
                right = max(right, stop - 1) if stop > child.i + 1 else right
        while left < token.i and (self.doc[left].is_quote or self.doc[left].is_punct or self.doc[left].is_space):
            left += 1
        left = max(left, right - _LONGEST) if left >= right - _LONGEST else left
        text = " ".join(self.doc[left : right + 1].text.lstrip("-–—•* ").split())
        plural = token.tag_ in ("NNS", "NNPS") or token.lower_ in PERSON_GROUPS
        known = next((s for _, s in reversed(self.said) if self._same_phrase(s, token)), None)
        if known is not None and text.lower().startswith("the ") and left >= token.i - 1 and right == token.i:
            return known
        if text.lower().startswith("the ") and not plural and token.lower_ in ROLE_NOUNS and known is None:
            already = any(t.lower_ == token.lower_ for t in self.doc[max(0, token.i - 600) : left])
            person = None if already else self._last_person(left, token.lower_)
            if person is not None:
                return person
        return Speaker(
            text,
            None,
            plural,
            token.lower_,
            token.pos_ == "PROPN" and not (plural or token.ent_type_ in ("DATE", "TIME")),
        )

    def _last_person(self, before: int, role: str) -> Speaker | None:
        """A description that comes for the first time with "the" means the person who was just spoken of."""
        nearest = None
        gender = "female" if role in FEMALE_NOUNS else "male" if role in MALE_NOUNS else None
        for index in range(before - 1, max(-1, before - _REACH), -1):
            token = self.doc[index]
            if index in self.quoted or token.dep_ not in ("nsubj", "nsubjpass") or not self._human(token):
                continue
            if gender is not None and self.at[index].gender not in (None, gender):
                continue
            if token.head.dep_ == "ROOT":
                return self._named(token)
            nearest = nearest or self._named(token)
        return nearest

    @staticmethod
    def _same_phrase(speaker: Speaker, token: Token) -> bool:
        return speaker.name is None and token.lower_ in speaker.text.lower().split()
