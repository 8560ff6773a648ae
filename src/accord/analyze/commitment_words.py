"""The words of commitment: what cues one, and what kinds of verbs and actors there are."""

from __future__ import annotations

from typing import Literal

Strength = Literal["promised", "agreed", "planned", "offered", "threatened", "ordered", "refused", "considering"]


def _lexicon(table: dict[Strength, str]) -> dict[str, Strength]:
    """Return word -> strength."""
    return {word: strength for strength, words in table.items() for word in words.split()}


VERBS = _lexicon(
    {
        "promised": "promise pledge vow commit swear guarantee assure dedicate reaffirm",
        "agreed": "agree approve accept consent adopt ratify endorse",
        "planned": "plan intend aim schedule prepare seek expect hope announce decide resolve slate anticipate target "
        "arrange opt look set gear attempt try want mean confirm unveil",
        "offered": "offer propose bid invite volunteer suggest extend",
        "threatened": "threaten warn",
        "ordered": "order task direct instruct command require demand ban mandate tell ask urge assign impose forbid "
        "summon block bar halt prohibit suspend sentence",
        "refused": "refuse decline reject dismiss oppose resist rebuff withhold boycott rule turn deny insist",
        "considering": "consider mull weigh discuss explore contemplate ponder debate study float examine",
    }
)
NOUNS = _lexicon(
    {
        "promised": "promise pledge vow commitment guarantee assurance oath",
        "agreed": "agreement deal pact accord truce settlement",
        "planned": "plan intention intent decision goal aim initiative preparation schedule move effort",
        "offered": "offer bid proposal invitation overture",
        "threatened": "threat ultimatum",
        "ordered": "order ban mandate directive",
        "refused": "refusal rejection boycott",
        "considering": "consideration willingness readiness openness",
    }
)
ADJECTIVES = _lexicon(
    {
        "promised": "committed determined bound sworn obliged",
        "planned": "set due scheduled slated poised expected supposed about intent likely going planned",
        "offered": "ready prepared willing happy eager",
        "refused": "unwilling reluctant",
        "considering": "open",
    }
)
MODIFIERS = _lexicon(
    {
        "promised": "promised pledged",
        "planned": "planned upcoming coming scheduled anticipated forthcoming impending eventual",
        "offered": "proposed",
        "threatened": "threatened",
    }
)

