"""What a clause tells of a commitment: done, partly done, changed, withdrawn, denied. Cues are words; order decides."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from accord.records import Says, Statement

Sort = Literal["plain", "act", "missed", "never"]

_PLAN = (
    r"(?:plan|pledge|promise|offer|bid|proposal|commitment|target|deadline|threat|goal|vow|scheme|project|deal"
    r"|agreement"
    r"|intention|project|programme|program|ban|order|ultimatum|undertaking|date|opening|launch|start|timetable"
    r"|schedule)s?"
)
_MADE = r"(?:promised|pledged|vowed|agreed|committed|undertaken|undertook|offered|planned|intended|threatened|said)"
_WHOLE = r"(?:was|were|been|be|being|is|are)"


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.I)


NEVER = _any(
    rf"\bnever (?:\w+ )?{_MADE}\b",
    r"\b(?:did|had|has|have) (?:not|n't) (?:ever )?(?:promised?|pledged?|committed|commit|agreed?)\b",
    r"\b(?:didn|hadn|hasn|haven)['’]t (?:ever )?(?:promised?|pledged?|committed|commit|agreed?)\b",
    r"\b(?:no|any) such (?:promise|pledge|plan|agreement|offer|commitment|deal|undertaking)\b",
    r"\b(?:made|gave|given|was|were|is) no (?:\w+ )?(?:promise|pledge|commitment|agreement|undertaking"
    r"|guarantee)s?\b",
    rf"\b(?:den(?:y|ies|ied|ying)|disput(?:es?|ed|ing)) (?:\w+ ){{0,6}}(?:ever )?(?:{_MADE}|having|making|{_PLAN})\b",
    rf"\bever (?:{_MADE}|made)\b",
)
MISSED = _any(
    r"\bmiss(?:ed|es|ing)? (?:\w+[’']?s? ){0,4}(?:deadline|target|date|goal|cut-off)\b",
    r"\b(?:deadline|date|target|day)\b.{0,40}\b(?:passed|expired|lapsed|came and went|gone by|slipped"
    r"|been missed|was missed)\b",
    r"\bfail(?:ed|s|ing)? to (?:\w+ ){0,3}(?:deadline|target|promise|pledge|keep|meet)\b",
    r"\b(?:deadline|date|term|period|time|days|weeks|months)\b.{0,30}\b(?:ran out|run out|(?:was|were) up)\b",
    r"\bnot met\b.{0,20}\b(?:deadline|target)\b",
)
UNDONE = _any(
    r"\b(?:has|have|had|is|are) (?:still |yet )(?:yet )?to (?:be )?\w+",
    r"\bfail(?:ed|s|ing|ure)? to\b",
    r"\bno (?:sign|trace)\b",
    r"\bthere (?:is|are|was|were|has been|have been|had been) (?:still |yet |as yet )?no\b",
    r"\b(?:is|are|was|were)(?:n['’]t| not) (?:yet |even )?there\b",
    r"\b(?:has|have|had) (?:so far |still )?(?:had |seen |received |got(?:ten)? )?nothing\b",
    r"\b(?:is|are|was|were|remains?) (?:still )?outstanding\b",
    r"\b(?:still|are|is|were|was) (?:still )?(?:waiting|awaiting)\b",
    r"\bremain(?:s|ed)? (?:\w+ )?(?:un(?:built|paid|finished|opened|signed|fulfilled|delivered|done|published"
    r"|sold|filled)"
    r"|shut|incomplete|empty|on paper)\b",
    r"\b(?:un(?:built|paid|fulfilled|delivered)|long overdue)\b",
    r"\bnot (?:a single|one)\b",
    r"\b(?:nothing|no one|nobody|none)\b.{0,40}\b(?:has|have|had|was|were)\b",
    r"\bno (?:\w+ ){1,3}(?:has|have|had) (?:yet |so far |ever |been )*\w+",
    r"\bno (?:\w+ ){1,3}(?:was|were|arrived|came|appeared|followed|took)\b",
    r"\b(?:has|have|had|was|were) (?:still |yet |so far )?never (?:been )?\w+",
    r"\b(?:has|have|had|was|were|did)(?: \w+){0,2}(?: not|n['’]t)\b",
    r"\bwithout (?:the )?(?:\w+ ){0,2}(?:having been|being)\b",
    r"\bbroken? (?:\w+ ){0,3}(?:promise|pledge|word|vow|commitment)s?\b",
    r"\bfell short\b|\bfallen short\b",
)
_GONE = (
    r"scrap(?:s|ped|ping)?|cancel(?:s|l?ed|l?ing)?|withdr(?:aw|ew|awn|aws|awing)|drop(?:s|ped|ping)?|shelv(?:e"
    r"|es|ed|ing)"
    r"|abandon(?:s|ed|ing)?|revers(?:e|es|ed|ing)|ditch(?:es|ed|ing)?|ax(?:e|es|ed|ing)|rescind(?:s|ed|ing)?"
    r"|revok(?:e|es|ed|ing)|reneg(?:e|es|ed|ing)|suspend(?:s|ed|ing)?|discard(?:s|ed|ing)?|jettison(?:s|ed|ing)?"
    r"|disown(?:s|ed|ing)?|retract(?:s|ed|ing)?|bin(?:s|ned|ning)?|mothball(?:s|ed|ing)?|kill(?:s|ed|ing)?"
    r"|freez(?:e|es|ing)|froze|frozen|halt(?:s|ed|ing)?|pull(?:s|ed|ing)? the plug|pull(?:s|ed|ing)? out"
    r"|call(?:s|ed|ing)? (?:\w+ ){0,4}off|call(?:s|ed|ing)? off|back(?:s|ed|ing)? (?:out|down|away|off)"
    r"|walk(?:s|ed|ing)? (?:\w+ ){0,3}(?:back|away)|g(?:ive|ives|ave|iven|iving) up|climb(?:s|ed|ing)? down"
    r"|w(?:ent|ent) back on|go(?:es|ing|ne)? back on|backtrack(?:s|ed|ing)?|put(?:s"
    r"|ting)? (?:\w+ ){0,4}on (?:hold|ice)"
    r"|stepp?(?:s|ed|ing)? back from|chang(?:e|es|ed|ing) (?:its|his|her|their) mind"
)
WITHDRAWN = _any(
    rf"\b(?:{_GONE})\b",
    r"\bno longer\b",
    r"\b(?:will|would|does|do|is|are|was|were)(?: not|n['’]t) (?:now )?(?:be )?(?:go(?:ing)?|proceed(?:ing)?"
    r"|press(?:ing)?) "
    r"(?:ahead|forward|through)\b",
    r"\bwo(?:n['’]t) (?:go|proceed|press) (?:ahead|forward)\b",
    r"\bu-turn\b|\boff the table\b|\bvoted? (?:\w+ ){0,4}down\b|\bvoted against\b|\bthrown out\b|\bc(?:ame"
    r"|omes?) to nothing\b",
    r"\b(?:will|would) not (?:now )?(?:be )?(?:lodge|build|built|open|held|hold|appeal|fight|happen|take place"
    r"|pursue|pursued)\w*\b",
    r"\b(?:is|was|are|were|has|have) (?:now )?(?:dead|gone|off)\b(?! (?:to|by|on|up|out|into|home|back)\b)",
    r"\bindefinitely\b",
    r"\bend(?:ed|s)? (?:its|his|her|their|the) (?:plan|bid|pursuit|campaign|offer|threat)s?\b",
    r"\bdecid(?:ed|es|ing) against\b|\bopt(?:ed|s|ing)? not to\b|\bdecid(?:ed|es|ing) not to\b",
)
_SHIFT = (
    r"postpon(?:e|es|ed|ing)|delay(?:s|ed|ing)?|push(?:es|ed|ing)? (?:\w+ ){0,5}(?:back|forward)|put(?:s"
    r"|ting)? (?:\w+ ){0,5}back"
    r"|br(?:ing|ings|ought|inging) (?:\w+ ){0,5}forward|reschedul(?:e|es|ed|ing)|defer(?:s|red|ring)?|slip(?:s"
    r"|ped|ping)?"
    r"|set(?:s|ting)? (?:\w+ ){0,3}back|mov(?:e|es|ed|ing) (?:\w+ ){0,5}(?:to|from|back|forward)|revis(?:e|es|ed|ing)"
    r"|amend(?:s|ed|ing)?|alter(?:s|ed|ing)?|water(?:s|ed|ing)? (?:\w+ ){0,3}down|soften(?:s|ed|ing)?"
    r"|scal(?:e|es|ed|ing) (?:\w+ ){0,4}(?:back|down|up)|renegotiat(?:e|es|ed|ing)|rewrit(?:e|es|ten|ing)|rewrote"
    r"|extend(?:s|ed|ing)? (?:\w+ ){0,5}(?:to|until|by|deadline|date)"
)
_SIZE = (
    r"rais(?:e|es|ed|ing)|increas(?:e|es|ed|ing)|boost(?:s|ed|ing)?|lift(?:s|ed|ing)?|doubl(?:e|es|ed|ing)"
    r"|tripl(?:e|es|ed|ing)|cut(?:s|ting)?|reduc(?:e|es|ed|ing)|lower(?:s|ed|ing)?|trim(?:s|med|ming)?"
    r"|slash(?:es|ed|ing)?"
    r"|halv(?:e|es|ed|ing)|expand(?:s|ed|ing)?|top(?:s|ped|ping)? (?:\w+ ){0,3}up|enlarg(?:e|es|ed|ing)"
    r"|shorten(?:s|ed|ing)?"
    r"|sweeten(?:s|ed|ing)?|upp(?:ed|ing)|ups|add(?:ed|ing)?|shrink(?:s|ing)?|shrunk|shrank|chang(?:e|es|ed"
    r"|ing)|gr(?:ew|own)"
    r"|ris(?:e|es|en|ing)|rose"
)
_SUM = r"(?:about |some |only |just |nearly |around |almost )?(?:[$€£¥]|\w{0,3}\$)?\d[\d.,]*"
SHIFTED = _any(rf"\b(?:{_SHIFT})\b")
SIZED = _any(
    rf"\b(?:{_SIZE})\b.{{0,80}}\b(?:to|from|by) (?:about |some |only |just |nearly |around |almost )?(?:[$€£¥]"
    rf"|\w{{0,3}}\$)?\d",
    rf"\b(?:{_SIZE})\b (?:\w+[’']?s? ){{0,5}}{_PLAN}\b",
    rf"\bfrom {_SUM}.{{0,20}}\bto {_SUM}",
    rf"\b(?:only |now ){{1,2}}.{{0,40}}(?:rather than|instead of|not|down from|up from) {_SUM}",
    rf"\b{_PLAN} (?:\w+ ){{0,8}}(?:{_WHOLE} |has |have |had )+(?:\w+ )?(?:{_SIZE})\b",
)
PARTLY = _any(
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine) (?:\w+ )?out of (?:\d|two|three|four|five|six"
    r"|seven|eight|nine|ten)",
    r"\b(?:a|the|its|his|her) first (?:about |some )?[$€£]?\d",
    r"\bpart(?:ly|ially)?\b|\bin part\b|\bpart of\b|\bso far\b|\bpartial\b",
    r"\bhalf\b|\b(?:a|one|two|three) (?:third|quarter|fifth)s?\b",
    r"\bfirst (?:\w+ )?(?:of|phase|stage|tranche|instal?ment|batch|section|part|payment|half|group|share|step"
    r"|delivery|shipment"
    r"|slice|consignment|third|quarter)\b|\bthe first (?:\d+|ten|twenty|dozen|hundred|few|two|three|four|five|six)\b",
    r"\bonly (?:about |some |around )?(?:[$€£]?\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|a few"
    r"|some|half)\b",
    r"\b(?:[$€£]?\d[\d.,]*(?: (?:million|billion))?|one|two|three|four|five|six|seven|eight|nine|ten|twelve"
    r"|some|most|many"
    r"|several|nearly all|a few) (?:\w+ )?of (?:the|its|his|her|their|those|a)\b",
    r"\bnot all\b|\bthe (?:rest|remainder|remaining|other half)\b|\b\d+ ?(?:percent|per cent|%) of\b",
)
WHOLLY = _any(
    r"(?<!not )\ball (?:of )?(?:(?:the|its|his|her|their|those|these) )?(?:\d|\w+ of\b)", r"\bin full\b", r"\bfully\b"
)
KEPT = _any(
    r"\b(?:fulfil(?:s|led|l|ls)?|fulfilled|honou?r(?:s|ed)?|kept|keeps|made good|makes good|delivered on"
    r"|lived up to|met) "
    rf"(?:\w+[’']?s? ){{0,4}}(?:{_PLAN}|word)\b",
    r"\b(?:promise|pledge|commitment|vow|plan|deadline|target)s?\b.{0,30}\b(?:fulfilled|honou?red|kept|met"
    r"|made good|carried out)\b",
    r"\b(?:took|taken|takes|came|come|comes|entered|gone|went) (?:in)?to (?:effect|force)\b|\b(?:took|taken"
    r"|takes) effect\b",
    r"\b(?:has|have|had) (?:all |now )?(?:come|gone) (?:through|out|into)\b|\bwent (?:out of|into) (?:use"
    r"|service|force)\b",
    r"\b(?:is|are|was|were) (?:now )?in (?:place|use|service|force)\b|\b(?:handed|took) over\b",
    r"\bwent ahead\b|\bgone ahead\b|\bgot under ?way\b",
    r"\bas (?:\w+ ){0,4}(?:promised|pledged|planned|agreed|scheduled|announced)\b",
    r"\b(?:complet(?:ed|es)|finish(?:ed|es)|concluded|carried out|implemented|delivered)\b",
    r"\bin full\b|\bon (?:time|schedule)\b|\bahead of (?:time|schedule)\b",
)
RECALLED = _any(
    rf"\bhad (?:\w+ )?(?:{_MADE}|been {_MADE}|announced)\b",
    r"\b(?:that|which|who|as|than|it|he|she|they|[A-Z][\w’'-]+) (?:has |have )?(?:first |originally |once |also )?"
    r"(?:promised|pledged|vowed|threatened|announced|agreed (?:on|to)|committed to|offered|planned) "
    r"(?:for\b|in\b|on\b|last\b|earlier\b|two\b|three\b|a (?:year|month|week)\b|when\b|during\b|at\b|$)",
    r"\b(?:promised|pledged|announced|agreed|planned|proposed|threatened|scheduled)\b.{0,60}"
    r"\b(?:last (?:week|month|year|spring|summer|autumn|winter|january|february|march|april|may|june|july"
    r"|august|september"
    r"|october|november|december)|(?:\w+ )?(?:weeks?|months?|years?|days?) (?:ago|earlier|before)|previously"
    r"|earlier this)\b",
    r"\b(?:the|its|his|her|their|a|long[- ])[\w -]{0,12}(?:promised|pledged|threatened|planned|announced|agreed"
    r"|proposed|"
    r"long-awaited|scheduled) \w",
    r"\bas (?:promised|pledged|planned|agreed|scheduled|announced)\b",
    r"\b(?:that|which) (?:was|were|had been) (?:due|promised|pledged|supposed|scheduled|planned|to have been)\b",
    r"\b(?:original(?:ly)?|initial(?:ly)?|earlier|previous(?:ly)?) (?:plan|pledge|promise|offer|target|promised"
    r"|planned|pledged)",
)
NOW = _any(
    r"\b(?:will|would|is|are|to|plans?|planned) now\b|\bnow (?:plans?|intends?|expects?|aims?|due|be|says?)\b"
    r"|\binstead\b",
    r"\brather than\b|\bnot \d|\bafter all\b|\bfrom [$€£]?\d.{0,30}\bto [$€£]?\d|\bnew (?:date|deadline|target)\b",
)
NAMED = _any(
    rf"\b(?:its|his|her|their|our|my|any|all|these|those|no|\w+[’']s?) (?:[\w-]+ ){{0,3}}{_PLAN}\b",
    rf"\b(?:the|a|an|this|that) {_PLAN}\b|\b(?:the|a|an|this|that) [\w-]+ {_PLAN}\b(?! to\b)",
    rf"^{_PLAN} (?:to|for|of|by)\b|\b(?:drop|scrap|abandon|shelv|ditch|revers|cancel|rais|cut)\w* {_PLAN}\b",
)
PROMISED = _any(
    r"\b(?:promis(?:e|es|ed)|pledg(?:e|es|ed)|vow(?:s|ed)?|undertook|undertaking|g[ai]ven? (?:\w+ )?word)\b"
)
AHEAD = _any(
    r"\b(?:was|were|had been|is|are|been) (?:\w+ )?(?:due|supposed|meant|scheduled|expected|set|to be|to have)\b"
)
UNDERTAKES = _any(
    r"\b(?:has|have|had) (?:also |now |already )?(?:undertaken|offered|promised|pledged|vowed|agreed|committed"
    r"|sworn)\b",
    r"\b(?:directed|ordered|instructed|ruled) that\b|\b(?:must|are to|is to) (?:be )?\w+ (?:by|within|before)\b",
    r"\bundertook to\b|\bgave (?:his|her|its|their) word\b",
)
_NO_ACT_WORDS = """
say tell add announce claim acknowledge admit allege argue assert assure caution confirm contend declare deny disclose
explain insist maintain mention note observe predict recall reiterate remark reply report respond reveal state stress
suggest testify tweet warn write ask believe think estimate emphasize underscore conclude concede complain indicate
promise pledge vow post boast joke continue counter demand propose recommend signal hint express repeat plan intend
agree offer threaten refuse decline commit expect hope want seek aim try schedule decide consider order urge call see
know feel hear find show need include follow lead cause rise fall grow drop lose come go become remain seem appear have
be do make take get give put set let speak talk describe accuse blame criticise criticize praise welcome thank face
suffer die wait fear worry mean stand live work look happen occur tend help use turn run quote cite oppose support
protest declined gather watch crowd celebrate cheer
"""
_SILENT = frozenset("say tell comment know explain answer respond want give disclose name".split())
NO_ACT = frozenset(_NO_ACT_WORDS.split())


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a clause says became of something: `says`, the words `[start, end)` of the clause that say so, and the sort.

    Sorts: "act" where only an act in the past is told, without a word of what had been promised; "missed" where a date
    has passed; "never" where it is denied that anything was promised; else "plain".
    """

    says: Says
    start: int
    end: int
    sort: Sort = "plain"


