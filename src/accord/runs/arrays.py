"""Rows of records as Arrow arrays and back, by the types of their fields: whole columns at a time.

`str`, `int`, `float`, `bool` and `bytes` are what they are, a `Literal` of words is a string, `X | None` may be null,
`tuple[X, ...]` is a list, a dataclass a struct. A field marked `SPREAD` has the fields of its record as columns at the
top.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from functools import cache
from itertools import accumulate, chain, pairwise, repeat
from operator import attrgetter
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Literal, Protocol, Union, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    import pyarrow as pa

SCHEMA = "accord/run@1"
KEY = "accord"
"""Under which name a schema says that it is of `SCHEMA`."""


# one type -------------------------------------------------------------------------------------------------------------


class _Node(Protocol):
    """One type: its Arrow type, and how values of it become an array, and an array such values."""

    @property
    def optional(self) -> bool: ...
    def arrow(self) -> pa.DataType: ...
    def zero(self) -> object:
        """Return what stands in a column where the record that it is part of is null."""
        ...

    def build(self, values: Sequence[Any]) -> pa.Array: ...
    def values(self, array: pa.Array) -> list[Any]: ...


_PLAIN: dict[type, tuple[str, object]] = {
    str: ("string", ""),
    int: ("int64", 0),
    float: ("float64", 0.0),
    bool: ("bool_", False),
    bytes: ("binary", b""),
}


@dataclass(frozen=True, slots=True)
class Plain:
    kind: type
    optional: bool = False

    def arrow(self) -> pa.DataType:
        import pyarrow as pa

        return getattr(pa, _PLAIN[self.kind][0])()

    def zero(self) -> object:
        return None if self.optional else _PLAIN[self.kind][1]

    def build(self, values: Sequence[Any]) -> pa.Array:
        import pyarrow as pa

        return pa.array(values, self.arrow())

    def values(self, array: pa.Array) -> list[Any]:
        return list(array.to_pylist())


@dataclass(frozen=True, slots=True)
class _Listed:
    item: _Node
    optional: bool = False

    def arrow(self) -> pa.DataType:
        import pyarrow as pa

        return pa.list_(pa.field("element", self.item.arrow(), nullable=self.item.optional))

    def zero(self) -> object:
        return None if self.optional else ()

    def build(self, values: Sequence[Any]) -> pa.Array:
        import pyarrow as pa

        given = [value or () for value in values] if self.optional else values
        offsets = pa.array([0, *accumulate(map(len, given))], pa.int32())
        missing = pa.array([value is None for value in values]) if self.optional else None
        items = self.item.build(list(chain.from_iterable(given)))
        return pa.ListArray.from_arrays(offsets, items, type=self.arrow(), mask=missing)

    def values(self, array: pa.Array) -> list[Any]:
        offsets = array.offsets.to_pylist()
        first = offsets[0] if offsets else 0
        items = self.item.values(array.values.slice(first, offsets[-1] - first if offsets else 0))
        made = [tuple(items[a - first : b - first]) for a, b in pairwise(offsets)]
        if self.optional and array.null_count:
            return [value if there else None for value, there in zip(made, _there(array), strict=True)]
        return made


@dataclass(frozen=True, slots=True)
class _Record:
    kind: type
    columns: Mapping[str, _Node]
    optional: bool = False

    def arrow(self) -> pa.DataType:
        import pyarrow as pa

        return pa.struct(_fields(self.columns))

    def zero(self) -> object:
        return None

    def build(self, values: Sequence[Any]) -> pa.Array:
        import pyarrow as pa

        if not self.optional:
            arrays = [node.build(list(map(attrgetter(name), values))) for name, node in self.columns.items()]
            return pa.StructArray.from_arrays(arrays, fields=_fields(self.columns))
        arrays = []
        for name, node in self.columns.items():
            get, zero = attrgetter(name), node.zero()
            arrays.append(node.build([zero if value is None else get(value) for value in values]))
        missing = pa.array([value is None for value in values], pa.bool_())
        return pa.StructArray.from_arrays(arrays, fields=_fields(self.columns), mask=missing)

    def values(self, array: pa.Array) -> list[Any]:
        if self.optional and array.null_count == len(array):
            return [None] * len(array)
        columns = [node.values(array.field(at)) for at, node in enumerate(self.columns.values())]
        if not self.optional or not array.null_count:
            return list(map(self.kind, *columns))
        kind, there = self.kind, _there(array)
        return [kind(*row) if here else None for here, *row in zip(there, *columns, strict=True)]


def _there(array: pa.Array) -> list[bool]:
    return list(array.is_valid().to_pylist())


def _fields(columns: Mapping[str, _Node]) -> list[pa.Field]:
    import pyarrow as pa

    return [pa.field(name, node.arrow(), nullable=node.optional) for name, node in columns.items()]


def _node(hint: Any, optional: bool = False) -> _Node:
    """Return how values of the type `hint` become columns; raises TypeError where no column holds them."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType) and NoneType in inner and len(inner) == 2:
        return _node(next(one for one in inner if one is not NoneType), optional=True)
    if origin is Literal and all(isinstance(one, str) for one in inner):
        return Plain(str, optional)
    if origin is tuple and len(inner) == 2 and inner[1] is Ellipsis:
        return _Listed(_node(inner[0]), optional)
    if hint in _PLAIN:
        return Plain(hint, optional)
    if isinstance(hint, type) and is_dataclass(hint):
        hints = get_type_hints(hint)
        return _Record(hint, {one.name: _node(hints[one.name]) for one in fields(hint)}, optional)
    raise TypeError(f"{hint!r}: no column holds values of this type")


