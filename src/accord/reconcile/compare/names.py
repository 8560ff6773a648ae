"""What comparing places and comparing actors share: names that answer each other."""

from __future__ import annotations

from collections.abc import Iterator

from accord.reconcile.claims import Claim
from accord.reconcile.compare.comparison import Comparison, Context
from accord.reconcile.compare.parallel import firmness
from accord.reconcile.names import fold
from accord.records import Name, NameKind


def differing(a: Claim, b: Claim, kind: NameKind, field: str, context: Context) -> Iterator[Comparison]:
    """Yield a comparison for each name of `kind` in `a` alone and one in `b` alone that stands in its place.

    How surely one answers the other: whether each is unknown to the other report (a name that both reports know is
    often a second fact), whether both have the same part in the clause, and whether the words around them are the same.
    """
    pairs = []
    own = _alone(a, b, kind, context)
    theirs = _alone(b, a, kind, context) if own else []
    for x in own:
        for y in theirs:
            unknown = (not context.known_in(x.id, b.article)) + (not context.known_in(y.id, a.article))
            part = (x.id in (a.actor, a.place)) + (y.id in (b.actor, b.place))
            slot = max(firmness(_said(x, a), _said(y, b), a.text, b.text), 0.0)
            pairs.append((0.2 * unknown + 0.1 * part + 0.4 * slot, x, y))
    taken: set[str] = set()
    for sure, x, y in sorted(pairs, key=lambda item: (-item[0], item[1].id, item[2].id)):
        if sure >= 0.35 and not taken & {x.id, y.id}:
            taken |= {x.id, y.id}
            yield Comparison(field, x.name, y.name, False, sure, f"{x.name} in one report, {y.name} in the other")


def _alone(a: Claim, b: Claim, kind: NameKind, context: Context) -> list[Name]:
    known = context.names
    entries = [known[name] for name in sorted(a.names - b.names) if name in known and known[name].kind == kind]
    theirs = [known[name] for name in b.names if name in known] if entries else []
    return [entry for entry in entries if not any(nested(entry, other) for other in theirs)]


def _said(name: Name, claim: Claim) -> str:
    """Return the form of `name` that stands in `claim`."""
    forms = sorted((name.name, *name.aliases), key=lambda form: (-len(form), form))
    return next((form for form in forms if form.lower() in claim.text.lower()), name.name)


def nested(a: Name, b: Name) -> bool:
    """Whether both names may mean one: a form of one holds a form of the other, or they share a rarer word.

    "Mexico City" and "Mexico", "Chuck Schumer" and "Charles Schumer", "Conn." and "Connecticut" -> True;
    "Loretta Sanchez" and "Linda Sanchez" -> False
    """
    return any(_may_be_one(fold(x), fold(y), a.kind) for x in _forms(a) for y in _forms(b))


def _forms(name: Name) -> tuple[str, ...]:
    return (name.name, *(alias for alias in name.aliases if alias[:1].isupper()))


def _may_be_one(a: str, b: str, kind: NameKind) -> bool:
    first, second = a.split(), b.split()
    if not first or not second or set(first) <= set(second) or set(second) <= set(first):
        return True
    if len(first) == len(second) == 1:
        short, long = sorted((a, b), key=lambda word: (len(word), word))
        return a[0] == b[0] and len(short) <= 5 and set(short) <= set(long)
    if kind == "person":
        return first[-1] == second[-1] and first[0][:2] == second[0][:2]
    return bool({word for word in first if len(word) > 3} & {word for word in second if len(word) > 3})
