"""The forms of time expressions, one table of patterns; `calendar_values` has a function of the same name for each."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_ABBREVIATED = r"(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b\.?"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d%])(?![.,:]\d)"
_YEAR = r"(?:1[5-9]\d\d|20\d\d)(?![\d%])(?![.,]\d)"
_ZONE = (
    r"(?:,?\s(?:ET|EST|EDT|CT|MT|PT|PST|PDT|CET|GMT|BST|UTC|JST|IST|local time"
    r"|Eastern(?: [Tt]ime)?|Pacific(?: [Tt]ime)?))?"
)
_CLOCK = (
    rf"(?:\d{{1,2}}(?:[:.]\d\d)?\s?(?:[ap]\.m\.|[ap]m\b|[AP]M\b|[AP]\.M\.)"
    rf"|\d{{1,2}}:\d\d(?!\d)|noon\b|midnight\b){_ZONE}"
)
_ABOUT = r"(?:at|around|about|by|just before|just after|shortly before|shortly after|before|after|from|until|till)"
_BEFORE = rf"(?:(?:{_ABOUT} )?{_CLOCK},?\s(?:on\s)?|(?i:early|late|earlier|later)(?:\son)?\s)?"
_PART = r"(?:\s(?:morning|afternoon|evening|night|lunchtime|midday|noon|overnight))?"
_AFTER = rf"(?:,?\s(?:{_ABOUT}\s)?{_CLOCK})?"
_NUMBER = (
    r"(?i:\d{1,3}|(?:a|the)\s(?:couple|few|dozen)(?:\sof)?|several|many|few|some|a|an|one|two|three|four|five"
    r"|six|seven|eight|nine|ten"
    r"|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty"
    r"|fifty)(?:-\w+)?|couple of)"
)
_UNIT = r"(?:minute|hour|day|night|morning|week|weekend|fortnight|month|year|decade|century|centurie)s?"

PATTERNS: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern)
    for name, pattern in {
        "full_day": rf"\b{_BEFORE}(?:(?:(?i:this|last|next)\s)?(?P<weekday>{_WEEKDAY}"
        rf"|{_ABBREVIATED}){_PART},?\s+(?:the\s)?)?(?:"
        rf"(?:this\s)?(?P<month>{_MONTH})\s?(?P<day>{_DAY})(?:,|\s)\s?(?P<year>{_YEAR})|"
        rf"(?P<day2>{_DAY})(?:\sof)?\s(?P<month2>{_MONTH}),?\s(?P<year2>{_YEAR})|"
        rf"(?P<iso>(?:19|20)\d\d-[01]\d-[0-3]\d)(?!\d)){_AFTER}",
        "slashed": r"(?<![\d/])(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>(?:19|20)\d\d)(?![\d/])",
        "attacks": r"(?:\b9/11\b|(?<=post-)(?:Sept\.|September)\s11|(?<=pre-)(?:Sept\.|September)\s11"
        r"|\b(?:Sept\.|September)\s11(?:th)?(?=,?\s(?:(?:terror(?:ist)?|al Qaeda)\s)?"
        r"(?:attack|victim|hijack|Victim|Attack|famil|bomb)))",
        "year_day": rf"\b{_BEFORE}(?:(?:(?i:this|last|next)\s)?(?P<weekday>{_WEEKDAY}"
        rf"|{_ABBREVIATED}){_PART},?\s+(?:the\s)?)?(?:(?P<month>{_MONTH})\s(?P<day>{_DAY})|"
        rf"(?P<day2>{_DAY})(?:\sof)?\s(?P<month2>{_MONTH})(?!\.?\s\d{{1,2}}\b))(?!\d)"
        rf"(?:,?\s(?:of\s)?(?P<which>this|last|next|that|the same) year)?{_AFTER}"
        rf"(?=,?\s(?:and|to|through|or|until|[-–])\s(?:{_MONTH}\s)?{_DAY}(?:\s{_MONTH})?,?\s(?P<ahead>{_YEAR})|)",
        "month_year": rf"\b(?:(?i:early|late|mid|(?:the )?(?:end|beginning|start|middle|first half"
        rf"|second half) of)[\s-])?"
        rf"(?P<month>{_MONTH}),?\s(?:of\s)?(?P<year>{_YEAR})",
        "month_of": rf"\b(?:(?i:early|late|mid)[\s-])?(?P<month>{_MONTH})\s(?:of\s)?(?P<which>this|last|next"
        rf"|that|the same|the previous|the following)"
        r"\syear",
        "month": rf"\b(?:(?P<which>last|this|next|this past|this coming|the following)\s)?(?P<phase>(?i:early"
        rf"|late|mid|earlier|later|"
        rf"(?:the )?(?:end|beginning|start|middle|first half"
        rf"|second half) of)[\s-](?:in\s)?)?(?P<month>{_MONTH})(?!\.?\s?\d)(?!\w)"
        rf"(?=,?\s(?:and|to|through|or|until|[-–])\s{_MONTH}(?:\s{_DAY},)?\s(?:of\s)?(?P<ahead>{_YEAR})|)",
        "weekday": rf"\b{_BEFORE}(?:(?P<which>(?i:last|this|next|this past|this coming|the following"
        rf"|the previous|the next|the preceding))\s)?"
        rf"(?P<weekday>{_WEEKDAY}){_PART}(?P<far>\s(?:last|next) week|\sa week ago)?{_AFTER}(?![\w])",
        "ago": rf"\b(?P<count>{_NUMBER})(?:\s(?:full|short|long"
        rf"|calendar))?\s(?P<unit>{_UNIT})(?:\sand a half)?\sago\b(?:\s(?P<weekday>{_WEEKDAY}))?",
        "count_from": rf"\b(?:(?P<count>{_NUMBER}|[Tt]he|[Tt]hat|[Oo]ne)\s)?(?P<unit>{_UNIT})\s(?P<way>earlier"
        rf"|later|before|after|afterwards?|previously)\b",
        "the_day": r"\b(?i:(?P<way>the (?:very )?(?:next|following|previous|preceding|same|first)"
        r"|that(?: same)?|the same)\s"
        r"(?:(?P<part>morning|afternoon|evening|night|day)|(?P<unit>week|month|year|weekend|summer|spring|fall"
        r"|autumn|winter)))\b",
        "in_day": r"\b(?i:(?:earlier|later|early|late|at the end|by the end|at the start|hours earlier)\s(?:in"
        r"|of|on)?\s?(?:the|that)\s"
        r"(?:day|morning|afternoon|evening|night))\b|\bby nightfall\b|\bat nightfall\b",
        "today": rf"\b(?:(?i:early|late|earlier|later)\s)?(?P<word>(?i:today|tonight|yesterday|tomorrow"
        rf"|this (?:very )?(?:morning|afternoon|evening)|"
        rf"last night|overnight|tomorrow night|the day after tomorrow"
        rf"|the day before yesterday)){_PART}{_AFTER}(?![\w-])",
        "this_unit": r"\b(?:(?P<phase>(?i:early|late|earlier|later|middle of|beginning of|start of|end of"
        r"|rest of|first half of|second half of))\s(?:in\s)?)?"
        r"(?P<which>(?i:this|last|next|this past|this coming|the current|the coming|the past|the previous))\s"
        r"(?:(?:calendar|fiscal|financial|school|academic)\s)?(?P<unit>week|month|year|weekend|quarter|decade"
        r"|century)(?:’s|'s)?(?=\W|$)",
        "season_year": rf"\b(?:(?i:early|late|mid)[\s-])?(?:the\s)?(?P<season>(?i:spring|summer|autumn|fall"
        rf"|winter))\s(?:of\s|in\s)?(?P<year>{_YEAR})",
        "season": r"\b(?:(?i:early|late|mid)[\s-])?(?P<which>(?i:last|this|next|this past|this coming|by the"
        r"|in the|over the|during the))\s"
        r"(?P<season>spring|summer|autumn|fall|winter)\b(?![-'’])(?!\s(?:of\s|in\s)?\d{4})",
        "weekend": r"\b(?P<which>(?i:over|during|at|through) the|(?i:the))\s(?P<ahead>(?i:coming"
        r"|past))?\s?(?P<unit>weekend)\b",
        "year_end": r"\b(?:(?i:by|before|at|until|towards?|near)\s)?(?i:the end of the year|year-?end"
        r"|the end of the month|month-?end|the end of the week)\b",
        "feast": r"\b(?i:new year['’]?s (?:eve|day)|christmas (?:eve|day)|christmas\b(?=\s(?:\d{4}|last|this"
        r"|next)|[,.;]|$)|boxing day|valentine['’]s day"
        rf"|fourth of july|halloween|veterans day|thanksgiving(?: day)?)(?:,?\s(?P<year>{_YEAR}))?",
        "fiscal": rf"\b(?:(?P<year>{_YEAR})(?=\s(?:fiscal|financial)\syear)|(?i:fiscal(?: year)?"
        rf"|FY)[\s-]?(?P<year2>{_YEAR}))",
        "years": rf"(?<![\w$£€#/.,-])(?P<year>{_YEAR})\s?[-–/]\s?(?P<year2>{_YEAR}|\d\d(?!\d))(?![\w-])",
        "quarter": rf"\b(?i:(?:first|second|third|fourth|last|final|1st|2nd|3rd"
        rf"|4th)[\s-]quarter)(?:\s(?:of\s)?(?P<year>{_YEAR}))?",
        "year": rf"(?<![\w$£€#/.,@-])(?:(?i:early|late|mid)[\s-]?(?:in\s)?)?(?P<year>{_YEAR})(?!\w|-\w|/\d|s\b"
        rf"|[’']?s\b)",
        "vague": rf"\b(?i:(?:(?:over|within|in|during|for)\s)?(?:the\s)?(?P<way>next|coming|past|last|recent"
        rf"|previous|following|final)\s"
        rf"(?P<count>{_NUMBER})?\s?(?P<unit>day|week|month|year|decade|hour|minute)s)\b",
        "ahead": rf"\b(?i:(?:with)?in)\s(?P<count>{_NUMBER})\s(?P<unit>{_UNIT})(?:['’]s?)?(?:\stime)?\b"
        r"(?!\s(?:of|as|ago|before|to))",
        "clock": rf"\b(?:{_ABOUT}\s)?{_CLOCK}",
    }.items()
}

_DIGIT = re.compile(r"\d")
_MONTH_STARTS = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")
_CLOCK_WORD = re.compile(r"\d|noon|midnight")
_SPELT = re.compile(
    r"day|night|morning|noon|evening|morrow|hour|minute|week|month|year|decade|centur|quarter"
    r"|spring|summer|autumn|fall|winter|christmas|halloween|thanksgiving|july",
    re.IGNORECASE,
)
_NEEDS = {
    **dict.fromkeys(("full_day", "slashed", "attacks", "year_day", "month_year", "season_year"), _DIGIT),
    **dict.fromkeys(("fiscal", "years", "year"), _DIGIT),
    **dict.fromkeys(("month_of", "month"), _MONTH_STARTS),
    "clock": _CLOCK_WORD,
}
"""What a text must hold for a form to stand in it; where nothing is given, a word of `_SPELT`."""


def patterns_for(text: str) -> Iterator[tuple[int, str, re.Pattern[str]]]:
    """Yield number, name and pattern of the forms that can stand in `text`, in the order of `PATTERNS`.

    Most sentences speak of no time at all, and a glance at their letters tells so sooner than 26 patterns do.
    """
    held = {need: need.search(text) is not None for need in (_DIGIT, _MONTH_STARTS, _CLOCK_WORD, _SPELT)}
    for number, (name, pattern) in enumerate(PATTERNS.items()):
        if held[_NEEDS.get(name, _SPELT)]:
            yield number, name, pattern
