"""Words as the brief compares them: what carries meaning, what joins, and whether evidence covers a line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

_WORD = re.compile(r"[^\W_]+(?:[.,:'’-][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_JOINING_WORDS = """
a an the this that these those and or but nor so as than then of in on at by for from to into onto with within
about over under up out off down between among against through during after before until while when where
which who whom whose what how why if because since although though also both either it its he she they them
him her his hers their theirs we us our ours i me my mine you your yours one be is are was were been being am
do does did have has had having there here it's i'm we're they're he's she's that's i've we've
"""
_TEMPLATE_WORDS = "said says report reports differ only speakers contradict each other figure date place"
_LIGHT_WORDS = """
say said says tell told add added will would can could may might must shall should just very much more most
some any such same other another own only even still yet too again ever
"""
_JOINING = frozenset(_JOINING_WORDS.split())
_TEMPLATE = frozenset(_TEMPLATE_WORDS.split())
_LIGHT = frozenset(_LIGHT_WORDS.split())


@lru_cache(maxsize=8192)
def tokens(text: str) -> tuple[str, ...]:
    """Return the words of `text` in lower case without accents or possessive marks.

    >>> tokens("López's 1.4 billion-peso plan")
    ('lopez', '1.4', 'billion', 'peso', 'plan')
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    whole = (_POSSESSIVE.sub("", word).replace("’", "'") for word in _WORD.findall(plain))
    return tuple(part for word in whole for part in word.split("-") if part)


@lru_cache(maxsize=8192)
def content(text: str) -> tuple[str, ...]:
    """Return the words of `text` that say something: denials and numbers too, joining words not.

    >>> content("The ferry did not sail on Friday")
    ('ferry', 'not', 'sail', 'friday')
    """
    return tuple(word for word in tokens(text) if word not in _JOINING)


@lru_cache(maxsize=8192)
def stems(text: str) -> frozenset[str]:
    """Return the telling words of `text` without their commonest endings, for likeness only.

    >>> sorted(stems("Crews were recovering the bodies"))
    ['bod', 'crew', 'recover']
    """
    return frozenset(_stem(word) for word in content(text) if word not in _LIGHT)


def _stem(word: str) -> str:
    if not word.isalpha():
        return word
    for ending in ("ies", "ied", "ing", "ed", "es", "s", "y", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def share(text: str, by: Iterable[str]) -> float:
    """Return the share (0..1) of the telling words of `text` that stand in `by`; 0 for a text with none."""
    wanted = stems(text)
    inside = frozenset(word for other in by for word in stems(other))
    return len(wanted & inside) / len(wanted) if wanted else 0.0


def covered(text: str, evidence: Iterable[str], given: Iterable[str] = ()) -> bool:
    """Tell whether nothing in `text` is invented.

    Every word of `text` beyond joining words and the few that templates add must stand in the `evidence` that it cites
    or in `given`: outlets, names and speakers that the briefing's own fields give. Denials and numbers are never free.

    >>> covered("Mira Stahl: “The ferry never sailed”", ["the ferry never sailed"], ["Mira Stahl"])
    True
    >>> covered("The ferry never sailed", ["the ferry sailed"])
    False
    """
    unknown = {word for word in content(text) if word not in _TEMPLATE}
    for source in chain(evidence, given):
        if not unknown:
            break
        unknown.difference_update(tokens(source))
    return not unknown
