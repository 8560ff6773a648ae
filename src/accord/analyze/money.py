"""Currencies beside a number: signs, ISO codes and names, in the notations of newspapers ("$US3m", "Rs 500 crore")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

SIGNS = {
    "$": "USD", "US$": "USD", "$US": "USD", "U.S.$": "USD",
    "C$": "CAD", "CA$": "CAD", "Can$": "CAD", "CAD$": "CAD", "CDN$": "CAD", "$C": "CAD",
    "A$": "AUD", "AU$": "AUD", "AUD$": "AUD", "$A": "AUD", "$AU": "AUD", "NZ$": "NZD", "$NZ": "NZD",
    "HK$": "HKD", "S$": "SGD", "SG$": "SGD", "NT$": "TWD", "R$": "BRL", "MX$": "MXN", "Mex$": "MXN",
    "J$": "JMD", "TT$": "TTD", "EC$": "XCD", "Z$": "ZWL", "N$": "NAD",
    "£": "GBP", "€": "EUR", "¥": "JPY", "CN¥": "CNY", "RMB": "CNY", "₪": "ILS", "₹": "INR", "Rs": "INR", "Rs.": "INR",
    "₩": "KRW", "₽": "RUB", "₺": "TRY", "₴": "UAH", "₦": "NGN", "₱": "PHP", "₫": "VND", "฿": "THB", "₡": "CRC",
    "₲": "PYG", "₵": "GHS", "₸": "KZT", "₮": "MNT", "₭": "LAK", "₾": "GEL", "₼": "AZN", "zł": "PLN", "RM": "MYR",
    "KSh": "KES", "Ksh": "KES", "kr": "SEK",
}  # fmt: skip
"""Signs that stand before an amount; a bare "$" is the US dollar."""

MAIN = {
    "dollar": "USD", "pound": "GBP", "franc": "CHF", "krona": "SEK", "kronor": "SEK", "krone": "NOK", "kroner": "NOK",
    "peso": "MXN", "rupee": "INR", "dinar": "KWD", "dirham": "AED", "riyal": "SAR", "rial": "IRR", "shilling": "KES",
    "won": "KRW", "reais": "BRL", "rouble": "RUB", "ruble": "RUB", "yuan": "CNY", "renminbi": "CNY", "lira": "TRY",
    "shekel": "ILS", "euro": "EUR", "yen": "JPY", "rand": "ZAR", "zloty": "PLN", "zlotys": "PLN", "hryvnia": "UAH",
    "rupiah": "IDR", "ringgit": "MYR", "baht": "THB", "dong": "VND", "naira": "NGN", "buck": "USD", "quid": "GBP",
    "greenback": "USD", "koruna": "CZK", "forint": "HUF", "taka": "BDT", "sterling": "GBP", "bitcoin": "BTC",
}  # fmt: skip
"""Names that several countries share, or that CLDR spells otherwise, with the currency that newspapers mean."""

HUNDREDTHS = {
    "cent": "USD",
    "penny": "GBP",
    "pennies": "GBP",
    "pence": "GBP",
    "p": "GBP",
    "paise": "INR",
    "kopeck": "RUB",
}


_WORDS = {"ALL", "BAM", "CUP", "GEL", "MAD", "MOP", "PEN", "SOS", "TOP", "TRY"}
_NO_CURRENCY = {
    "unit",
    "units",
    "account",
    "funds",
    "value",
    "real",
    "reals",
    "soles",
    "inti",
    "intis",
    "pulas",
    "soberano",
}


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency beside a number: its ISO code, where both together start or end, and what one of it is worth."""

    code: str
    edge: int
    factor: float = 1.0
    name: str = ""


@cache
def _codes() -> frozenset[str]:
    """Return the ISO codes of CLDR that are still in use."""
    from babel import Locale

    names: dict[str, str] = dict(Locale("en").currencies)
    metals_and_units = {code for code in names if code[0] == "X"} - {"XAF", "XCD", "XOF", "XPF"}
    return frozenset(code for code in names if "(" not in names[code]) - metals_and_units


@cache
def _names() -> dict[str, str]:
    """Return currency names in the singular and plural, lower case: CLDR's own, then their last words where unique."""
    from babel import Locale

    locale, names, last = Locale("en"), dict[str, str](), dict[str, set[str]]()
    for code, name in locale.currencies.items():
        if code not in _codes():
            continue
        forms = {name.lower()}
        for count in ("one", "other"):
            forms.add(str(locale._data["currency_names_plural"].get(code, {}).get(count, name)).lower())
        for form in forms:
            names[form] = code
            last.setdefault(form.split()[-1], set()).add(code)
    for word, codes in last.items():
        if len(codes) == 1 and len(word) > 3 and word not in _NO_CURRENCY:
            names.setdefault(word, next(iter(codes)))
    for word, code in MAIN.items():
        names[word] = code
        names.setdefault(word + "s", code)
    for adjective, code in (("american", "USD"), ("u.s.", "USD"), ("us", "USD"), ("british", "GBP"), ("uk", "GBP")):
        for noun in ("dollar", "dollars", "pound", "pounds"):
            names.setdefault(f"{adjective} {noun}", code)
    return names


@cache
def _before() -> re.Pattern[str]:
    signs = sorted((re.escape(sign) for sign in (*SIGNS, *(_codes() - _WORDS))), key=len, reverse=True)
    return re.compile(rf"(?<![^\W\d_])(?P<sign>{'|'.join(signs)})[\s\u00a0]?$")


@cache
def _after() -> re.Pattern[str]:
    names = sorted((re.escape(name) for name in (*_names(), *HUNDREDTHS, "cents", "kopecks")), key=len, reverse=True)
    signs = sorted((re.escape(sign) for sign in SIGNS if len(sign) == 1 and not sign.isalpha()), key=len, reverse=True)
    codes = "|".join(sorted(_codes() - _WORDS))
    return re.compile(
        rf"[\s\u00a0-]?(?:(?P<code>{codes})\b|(?P<sign>{'|'.join(signs)})(?!\d)"
        rf"|(?:of\s)?(?P<name>(?i:{'|'.join(names)}))(?![\w]))"
    )


def currency_before(text: str, start: int) -> Currency | None:
    """Return the currency whose sign or code ends where a number starts: "US$" in "US$3m"."""
    match = _before().search(text, max(0, start - 6), start)
    if match is None:
        return None
    return Currency(SIGNS.get(match["sign"], match["sign"]), match.start())


def currency_after(text: str, end: int) -> Currency | None:
    """Return the currency named right after a number: "shekels" in "40 million shekels"; cents are hundredths."""
    match = _after().match(text, end)
    if match is None:
        return None
    if match["code"] or match["sign"]:
        sign = match["code"] or match["sign"]
        return Currency(SIGNS.get(sign, sign), match.end())
    name = match["name"].lower()
    single = name.removesuffix("s")
    for word in (name, single):
        if word in HUNDREDTHS:
            if word == "p" and match.start("name") != end:
                return None
            return Currency(HUNDREDTHS[word], match.end(), 0.01, single)
    return Currency(_names()[name], match.end(), 1.0, single)
