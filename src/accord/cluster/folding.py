"""Folds words to one form: case, accents, punctuation and an outlet's house style of spelling, numbers and dates."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import chain

from accord.cluster.agencies import NAMED

_SIGNS = (("US$", "$"), ("’", "'"), ("‘", "'"), ("´", "'"), ("`", "'"), ("‐", "-"), ("‑", "-"))
_COMBINING = re.compile("[\u0300-\u036f]+")
_TOKEN = re.compile(r"[\x01-\x03]|\d+(?:[.,]\d+)*|%|[^\W\d_]+(?:(?:\.(?=[^\W\d_]\b)|['-])[^\W\d_]+)*")
_TO_AGENCY = re.compile(
    rf"\b(?:(?:told|telling) (?:the )?(?:{NAMED})\b(?: news(?: agency)?)?"
    r"|(?:told|telling) (?:reporters|journalists|the (?:news )?agency)\b)",
    re.IGNORECASE,
)
_SPELLING = (
    (re.compile(r"^(.{3,})is(e[dsr]?|ers|ing|ation|ations)$"), r"\1iz\2"),
    (re.compile(r"^(.{3,})ys(e[ds]?|ing)$"), r"\1yz\2"),
    (re.compile(r"^(.{2,})our(s|ed|ing|ite|ites|able|al|hood|hoods|ly)?$"), r"\1or\2"),
    (re.compile(r"^(.{3,})([^aeiou])\2(ed|ing|er|ers)$"), r"\1\2\3"),
    (re.compile(r"^(.{3,})tre(s?)$"), r"\1ter\2"),
    (re.compile(r"^(.{3,})ogue(s?)$"), r"\1og\2"),
    (re.compile(r"^(def|off|pret|lic)ence(s?)$"), r"\1ense\2"),
    (re.compile(r"^programmes$|^programme$"), "program"),
)
_SMALL = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
          "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ONE_WORD: dict[str, tuple[str, ...]] = {
    **{word: (str(value),) for value, word in enumerate(_SMALL)},
    **{word: (str(10 * value),) for value, word in enumerate(_TENS, start=2)},
    **{
        f"{tens}-{ones}": (str(10 * t + o),)
        for t, tens in enumerate(_TENS, 2)
        for o, ones in enumerate(_SMALL[:10])
        if o
    },
    **{word: (str(value), "th") for value, word in enumerate(_ORDINALS, start=1)},
    **dict.fromkeys(("st", "nd", "rd"), ("th",)),
    **dict.fromkeys(("mr", "mrs", "ms", "miss", "mx", "dr"), ()),
    **dict.fromkeys(("%", "pct", "percent"), ("percent",)),
    **dict.fromkeys(("bn", "billions"), ("billion",)),
    **dict.fromkeys(("tn", "trn"), ("trillion",)),
    **dict.fromkeys(("kilometre", "kilometres", "kilometer", "kilometers", "km", "kms"), ("km",)),
    **dict.fromkeys(("metre", "metres", "meter", "meters"), ("m",)),
    **dict.fromkeys(("tonne", "tonnes", "ton"), ("tons",)),
    "grey": ("gray",),
    "storey": ("story",),
    "cheque": ("check",),
    "tyre": ("tire",),
    "tyres": ("tires",),
    "aluminium": ("aluminum",),
    "whilst": ("while",),
    "amongst": ("among",),
    "towards": ("toward",),
    "afterwards": ("afterward",),
    "cannot": ("can", "not"),
    "usa": ("us",),
    "senator": ("sen",),
    "senators": ("sens",),
    "representative": ("rep",),
    "governor": ("gov",),
    "general": ("gen",),
    "lieutenant": ("lt",),
    "colonel": ("col",),
    "sergeant": ("sgt",),
    "professor": ("prof",),
    "saint": ("st",),
}
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_ONE_WORD |= {month[:3]: (month,) for month in _MONTHS if month != "may"} | {"sept": ("september",)}
_DATED = frozenset(_MONTHS) - {"march", "may"}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_AFTER_NUMBER = {"m": "million", "mn": "million", "mln": "million", "b": "billion", "k": "thousand"}
_CURRENCIES = frozenset(("dollar", "dollars", "euro", "euros", "pound", "pounds"))
_AMOUNTS = frozenset(("thousand", "million", "billion", "trillion"))
_TRIGGERS = frozenset((*_MONTHS, *_DAYS, *_AFTER_NUMBER, *_CURRENCIES, "cent", "th"))


def fold(text: str) -> tuple[str, ...]:
    """Return the words of `text` without case, accents, punctuation and house style.

    An attribution to an agency or to reporters counts as "said"; courtesy titles and currency words go. The control
    characters 1 to 3 stay words of their own, for callers that mark places with them.

    "Mr Roe told Reuters the organisation’s five centres cost $1.5m on 8 June"
    -> ("roe", "said", "the", "organizations", "5", "centers", "cost", "15", "million", "on", "june", "8")
    """
    plain = text
    for sign, form in _SIGNS:
        plain = plain.replace(sign, form)
    if "told" in plain or "telling" in plain:
        plain = _TO_AGENCY.sub("said", plain)
    plain = plain.casefold()
    if not plain.isascii():
        plain = _COMBINING.sub("", unicodedata.normalize("NFKD", plain))
    words = list(chain.from_iterable(map(_FORMS.__getitem__, _TOKEN.findall(plain))))
    return tuple(words) if _TRIGGERS.isdisjoint(words) else tuple(_styled(words))


def is_exact(word: str) -> bool:
    """Tell whether a folded word is a number or a month: what differs between two reports of the same kind."""
    return word[0].isdigit() or word in _DATED


class _Forms(dict[str, tuple[str, ...]]):
    """The folded form of each word, worked out when it is first asked for; emptied when it grows large."""

    def __missing__(self, token: str) -> tuple[str, ...]:
        if len(self) > 200_000:
            self.clear()
        form = self[token] = _form(token)
        return form


_FORMS = _Forms()


def _form(token: str) -> tuple[str, ...]:
    if token[0].isdigit():
        return (token.replace(",", "").replace(".", ""),)
    if token in _ONE_WORD:
        return _ONE_WORD[token]
    if "-" in token:
        parts = token.split("-")
        if all(len(part) > 2 for part in parts):
            return tuple(chain.from_iterable(_form(part) for part in parts))
    word = re.sub(r"['.-]", "", token)
    if word in _ONE_WORD:
        return _ONE_WORD[word]
    for pattern, form in _SPELLING:
        word = pattern.sub(form, word)
    return (word,)


def _styled(words: Sequence[str]) -> list[str]:
    """Return `words` with dates, percentages and amounts in one order and one wording."""
    found: list[str] = []
    for word in words:
        if word not in _TRIGGERS or not found:
            found.append(word)
            continue
        last = found[-1]
        if word in _MONTHS:
            _month(found, word)
        elif word in _DAYS:
            if last == "on":
                found.pop()
            found.append(word)
        elif word == "cent" and last == "per":
            found[-1] = "percent"
        elif word in _AFTER_NUMBER and last.isdigit():
            found.append(_AFTER_NUMBER[word])
        elif word == "th" and last.isdigit() and found[-2:-1] and found[-2] in _MONTHS:
            continue
        elif not (word in _CURRENCIES and (last.isdigit() or last in _AMOUNTS)):
            found.append(word)
    return found


def _month(found: list[str], month: str) -> None:
    """Append `month`, before the day that stands before it: "8 June", "8th of June" -> "june 8"."""
    at = len(found) - 1
    at -= found[at] == "of"
    at -= at > 0 and found[at] == "th"
    if at >= 0 and found[at].isdigit() and len(found[at]) <= 2 and not (at and found[at - 1].isdigit()):
        found[at:] = [month, found[at]]
    else:
        found.append(month)
