"""What words tell: stems without endings, how rare they are in news, and who is named."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache, lru_cache

from accord.models import term_counts

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NAME = re.compile(r"(?<=[\w,)] )[^\W\d_a-z][^\W\d_]*(?:['-][^\W\d_]+)*")
_STOP_WORDS = """
a about above according across after again against ago all almost along already also although always am among an and
another any anyone anything are around as asked aside at away back be became because become been before being below
between both but by call called can cannot could did do does doing down due during each earlier early either else
end enough even ever every everyone everything far few first following for former from further get give given go going
gone got had has have having he her here hers herself him himself his how however i if in including indeed instead into
is it its itself just keep kept last late later latest least less let like longer made make makes making many may me
meanwhile might mine more most mostly much must my myself near nearly need never nevertheless new next no nobody none
nor not nothing now of off often on once one ones only onto or other others our ours out over own part per perhaps
please put quite rather really same see seem seemed seems set several shall she should since so some somehow someone
something soon still such take taken takes taking than that the their theirs them themselves then there therefore these
they thing this those though through throughout thus time to today together tomorrow too took toward towards two under
until up upon us use used very via was way we well went were what whatever when where whether which while who whoever
whole whom whose why will with within without would wouldn't won't yesterday yet you your yours
didn't doesn't don't hasn't haven't isn't wasn't aren't can't couldn't shouldn't it's he's she's they're we're i'm
say says said saying tell told tells add added adds announce announced announces announcement announcing reveal confirm
confirmed confirms report reported reports reporting statement spokesman spokeswoman spokesperson official officials
repeat repeated repeats reiterate reiterated insist insisted note noted warn warned deny denied denies declare declared
promise promised promises promising pledge pledged pledges pledging vow vowed vows vowing commit committed commitment
commitments plan planned plans planning intend intended intends intention agree agreed agrees agreeing
 threaten threatened threatens threat refuse refused refuses refusing decline