# a kind of rows -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Plan:
    """The columns of a kind of rows, by name, in their order; `spread` are its fields that stand as columns."""

    kind: type
    columns: Mapping[str, _Node]
    spread: Mapping[str, _Record]

    def arrays(self, rows: Sequence[object]) -> list[pa.Array]:
        """Return the columns of `rows`."""
        made = []
        for one in fields(self.kind):
            values = list(map(attrgetter(one.name), rows))
            if one.name in self.spread:
                made += [
                    node.build(list(map(attrgetter(name), values)))
                    for name, node in self.spread[one.name].columns.items()
                ]
            else:
                made.append(self.columns[one.name].build(values))
        return made

    def rows(self, given: Mapping[str, pa.Array], size: int) -> list[Any]:
        """Return the rows whose columns are `given`; a field without one has its default."""
        values = {name: self.columns[name].values(array) for name, array in given.items()}
        made = []
        for one in fields(self.kind):
            record = self.spread.get(one.name)
            if record is None:
                made.append(_column(one, values, size))
            else:
                made.append(map(record.kind, *(_column(field, values, size) for field in fields(record.kind))))
        return list(map(self.kind, *made))


def _column(field: Field[Any], values: Mapping[str, list[Any]], size: int) -> Iterable[Any]:
    if field.name in values:
        return values[field.name]
    if field.default is MISSING:
        raise ValueError(f"{field.name}: it has no default, so its column must be read")
    return repeat(field.default, size)


@cache
def plan_of(kind: type) -> Plan:
    columns: dict[str, _Node] = {}
    spread: dict[str, _Record] = {}
    hints = get_type_hints(kind)
    for one in fields(kind):
        node = _node(hints[one.name])
        if one.metadata.get("spread"):
            if not isinstance(node, _Record) or node.optional:
                raise TypeError(f"{kind.__name__}.{one.name}: only the fields of a record can be columns at the top")
            found: Mapping[str, _Node] = node.columns
            spread[one.name] = node
        else:
            found = {one.name: node}
        if twice := columns.keys() & found.keys():
            raise TypeError(f"{kind.__name__}: two columns would have the name {min(twice)}")
        columns |= found
    return Plan(kind, columns, spread)


@cache
def schema_of(kind: type) -> pa.Schema:
    """Return the columns of a table of rows of a `kind`, as Arrow has them.

    schema_of(FindingRow).names -> ["story", "rank", "id", "kind", "gist", ...]
    """
    import pyarrow as pa

    return pa.schema(_fields(plan_of(kind).columns), metadata={KEY: SCHEMA})