def outcome_of(statement: Statement, clause: str | None = None) -> Outcome | None:
    """Return what a statement tells of a commitment, or None. `clause` are its words where they are not the text's own.

    "has dropped its plan to close the mill" -> withdrawn; "will close the mill" -> None
    """
    text = statement.text if clause is None else clause
    if statement.status == "hypothetical":
        return None
    if found := NEVER.search(text):
        return Outcome("denied", *found.span(), "never")
    if found := MISSED.search(text):
        return Outcome("denied", *found.span(), "missed")
    done = act_of(statement, text)
    undone = UNDONE.search(text)
    if undone and statement.head not in _SILENT and not _is_still_to_come(statement, text):
        partly = PARTLY.search(text)
        if partly and done and not undone[0].lower().startswith(("no ", "fail", "not a")):
            return Outcome("partly done", *partly.span())
        return Outcome("denied", *undone.span())
    if statement.negated and statement.status == "done" and statement.head not in NO_ACT:
        return Outcome("denied", 0, len(text))
    named = NAMED.search(text)
    ahead = statement.status == "planned" and not named
    if found := WITHDRAWN.search(text):
        if statement.negated and not re.search(r"\bnot\b|n['’]t|\bno longer\b", found[0]):
            return None
        return (
            None
            if ahead and "no longer" not in found[0] and " not " not in found[0]
            else Outcome("withdrawn", *found.span())
        )
    if found := (SHIFTED.search(text) or SIZED.search(text)):
        return None if statement.negated else Outcome("changed", *found.span())
    return None if statement.negated else done


def act_of(statement: Statement, clause: str | None = None) -> Outcome | None:
    """Return that something was done, wholly or in part."""
    text = statement.text if clause is None else clause
    if statement.negated:
        return None
    if statement.status not in ("done", "state"):
        return None
    if AHEAD.search(text):
        return None
    kept = KEPT.search(text)
    act = statement.status == "done" and statement.head not in NO_ACT
    if kept is None and not act:
        return None
    partly = None if WHOLLY.search(text) else PARTLY.search(text)
    where = partly or kept
    start, end = where.span() if where else (0, len(text))
    return Outcome("partly done" if partly else "done", start, end, "plain" if kept else "act")


def _is_still_to_come(statement: Statement, text: str) -> bool:
    """Whether a denial is of something else: what lies ahead ("will not be delayed"), or what is not known."""
    return statement.status == "planned" and not re.search(r"\byet to\b|\bstill\b", text)
