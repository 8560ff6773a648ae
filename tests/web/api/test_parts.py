"""The parts that answers and the documentation are made of."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from accord.records import Citation
from accord.renderers.json import to_document
from accord.web.api import models
from accord.web.api.answers import shown
from accord.web.api.documentation import Kind, kind_of
from accord.web.api.parameters import Day, Flag, Moment
from web.api.shelf import ferry


def test_records_are_shown_with_the_fields_of_the_model_alone() -> None:
    assert shown(models.SpanModel, Citation("a", 0, 2, "No")) == {"start": 0, "end": 2, "text": "No"}


def test_the_model_of_a_briefing_is_what_the_renderer_writes() -> None:
    document = to_document(ferry())
    assert set(document) == {field.alias or name for name, field in models.BriefingModel.model_fields.items()}
    strict = TypeAdapter(models.BriefingModel)
    assert strict.validate_python(document).model_dump(by_alias=True) == {
        name: [dict(item) for item in value] if isinstance(value, list | tuple) else value
        for name, value in _plain(document).items()
    }


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("2031-05-04", "2031-05-04"),
        ("2031-05-04T10:00:00+02:00", "2031-05-04T08:00:00Z"),
        ("2031-05-04t08:00:00.5z", "2031-05-04T08:00:00Z"),
        ("2031-06-30T23:59:60Z", "2031-06-30T23:59:59Z"),
        ("0000-01-01", "0001-01-01"),
        ("0001-01-01T00:00:00+10:00", "0001-01-01T00:00:00Z"),
    ],
)
def test_times_are_read_as_records_write_them(given: str, read: str) -> None:
    assert TypeAdapter(Moment).validate_python(given) == read


@pytest.mark.parametrize(
    "given", ["20310504", "2031-W18-7", "2031-13-01", "2031-05-04 ", "4 May 2031", "2031-05-04T08:00"]
)
def test_other_ways_to_write_days_are_refused(given: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Moment).validate_python(given)
    with pytest.raises(ValidationError):
        TypeAdapter(Day).validate_python(given)


@pytest.mark.parametrize("given", ["1", "yes", "True", "", "on"])
def test_flags_are_true_or_false(given: str) -> None:
    assert TypeAdapter(Flag).validate_python("true") is True
    with pytest.raises(ValidationError):
        TypeAdapter(Flag).validate_python(given)


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        ({"type": "array", "items": {"type": "string"}}, Kind("list of text")),
        ({"$ref": "#/components/schemas/StoryPage"}, Kind("StoryPage", "StoryPage")),
        (
            {"anyOf": [{"$ref": "#/components/schemas/SpanModel"}, {"type": "null"}]},
            Kind("SpanModel or null", "SpanModel"),
        ),
        ({"enum": ["a", "b"]}, Kind("a | b")),
        ({"type": "integer", "minimum": 1, "maximum": 200}, Kind("number 1 to 200")),
    ],
)
def test_kinds_are_told_in_words(schema: dict, kind: Kind) -> None:
    assert kind_of(schema) == kind