_STATES = """
be have remain seem appear include contain own belong know mean become get need cost last depend matter stay exist
lack deserve represent constitute amount total equal account involve concern resemble regard owe fit suit consist
stand sit live prefer appreciate trust afford rely lie contrast comprise possess weigh measure require
"""
_HAPPENINGS = """
happen occur come go benefit lose win fail fall rise drop grow increase decrease decline die survive suffer face see
find hear feel lead cause result hurt harm boost affect damage prove turn help allow enable prevent reach learn
receive pass understand like love believe think fear expect hope wonder remember forget want enjoy struggle succeed
disappear exhaust spark trigger prompt undermine strike catch touch shock surprise generate garner gain regain earn
knock crash collapse explode burn sink vanish spread unfold emerge arise end begin start stop continue slow ease
tighten loosen weaken worsen improve deepen expire hit miss notice realize recover heal shrink plunge soar surge
tumble slump climb jump swing burden cripple disappoint anger delight please worry solidify bolster reverberate trade
shift flow pour spill drift fuel drive
"""
_VOLITIONAL = """
abandon abide abolish accelerate accept accompany acquire act adapt add address adjust administer admit adopt advance
advise advocate aid aim align allocate alter amend analyze announce answer appeal appear apply appoint approach
approve argue arm arraign arrange arrest ask assemble assess assign assist assume attack attempt attend audit
authorize avoid await award back ban bar base beat beef begin blast block board boycott break brief bring broadcast
build buy calculate call campaign cancel carry cast catch cease celebrate challenge change charge check choose cite
clarify clean clear close coach collaborate collect combat combine commence comment commission commit communicate
compete compile complete comply concentrate conduct confer confront consider consolidate construct consult contact
contest contribute convene convert convince cooperate coordinate correct counter create crack curb curtail cut deal
debate dedicate defeat defend defer delay delegate delete deliver demand demolish demonstrate deny depart deploy
deport design destroy detain determine develop devise devote direct disarm disband discipline disclose discuss
dismantle dismiss dispatch display dispute distribute divert divide donate double draft draw drive drop echo edit
elect eliminate embark embrace employ enact encourage end endorse enforce engage enhance enlist ensure enter erect
escort establish evacuate evaluate evict examine exchange exclude execute exempt exercise expand expedite expel
explain explore expose extend extradite facilitate fight file fill film filibuster finalize finance fine finish fire
fix fly focus follow forgive form formulate free freeze fulfill fund furnish gather give govern grant greet guard
guide halt hand handle haul help hide highlight hire hold honor host house identify ignore impeach implement import
impose incorporate indict inform initiate inject insert inspect install institute instruct insure integrate intensify
interfere intervene interview introduce invest investigate invite isolate issue join jump justify keep kill land
launch lay lead leave legalize lend let leverage levy lift limit link liquidate listen litigate lobby locate lower
maintain make manage march match maintain mediate meet merge mobilize modify monitor mount move name negotiate
nominate notify nurture observe obtain occupy offer open operate oppose order organize oust outlaw outline overhaul
override oversee overturn pardon park participate partner patrol pause pay perform permit persuade pick place play
plead postpone practice prepare present press prevent prioritize privatize proceed process produce prohibit promote
propose prosecute protect protest provide publish pull punish purchase pursue push put question quit race raise rally
reach react read reaffirm reassess rebuild recall recognize recommend reconsider reconvene recruit recuse redesign
redirect reduce refer reform refrain refund refuse register regulate rehire reimburse reinstate reject release
relinquish relocate remove rename renegotiate renew renovate reopen repair repay repeal replace reply report request
rescind rescue resign resist resolve respect respond restore restrict restructure resume retain retaliate retake
rethink retire return reveal reverse review revise revive revoke reward ride roll rule run sack safeguard sanction
save say scale scrap scrutinize seal search secure seek seize select sell send separate serve set settle share shelve
ship shoot shorten show shut side sign silence skip slash slow soften solve sow speak spearhead spend split sponsor
stage stand start stay steer step stockpile stop strengthen strip study submit subpoena subsidize sue supervise supply
support surrender suspend swap sweeten switch tackle take talk tap target task teach tear tell terminate test testify
tighten tone tour trade train transfer transform transition translate transmit transport travel treat try unblock
undergo undertake undo unify unite unlock unseat unveil update upgrade uphold urge use vacate vaccinate vet veto view
visit void vote wage wait waive walk warn watch weigh welcome widen withdraw withhold work wrap write yield
"""
STATE_VERBS, EVENT_VERBS, ACT_VERBS = (frozenset(text.split()) for text in (_STATES, _HAPPENINGS, _VOLITIONAL))
_BODIES = """
government administration company firm board committee commission council court party parliament congress senate house
ministry department agency police army military navy union group team club league association organization
organisation bank airline country nation state city county side leadership cabinet panel force campaign school
university hospital charity foundation authority office bureau regulator corporation caucus coalition delegation
family jury tribunal
"""
BODY_NOUNS = frozenset(_BODIES.split())
_CORE_WORDS = """
promise pledge vow commit swear guarantee plan intend agree offer threaten refuse decline propose decide opt resolve
volunteer commitment agreement proposal bid intention intent willingness refusal ready willing prepared set scheduled
due slated poised committed determined unwilling planned
"""
_MIDDLE_WORDS = """
aim seek consider prepare order task reject approve announce ban mull weigh invite schedule goal deal decision impose
suspend invitation expected open happy eager about
"""
CORE, MIDDLE = frozenset(_CORE_WORDS.split()), frozenset(_MIDDLE_WORDS.split())
COMMENTS = frozenset({"comment", "say", "answer", "discuss", "confirm", "respond", "identify", "elaborate", "specify"})
IDIOMS = frozenset({"say", "tell", "see", "think", "add", "like", "love", "remember", "guess", "argue", "note"})
_TIMED_WORDS = """
leave resign retire run launch open reopen close return move visit meet hold join step withdraw end pull start begin
depart travel fly head come go appear debut host quit release introduce prepare sell buy ban sue send build develop
"""
TIMED = frozenset(_TIMED_WORDS.split())
AGENTS = frozenset({"person", "body", "place", "first", "they", "it"})
HEDGES = frozenset(
    {"likely", "probably", "possibly", "perhaps", "maybe", "inevitably", "surely", "hopefully", "eventually"}
)
SOON = frozenset(
    {"soon", "tomorrow", "shortly", "next", "upcoming", "later", "tonight", "until", "coming", "immediately"}
)
