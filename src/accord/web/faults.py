"""What is wrong with a value that was sent, as pydantic found it, in plain words: "it is 500; give 200 or less"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

_MOST_SHOWN = 60
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

Details = Mapping[str, Any]


def fault(error: Mapping[str, Any]) -> str:
    """Return what is wrong and what to give instead, without where, from one of pydantic's error records.

    fault({"type": "less_than_equal", "input": 500, "ctx": {"le": 200}}) -> "it is 500; give 200 or less"
    """
    told = _TOLD.get(str(error.get("type")))
    if told is None:
        said = str(error.get("msg") or "it is not as described").removeprefix("Value error, ")
        return said[:1].lower() + said[1:]
    return told(error.get("input"), error.get("ctx") or {})


def place(steps: Iterable[object]) -> str:
    """Return the way to a value: place(["texts", 0, "text"]) -> "texts[0].text".

    A client's own long names are cut short.
    """
    made = ""
    for step in steps:
        made += f"[{step}]" if isinstance(step, int) else f"{'.' if made else ''}{str(step)[:100]}"
    return made


def _shown(value: object) -> str:
    """Return a value as it is repeated to who sent it: in one short line, which any encoding can write."""
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, (int, float)):
        return f"{value}"[:_MOST_SHOWN]
    if isinstance(value, str):
        cut = value if len(value) <= _MOST_SHOWN else f"{value[: _MOST_SHOWN - 3]}..."
        return '"' + "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in cut) + '"'
    return "a list" if isinstance(value, (list, tuple)) else "an object"


def _number(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def _bound(key: str, beyond: str) -> Callable[[object, Details], str]:
    return lambda value, ctx: f"it is {_shown(value)}; give {_number(ctx.get(key))} {beyond}"


def _wanted(what: str) -> Callable[[object, Details], str]:
    return lambda value, _: f"it is {_shown(value)}; give {what}"


def _short(value: object, ctx: Details) -> str:
    least = ctx.get("min_length", 1)
    if value == "":
        characters = "1 character" if least == 1 else f"{_number(least)} characters"
        return f"it is empty; give {characters} or more, or, if it need not be there, leave it out"
    return f"it has {len(str(value)):,} characters; give {_number(least)} or more"


def _long(value: object, ctx: Details) -> str:
    return f"it has {len(str(value)):,} characters; give {_number(ctx.get('max_length'))} or fewer"


def _few(_: object, ctx: Details) -> str:
    return f"it holds {_number(ctx.get('actual_length', 0))}; give {_number(ctx.get('min_length'))} or more"


def _many(value: object, ctx: Details) -> str:
    held = ctx.get("actual_length") or (len(value) if isinstance(value, list) else "more")
    return f"it holds {_number(held)}; give {_number(ctx.get('max_length'))} or fewer"


def _one_of(value: object, ctx: Details) -> str:
    return f"it is {_shown(value)}; give {_choice(str(ctx.get('expected')))}"


def _choice(expected: str) -> str:
    return {"True": "true", "False": "false"}.get(expected, expected)


def _unlike(value: object, ctx: Details) -> str:
    pattern = str(ctx.get("pattern"))
    if "T" in pattern and _DAY in pattern:
        return f"it is {_shown(value)}; give a day, such as 2031-05-04, or a time, such as 2031-05-04T08:00:00Z"
    if _DAY in pattern:
        return f"it is {_shown(value)}; give a day, such as 2031-05-04"
    if "\\x00" in pattern or "\x00" in pattern:
        return "it holds the character U+0000, which belongs into no text; leave that out"
    return f"it is {_shown(value)}; give what matches {pattern}"


def _no_kind(_: object, ctx: Details) -> str:
    return f"it does not say its {_bare(ctx)}; give that, too"


def _other_kind(_: object, ctx: Details) -> str:
    return f"its {_bare(ctx)} is {_shown(ctx.get('tag'))}; give one of {ctx.get('expected_tags')}"


def _bare(ctx: Details) -> str:
    return str(ctx.get("discriminator", "kind")).strip("'")


_TEXT = _wanted("text")
_WHOLE = _wanted("a whole number in digits")
_OBJECT = _wanted("an object")
_TOLD: Mapping[str, Callable[[Any, Details], str]] = {
    "missing": lambda *_: "it is missing; give it",
    "extra_forbidden": lambda *_: "there is no such field; leave it out",
    "less_than_equal": _bound("le", "or less"),
    "greater_than_equal": _bound("ge", "or more"),
    "string_too_short": _short,
    "string_too_long": _long,
    "too_short": _few,
    "too_long": _many,
    "literal_error": _one_of,
    "string_pattern_mismatch": _unlike,
    "union_tag_not_found": _no_kind,
    "union_tag_invalid": _other_kind,
    "string_type": _TEXT,
    "string_unicode": lambda *_: "it holds half a character; write text in UTF-8",
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": lambda *_: "it is too large; give a smaller number",
    "int_from_float": _WHOLE,
    "bool_type": _wanted("true or false"),
    "bool_parsing": _wanted("true or false"),
    "list_type": _wanted("a list"),
    "dict_type": _OBJECT,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "json_invalid": lambda *_: "it is no JSON; send JSON in UTF-8",
}
