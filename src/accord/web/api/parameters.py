"""The types of parameters: strict, so that a value is either what the schema says or refused."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Annotated, Literal

from fastapi import Path
from pydantic import BaseModel, BeforeValidator, Field
from pydantic_core import PydanticCustomError

_INTEGER = re.compile("0|-?[1-9][0-9]*")
_MOST_DIGITS = 40  # what has more is not made a number of
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})")
_LEAP = re.compile("(?<=T[0-9]{2}:[0-9]{2}):60")
TEXT = r"^[^\x00]+$"
MOST_OFFSET = 1_000_000
_MOST_WORDS = 400
_MOST_ID = 1_000


def _integer(value: object) -> object:
    if isinstance(value, str):
        if not _INTEGER.fullmatch(value):
            raise PydanticCustomError(
                "integer", 'it is "{value}"; give a whole number in digits', {"value": value[:60]}
            )
        if len(value) > _MOST_DIGITS:
            raise PydanticCustomError("integer", "it is too large; give a number of fewer digits")
        return int(value)
    return value


def _flag(value: object) -> object:
    if isinstance(value, str):
        if value not in ("true", "false"):
            raise PydanticCustomError("flag", 'it is "{value}"; give true or false', {"value": value[:60]})
        return value == "true"
    return value


def _day(value: object) -> object:
    if isinstance(value, str):
        try:
            if not _DAY.fullmatch(value):
                raise ValueError(value)
            return date.fromisoformat(_since_year_one(value)).isoformat()
        except ValueError:
            message = 'it is "{value}"; give a day, such as 2031-05-04'
            raise PydanticCustomError("day", message, {"value": value[:60]}) from None
    return value


def _moment(value: object) -> object:
    """Return a day as it is, a time in UTC as records write times."""
    if not isinstance(value, str) or _DAY.fullmatch(value):
        return _day(value)
    try:
        if not _TIME.fullmatch(value):
            raise ValueError(value)
        found = datetime.fromisoformat(_LEAP.sub(":59", _since_year_one(value.upper())))
    except ValueError:
        message = (
            'it is "{value}"; give a day, such as 2031-05-04, or a time with its zone, such as 2031-05-04T08:00:00Z'
        )
        raise PydanticCustomError("moment", message, {"value": value[:60]}) from None
    with suppress(OverflowError):  # at the very ends of the calendar the zone makes no difference
        found = found.astimezone(UTC)
    return found.replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def _since_year_one(value: str) -> str:
    """Return a day or time of year 0, which RFC 3339 knows and Python does not, as one of year 1."""
    return f"0001{value[4:]}" if value.startswith("0000") else value


Flag = Annotated[bool, BeforeValidator(_flag)]
DIGITS = BeforeValidator(_integer)  # after the bounds, else the schema does not show them
Words = Annotated[str, Field(min_length=1, max_length=_MOST_WORDS, pattern=TEXT)]
Day = Annotated[str, BeforeValidator(_day), Field(json_schema_extra={"format": "date"})]
Moment = Annotated[
    str,
    BeforeValidator(_moment),
    Field(json_schema_extra={"anyOf": [{"format": "date"}, {"format": "date-time"}]}),
]
Id = Annotated[str, Path(min_length=1, max_length=_MOST_ID, pattern=TEXT)]
Mark = Annotated[str, Field(min_length=1, max_length=_MOST_ID, pattern=TEXT)]
Order = Literal["latest", "weight", "changed"]


class Paged(BaseModel):
    """Which part of a list."""

    limit: Annotated[int, Field(ge=1, le=200, description="The most to answer with."), DIGITS] = 50
    offset: Annotated[int, Field(ge=0, le=MOST_OFFSET, description="How many to pass over."), DIGITS] = 0
