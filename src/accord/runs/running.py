"""The map of a run: read and parse -> settle -> analyze -> group -> reconcile and brief -> manifest."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from accord.config import Config
from accord.errors import RunError
from accord.runs import analyzing, briefing, reading
from accord.runs.analyzing import ANALYZE, analyze_batch, analyze_tasks
from accord.runs.briefing import BRIEF, Part, StoryPick, brief_batch, story_tasks
from accord.runs.gathering import GATHER, gather, gather_tasks, small
from accord.runs.parts import MANIFEST, WORK, part_in, place_of, read_manifest, write_manifest
from accord.runs.reading import READ, page_tasks, parse_batch
from accord.runs.rows import TABLES
from accord.runs.settling import SETTLE, picks, settle
from accord.runs.steps import Apart, Steps

if TYPE_CHECKING:
    from accord.executors import Executor
    from accord.runs.steps import Progress, Receipt

GROUP = "group"
_PLAN = "plan.json"
_PRELOAD = ("accord.analyze.preloaded",)


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run gave: numbers of rows of its tables, and how many articles came again as they were."""

    articles: int
    stories: int
    findings: int
    commitments: int
    rejected: int
    unchanged: int


def run(
    paths: Sequence[str],
    output: str,
    *,
    executor: Executor | str = "processes",
    workers: int | None = None,
    address: str | None = None,
    resume: bool = False,
    config: Config | None = None,
    progress: Progress | None = None,
    told: Callable[[str], None] | None = None,
) -> Ran:
    """Take the articles in the files `paths` through all stages, and write tables of what they give into `output`.

    `executor` says where the work is done: "serial", "processes" (the default: one for each core), "ray" (at
    `address`, or a cluster of this machine), or one that is at hand. The tables are the same, byte for byte, whichever
    it is. A run that was stopped goes on with `resume`. `told` is given what workers died of, and how. Raises RunError
    where the folder, the inputs or the workers are at fault; what was finished stays.
    """
    from accord.executors import executor as made

    root = Path(output).absolute()
    settled = replace(config or Config(), threads=1)
    _check(paths)
    if done := _begin(root, _plan(paths, settled), resume=resume):
        return done
    with ExitStack() as stack:
        used = executor
        if isinstance(used, str):
            used = stack.enter_context(made(used, workers=workers, address=address, preload=_PRELOAD))
        steps = stack.enter_context(closing(Steps(root / WORK, used, progress, told)))
        counts = _through(paths, root, steps, settled)
        files = _gather(root, steps)
    write_manifest(root, _plan(paths, settled), counts, files)
    shutil.rmtree(root / WORK)
    return Ran(**counts)


def _through(paths: Sequence[str], root: Path, steps: Steps, config: Config) -> dict[str, int]:
    """Take the run through its steps; return what it gave, as `Ran` has it."""
    output = str(root)
    if steps.receipt(f"{READ}, whole") is None:
        _read(paths, output, steps, config)
        steps.once(f"{READ}, whole", dict)
    parsed = sorted(steps.keys(READ))
    came = sum(receipt["articles"] for _, receipt in steps.all(READ))
    told = partial(steps.tell, SETTLE, total=came)
    settled = steps.once(SETTLE, lambda: settle(root, parsed, told))
    apart = Apart(analyzing.pieces, partial(analyzing.try_batch, output=output, config=config), analyzing.without)
    analyze = partial(analyze_batch, output=output, config=config)
    for _ in steps.each(
        ANALYZE,
        analyze,
        analyze_tasks(picks(root)),
        total=settled["articles"],
        size=lambda receipt: int(receipt["articles"]),
        apart=apart,
    ):
        pass
    analyzed = steps.all(ANALYZE)
    parts = [Part(k, r["month"], r["first"], r["last"]) for k, r in analyzed if r["first"] is not None]
    grouped = _group(root, steps, parts)
    apart_stories = Apart(briefing.pieces, partial(briefing.try_batch, output=output, config=config), briefing.without)
    for _ in steps.each(
        BRIEF,
        partial(brief_batch, output=output, config=config),
        story_tasks(_stories(root), parts),
        total=grouped["stories"],
        size=lambda receipt: int(receipt["stories"]),
        apart=apart_stories,
    ):
        pass
    briefed = [receipt for _, receipt in steps.all(BRIEF)]
    return {
        "articles": sum(receipt["kept"] for _, receipt in analyzed),
        "stories": sum(receipt["briefed"] for receipt in briefed),
        "findings": sum(receipt["findings"] for receipt in briefed),
        "commitments": sum(receipt["commitments"] for receipt in briefed),
        "rejected": sum(r["rejected"] for step in (READ, ANALYZE, BRIEF) for _, r in steps.all(step))
        + settled["rejected"],
        "unchanged": settled["unchanged"],
    }


