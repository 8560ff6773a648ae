"""Groups any number of articles into stories, no step of which holds them all: `cluster.grouping.Grouper` in parts.

Each step maps tasks that read and write files in DIR/_work/groups. What they give is what `Grouper` gives for the same
sketches, to the last id, however the articles are divided. In their order:

    block     sketches into blocks of articles that follow one another, and their terms by buckets of keys
    terms     per bucket: who carries which term, to the blocks of its carriers
    pairs     per block: pairs of terms that too many carry, by buckets; then per bucket as above
    link      per block: who shares most keys with its articles, and how alike they are; then each link once
    part      here, over all links: which articles are linked, directly or over others
    group     per some thousand articles of whole parts: their stories; then, here, all stories in order
    follow    per block of stories: which story each follows; then, here, the chains
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from accord.runs.gathering import small

if TYPE_CHECKING:
    from accord.cluster.grouping import Measure
    from accord.runs.grouping.indexing import Place
    from accord.runs.grouping.storying import Story
    from accord.runs.steps import Receipt, Steps, Task

FILES = 64
"""Files of sketches, of up to 64 articles each, that become a block."""
BLOCKS = 8
"""For so many blocks the keys have one bucket more."""

_FOLDER = "groups"


def group(work: Path, sketches: Sequence[Path], steps: Steps, measure: Measure | None = None) -> Receipt:
    """Group the articles whose sketches (parts of `SketchRow`, in the order of their numbers) are in these files.

    Numbers ascend as `cluster.grouping.in_time` orders articles; some may be missing. `stories` and `chains` read what
    is found; who is alike becomes the table `links`. The receipt says how many articles, stories, chains, links.
    """
    from accord.cluster.grouping import Measure as Default

    measure = measure or Default()
    root = work / _FOLDER
    return _Grouping(root, sketches, steps, measure).run(str(small(work.parent)))


def stories(work: Path) -> Iterator[Story]:
    """Yield the stories, in the order of their first articles: that of `Grouper.groups`."""
    from accord.runs.grouping.storying import stories_of

    return stories_of(work / _FOLDER)


def chains(work: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the id of each chain, and the ids of its stories: in the order of `Grouper.chains`."""
    from accord.runs.grouping.following import chains_of

    return chains_of(work / _FOLDER)


class _Grouping:
    """The steps, over the files in a folder."""

    def __init__(self, root: Path, sketches: Sequence[Path], steps: Steps, measure: Measure) -> None:
        self.root, self.steps, self.measure = root, steps, measure
        self.paths = [str(path) for path in sketches]

    def run(self, table: str) -> Receipt:
        from accord.runs.grouping.following import write_chains
        from accord.runs.grouping.storying import write_no_stories

        last = self._index()
        if last is None:
            write_no_stories(self.root)
            write_chains(self.root, [])
            return {"articles": 0, "stories": 0, "chains": 0, "links": 0}
        links = self._link(table)
        count = self._group(last)
        chained = self._chain(count)
        articles = sum(receipt["articles"] for _, receipt in self.steps.all("group: block"))
        return {"articles": articles, "stories": count, "chains": chained, "links": links}

    def _index(self) -> int | None:
        """Make blocks and the index; return the number of the last article."""
        from accord.runs.grouping import indexing
        from accord.runs.grouping.blocks import NOWHERE, write_catalog

        count = -(-len(self.paths) // FILES)
        buckets = indexing.places(-(-count // BLOCKS))
        tasks = [
            indexing.BlockTask(place.key, place.at, tuple(self.paths[place.at * FILES :][:FILES]), len(buckets))
            for place in indexing.places(count)
        ]
        made = self._each("block", indexing.make_block, tasks)
        if not any(receipt["articles"] for receipt in made):
            return None
        firsts, following = [], NOWHERE
        for receipt in reversed(made):
            following = receipt["first"] if receipt["articles"] else following
            firsts.append(following)
        write_catalog(self.root, reversed(firsts))
        self.blocks = [task for task, receipt in zip(indexing.places(count), made, strict=True) if receipt["articles"]]
        self.buckets, self.names = buckets, [block.key for block in self.blocks]
        self._each("terms", indexing.carry_terms, buckets, names=self.names)
        self.steps.once("group: common", partial(_common, self.root, buckets))
        self._drop(indexing.TERMS)
        self._each("pairs", indexing.pair_terms, self.blocks, buckets=len(buckets))
        self._each("pair carriers", indexing.carry_pairs, buckets, names=self.names)
        self._drop(indexing.PAIRS)
        return max(int(receipt["last"]) for receipt in made if receipt["articles"])

    def _link(self, table: str) -> int:
        from accord.runs.grouping import indexing, linking

        regions = indexing.places(linking.regions(self.blocks[-1].at + 1))
        self.regions = regions
        self._each("link", linking.find_links, self.blocks, buckets=self.buckets, measure=self.measure)
        self._drop("carriers")
        found = self._each("links", linking.merge_links, regions, names=self.names, table=table)
        self._drop("found")
        return sum(receipt["links"] for receipt in found)

    def _group(self, last: int) -> int:
        from accord.runs.grouping import indexing, linking, storying

        divided = self.steps.once("group: part", partial(_divide, self.root, self.regions, last, self.measure))
        tasks = indexing.places(divided["tasks"])
        regions = [region.key for region in self.regions]
        self._each("part links", linking.write_inner, self.regions, tasks=len(tasks))
        self._each("group", storying.make_stories, tasks, names=regions, measure=self.measure)
        self._drop("inner")
        ordered = self.steps.once("group: order", partial(_order, self.root, tasks, last))
        self._drop("made")
        return int(ordered["stories"])

    def _chain(self, count: int) -> int:
        from accord.runs.grouping import following, indexing

        self._each("near", following.find_near, self.regions, measure=self.measure)
        places = indexing.places(following.story_blocks(count))
        regions = [region.key for region in self.regions]
        self._each("follow", following.find_followed, places, names=regions, measure=self.measure)
        chained = self.steps.once("group: chains", partial(_chains, self.root, places))
        self._drop("near")
        return int(chained["chains"])

    def _each(
        self, step: str, function: Callable[..., Receipt], over: Sequence[Task], /, **told: object
    ) -> Sequence[Receipt]:
        """Do each of the tasks and return their receipts, in the order of the tasks."""
        found = dict(self.steps.each(f"group: {step}", partial(function, folder=str(self.root), **told), over))
        return [found[task.key] for task in over]

    def _drop(self, folder: str) -> None:
        """Remove what no step needs any more."""
        shutil.rmtree(self.root / folder, ignore_errors=True)


# what is done here, not on a worker -----------------------------------------------------------------------------------


def _common(root: Path, buckets: Sequence[Place]) -> Receipt:
    from accord.runs.grouping.indexing import gather_common

    return {"terms": gather_common(root, buckets)}


def _divide(root: Path, regions: Sequence[Place], last: int, measure: Measure) -> Receipt:
    from accord.runs.grouping.storying import divide

    return {"tasks": divide(root, regions, last, measure)}


def _order(root: Path, tasks: Sequence[Place], last: int) -> Receipt:
    from accord.runs.grouping.storying import put_in_order

    return {"stories": put_in_order(root, tasks, last)}


def _chains(root: Path, places: Sequence[Place]) -> Receipt:
    from accord.runs.grouping.following import write_chains

    return {"chains": write_chains(root, places)}
