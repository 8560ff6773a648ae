"""The API's description as a page shows it: made from the OpenAPI document, so that it cannot say anything else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

TITLES = {
    "stories": "Stories and findings",
    "articles": "Articles",
    "search": "Search and names",
    "ledger": "Ledger",
    "store": "Changes and the store",
    "corrections": "Corrections",
    "add": "Add",
}
_REF = "#/components/schemas/"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value may be, in words, and the schema that it links to, if any."""

    words: str
    schema: str | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, or a field of a schema."""

    name: str
    kind: Kind
    about: str = ""
    where: str = ""
    required: bool = False
    default: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answers with."""

    status: str
    about: str
    kind: Kind | None


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one address."""

    key: str
    method: str
    path: str
    about: str
    parameters: tuple[Field, ...]
    body: Kind | None
    answers: tuple[Answer, ...]


@dataclass(slots=True)
class Section:
    """The operations of one part of the API."""

    key: str
    title: str
    operations: list[Operation] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Schema:
    """One shape of an answer or a body."""

    name: str
    about: str
    fields: tuple[Field, ...]
    kind: Kind | None = None


def sections(document: Mapping[str, Any]) -> list[Section]:
    """Return the operations of an OpenAPI document by what they are about."""
    found: dict[str, Section] = {}
    for path, item in document["paths"].items():
        for method, operation in item.items():
            key = (operation.get("tags") or ["store"])[0]
            section = found.setdefault(key, Section(key, TITLES.get(key, key.capitalize())))
            section.operations.append(_operation(path, method, operation))
    return list(found.values())


def common(document: Mapping[str, Any]) -> list[Answer]:
    """Return the answers that every address may give, once."""
    every = [set(operation["responses"]) for item in document["paths"].values() for operation in item.values()]
    shared = set.intersection(*every) if every else set()
    one = next(operation for item in document["paths"].values() for operation in item.values())
    return [_answer(status, one["responses"][status]) for status in sorted(shared) if status >= "400"]


def schemas(document: Mapping[str, Any]) -> list[Schema]:
    """Return the shapes of answers and bodies, by name."""
    return [_schema(name, schema) for name, schema in sorted(document["components"]["schemas"].items())]


def _operation(path: str, method: str, operation: Mapping[str, Any]) -> Operation:
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    told = [_parameter(each) for each in operation.get("parameters", ()) if each["in"] != "header"]
    answers = [
        _answer(status, answer)
        for status, answer in operation["responses"].items()
        if status < "400" or status == "404"
    ]
    return Operation(
        key=f"{method}-{path.strip('/').replace('/', '-').replace('{', '').replace('}', '')}",
        method=method.upper(),
        path=path,
        about=operation.get("description") or operation.get("summary", ""),
        parameters=tuple(told),
        body=kind_of(body) if body else None,
        answers=tuple(answers),
    )


def _parameter(given: Mapping[str, Any]) -> Field:
    schema = given["schema"]
    default = schema.get("default")
    shown = "" if default is None else str(default).lower() if isinstance(default, bool) else str(default)
    about = given.get("description") or schema.get("description", "")
    return Field(given["name"], kind_of(schema), about, given["in"], bool(given.get("required")), shown)


def _answer(status: str, answer: Mapping[str, Any]) -> Answer:
    schema = next((each.get("schema") for each in answer.get("content", {}).values()), None)
    shown = kind_of(schema) if schema and status < "400" else None
    return Answer(status, answer.get("description", ""), shown)


def _schema(name: str, schema: Mapping[str, Any]) -> Schema:
    fields = [
        Field(each, kind_of(inner), inner.get("description", ""), required=each in schema.get("required", ()))
        for each, inner in schema.get("properties", {}).items()
    ]
    return Schema(name, schema.get("description", ""), tuple(fields), None if fields else kind_of(schema))


def kind_of(schema: Mapping[str, Any]) -> Kind:
    """Return what a JSON Schema admits, in words.

    kind_of({"type": "array", "items": {"type": "string"}}) -> Kind("list of text")
    """
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(_REF)
        return Kind(name, name)
    if "enum" in schema:
        return Kind(" | ".join(str(each) for each in schema["enum"]))
    if "const" in schema:
        return Kind(str(schema["const"]))
    arms = schema.get("anyOf") or schema.get("oneOf")
    if arms and schema.get("type") is None:
        kinds = [kind_of(arm) for arm in arms]
        words = dict.fromkeys("or null" if each.words == "null" else each.words for each in kinds)
        said = " | ".join(words).replace(" | or null", " or null")
        return Kind(said, next((each.schema for each in kinds if each.schema), None) if len(kinds) <= 2 else None)
    if schema.get("type") == "array":
        inner = kind_of(schema.get("items", {}))
        return Kind(f"list of {inner.words}", inner.schema)
    return Kind(_plain(schema))


def _plain(schema: Mapping[str, Any]) -> str:
    kind = str(schema.get("type", "any"))
    arms = {arm.get("format") for arm in schema.get("anyOf", ())}
    if arms:
        return "day or time"
    if schema.get("format") == "date":
        return "day"
    least, most = schema.get("minimum"), schema.get("maximum")
    between = f" {least:,} to {most:,}" if least is not None and most is not None else ""
    names = {"string": "text", "integer": "number", "boolean": "true | false", "object": "object", "null": "null"}
    return names.get(kind, kind) + between