declined expect expected expects aim aims aimed seek seeks sought want wants wanted
hope hopes hoped schedule scheduled prepare prepared ready willing decide decided decision try trying
monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
october november december spring summer autumn winter year years month months week weeks day days quarter date
million billion trillion thousand hundred dozen percent mr mrs ms dr sir
"""
_STOP = frozenset(_STOP_WORDS.split())
_IRREGULAR_WORDS = """
bought buy|built build|paid pay|met meet|sent send|spent spend|held hold|gave give|given give|began begin|begun begin
went go|gone go|kept keep|left leave|lent lend|made make|put put|ran run|sold sell|sought seek|sold sell|stood stand
taught teach|told tell|took take|taken take|thought think|withdrew withdraw|withdrawn withdraw|won win|wrote write
written write|brought bring|caught catch|chose choose|chosen choose|drew draw|drawn draw|drove drive|driven drive
fell fall|fallen fall|fought fight|flew fly|flown fly|forgave forgive|froze freeze|frozen freeze|laid lay|led lead
rose rise|risen rise|rebuilt rebuild|repaid repay|resold resell|spoke speak|spoken speak|struck strike|swore swear
sworn swear|tore tear|torn tear|undertook undertake|undertaken undertake|undid undo|wore wear|wound wind|shut shut
cut cut|came come|became become|shot shoot|dealt deal|bid bid|dug dig|fed feed|lost lose|found find|sank sink|sunk sink
threw throw|thrown throw|grew grow|grown grow|broke break|broken break|stopped stop|set set|men man|women woman
children child|people person|lives life|wives wife|knives knife|hid hide|hidden hide|rode ride|ridden ride
delivery deliver|deliveries deliver|purchase buy|purchases buy|purchased buy|purchasing buy|acquire buy|acquired buy
acquisition buy|employ hire|recruit hire|recruited hire|recruitment hire|recruiting hire|construct build
construction build|constructed build|constructing build|shutdown shut|departure depart|arrival arrive|sale sell
sales sell|growth grow|resignation resign|publication publish|published publish|abolition abolish|reduction reduce
production produce|introduction introduce|destruction destroy|removal remove|renewal renew|approval approve
reopen open|reopened open|reopening open|reopens open|inaugurate open|inaugurated open|inauguration open
visited visit|visits visit|decommission close|closure close|closures close|fund fund|funding fund|donation donate
gift donate|expansion expand|extension extend|inquiry investigate|inquiries investigate|enquiry investigate
investigation investigate|probe investigate|rise raise|rises raise|raised raise|raising raise|increase raise
increased raise|increases raise|increasing raise|slash cut|slashed cut|reduce cut|reduced cut|cutting cut|cuts cut
scrap abolish|scrapped abolish|scrapping abolish|tax tax|taxes tax|scheme scheme|programme program|programmes program
offer bid|offers bid|offered bid|offering bid|proposal bid|proposals bid|propose bid|proposed bid|consider review
considering review|considered review|considers review|evaluate review|evaluated review|examine review|examined review
assess review|assessed review|weigh review|weighing review|mull review|mulling review|reject refuse|rejected refuse
relocate move|relocation move|headquarter office
labour labor|defence defense|centre center|centres center|metre meter|theatre theater|harbour harbor|licence license
"""
_IRREGULAR: Mapping[str, str] = {
    pair.split()[0]: pair.split()[1]
    for line in _IRREGULAR_WORDS.strip().splitlines()
    for pair in line.split("|")
    if pair.strip()
}
_ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "ions", "ion", "ures", "ure", "ed")
_VOWEL = re.compile("[aeiouy]")
_SHORTEST = 3
_TITLES = frozenset(
    """mr mrs ms dr sir lord lady president prime minister secretary senator governor mayor chief executive director
    chairman chairwoman chair leader general judge justice premier chancellor ceo head boss deputy vice the a an of and
    its his her their our for in at on former new local national""".split()
)
BODIES = frozenset(
    """government ministry company firm council board administration authorities authority officials team union
    committee party department agency commission operator developer group spokesman spokeswoman spokesperson spokesmen
    it they he she we who which that this these those leader leaders minister mayor president club bank university
    school hospital city town state country federal house court congress senate parliament police army business
    people person man woman workers worker staff members member side sides both one""".split()
)


def words_of(text: str) -> list[str]:
    """Return the words and numbers of `text` in lower case, without possessive endings."""
    return [word.casefold().replace("’", "'").removesuffix("'s").rstrip("'") for word in _WORD.findall(text)]


def stems_of(text: str) -> list[str]:
    """Return the stems of the words in `text` that tell something, in their order; numbers are left out.

    "closed its mills by October" -> ["clos", "mill"]
    """
    return [stem(word) for word in words_of(text) if word not in _STOP and len(word) > 1 and not word[0].isdigit()]


def numbers_of(text: str) -> frozenset[str]:
    """Return the plain numbers in `text`, without separators of thousands."""
    return frozenset(word.replace(",", "") for word in words_of(text) if word[0].isdigit())


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return what the forms of one word have in common; "bought" and "purchases" are "buy", "payments" is "pay"."""
    word = _IRREGULAR.get(word, word)
    if len(word) > _SHORTEST and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-3] + "y" if word.endswith("ies") else word[:-1]
    word = _IRREGULAR.get(word, word)
    for ending in _ENDINGS:
        base = word.removesuffix(ending)
        if base != word and len(base) >= _SHORTEST and _VOWEL.search(base):
            word = base
            if len(word) > _SHORTEST and word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    return word.rstrip("ey") if len(word.rstrip("ey")) >= _SHORTEST - 1 else word


@lru_cache(maxsize=50_000)
def rarity(stemmed: str) -> float:
    """Return the inverse document frequency of a stem in news at large, between 0 and 1 (1: never seen)."""
    pieces, counts = _counts()
    return math.log((pieces + 1) / (counts.get(stemmed, 0) + 0.5)) / math.log((pieces + 1) / 0.5)


@cache
def _counts() -> tuple[int, Mapping[str, int]]:
    known = term_counts()
    counts: Counter[str] = Counter()
    for word, count in known.of.items():
        counts[stem(word)] += count
    return known.pieces, counts


def weight(stems: frozenset[str]) -> float:
    """Return the summed rarity of `stems`."""
    return math.fsum(map(rarity, stems))


def naming(who: str | None) -> frozenset[str]:
    """Return the words of a name or role that tell who it is: "the mayor of Orlen, Mirela Dov" -> {orlen, mirela, dov}

    Empty for pronouns and for bodies and roles without a name ("the company", "a spokesman").
    """
    if not who:
        return frozenset()
    return frozenset(word for word in words_of(who) if word not in _TITLES and word not in BODIES and len(word) > 1)


def names_in(text: str) -> frozenset[str]:
    """Return the words of proper names within `text`, after its first word: "build berths for Velm" -> {velm}."""
    found = (word.removesuffix("'s") for word in _NAME.findall(text.replace("’", "'")))
    return frozenset(word.casefold() for word in found if word.casefold() not in _STOP and len(word) > 1)