def _read(paths: Sequence[str], output: str, steps: Steps, config: Config) -> None:
    apart = Apart(reading.pieces, partial(reading.try_batch, config=config), reading.without)
    parse = partial(parse_batch, output=output, config=config)
    tasks = page_tasks(paths, config, steps.keys(READ))
    for _ in steps.each(READ, parse, tasks, size=lambda receipt: int(receipt["articles"]), apart=apart):
        pass


def _group(root: Path, steps: Steps, parts: Sequence[Part]) -> Receipt:
    from accord.runs.grouping import group

    sketches = [part_in(small(root), "sketches", place_of("month", part.month), part.key) for part in parts]
    return steps.once(GROUP, partial(group, root / WORK, sketches, steps))


def _gather(root: Path, steps: Steps) -> list[Receipt]:
    """Write the tables; return what files they have."""
    tasks = list(gather_tasks(root, tuple(TABLES)))
    return [r for _, r in steps.each(GATHER, partial(gather, output=str(root)), tasks, total=len(tasks))]


def _stories(root: Path) -> Iterator[StoryPick]:
    from accord.runs.grouping import chains, stories

    work = root / WORK
    chain_of = {story: chain for chain, members in chains(work) for story in members}
    for story in stories(work):
        yield StoryPick(story.id, story.day, story.members, chain_of.get(story.id))


# the folder -----------------------------------------------------------------------------------------------------------


def _check(paths: Sequence[str]) -> None:
    from accord.readers.kinds import web_address

    for path in paths:
        if path == "-" or web_address(path):
            told = "standard input" if path == "-" else path
            raise RunError(f"{told}: a run takes files, so that it can go on; save it to one first: accord read")


def _plan(paths: Sequence[str], config: Config) -> dict[str, Any]:
    """Return what a run is made of: with the same plan, it can go on."""
    from accord.upkeep.maker import maker

    settings = {name: value for name, value in asdict(config).items() if name not in ("web", "threads")}
    return {"maker": maker(), "config": settings, "inputs": list(paths)}


def _begin(root: Path, plan: Mapping[str, Any], *, resume: bool) -> Ran | None:
    """Make the folder ready; of a run that is finished already, return what it gave."""
    path = root / WORK / _PLAN
    try:
        if (root / MANIFEST).is_file():
            if not resume:
                raise RunError(f"{root}: it holds a run that is finished; name another --output")
            shutil.rmtree(root / WORK, ignore_errors=True)
            return Ran(**read_manifest(root).counts)
        if path.is_file():
            if not resume:
                raise RunError(f"{root}: it holds a run that was stopped; go on with --resume, or name another folder")
            before, now = json.loads(path.read_text(encoding="utf-8")), json.loads(json.dumps(plan))
            if before != now:
                changed = ", ".join(name for name in now if before.get(name) != now[name])
                raise RunError(f"{root}: the run there has another {changed}; name another --output")
            return None
        if root.is_dir() and any(root.iterdir()):
            raise RunError(f"{root}: it is not empty; name a new folder as --output")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_suffix(".new").write_text(json.dumps(plan, indent=2) + "\n", encoding="utf-8")
        path.with_suffix(".new").replace(path)
    except OSError as error:
        raise RunError(f"{root}: it cannot be written ({error.strerror}); name another --output") from error
    return None
