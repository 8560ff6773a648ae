"""Takes linked articles apart into parts that can be grouped each by itself; holds a few numbers an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from accord.cluster.grouping.likeness import Measure

    Numbers = NDArray[np.integer]
    Links = tuple[Numbers, Numbers, NDArray[np.floating]]
    """Articles, articles that they are linked with, and how alike these are."""

_STEP = 0.02


def parts(links: Callable[[], Iterable[Links]], count: int, measure: Measure) -> Numbers:
    """Return the part that each of `count` articles is in, as the number of its first article.

    `links` gives all links, by the batch, as often as it is called. Articles that are linked, directly or over others,
    are one part. Where that is more than `measure.most` articles (of copies one counts), only links over a higher
    likeness count, and over a still higher one, until no part is larger; what even then is, is cut by the order of
    articles.

    parts(lambda: [([0, 1], [2, 3], [.5, .4])], 5, Measure()) -> [0, 1, 0, 1, 4]
    """
    copies = _all_apart(count)
    for a, b, alike in links():
        _join(copies, a[alike >= measure.copy], b[alike >= measure.copy])
    found = copies.copy()
    for a, b, _ in links():
        _join(found, a, b)
    one_of_copies = copies == np.arange(count)
    for level in np.arange(measure.edge + _STEP, measure.copy, _STEP):
        large = np.bincount(found[one_of_copies], minlength=count) > measure.most
        if not large.any():
            return found
        inside = large[found]
        np.copyto(found, copies, where=inside)
        for a, b, alike in links():
            kept = (alike >= level) & inside[a] & inside[b]
            _join(found, a[kept], b[kept])
    return _cut(found, copies, measure.most)


def _cut(found: Numbers, copies: Numbers, most: int) -> Numbers:
    """Return `found` with parts of more than `most` articles, of copies one, cut into runs of so many."""
    one_of_copies = np.flatnonzero(copies == np.arange(len(copies)))
    by_part = one_of_copies[np.argsort(found[one_of_copies], kind="stable")]
    part = found[by_part]
    starts = np.flatnonzero(np.diff(part, prepend=-1))
    rank = np.arange(len(part)) - np.repeat(starts, np.diff(starts, append=len(part)))
    head = by_part[np.arange(len(part)) - rank % most]
    found = found.copy()
    found[by_part] = head
    return found[copies]


def _all_apart(count: int) -> Numbers:
    return np.arange(count, dtype=np.int32 if count < 2**31 else np.int64)


def _join(root: Numbers, first: Numbers, second: Numbers) -> None:
    """Join the sets of `first` with those of `second`; `root` gives the lowest number of each one's set."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    a, b = root[first], root[second]
    a, b = a[a != b], b[a != b]
    if not len(a):
        return
    ends, places = np.unique(np.concatenate([a, b]), return_inverse=True)
    graph = coo_matrix((np.ones(len(a), bool), (places[: len(a)], places[len(a) :])), shape=(len(ends), len(ends)))
    _, joined = connected_components(graph, directed=False)
    _, lowest = np.unique(joined, return_index=True)
    root[ends] = ends[lowest][joined]
    np.take(root, root.copy(), out=root)
