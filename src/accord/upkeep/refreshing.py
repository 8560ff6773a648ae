"""Brings the stories of a store up to date: those that changed are reconciled and briefed, and the ledger follows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from accord.config import Config
from accord.errors import AccordError
from accord.records import Briefing, Rejected, Update, content_id
from accord.upkeep.clock import now
from accord.upkeep.correcting import corrected, recount
from accord.upkeep.dues import fall_due
from accord.upkeep.following import follow
from accord.upkeep.maker import analyzed, maker

if TYPE_CHECKING:
    from accord.records import Analysis, Article
    from accord.stores import Store
    from accord.stores.store import Held, StoryLine

Progress = Callable[[str, int, int], None]
_AT_ONCE = 500
_BATCH = 32
_MOST_TRIES = 5


def refresh(
    store: Store,
    *,
    config: Config | None = None,
    progress: Progress | None = None,
    told: Callable[[Rejected | Update], None] | None = None,
    stop: Callable[[], bool] | None = None,
    briefed: Callable[[str], None] | None = None,
    outdated: bool = False,
) -> tuple[Update, ...]:
    """Brief the stories of `store` that are stale, and return what changed. `stop` is asked between two stories.

    Each story is kept with its updates and what it means for the ledger in one transaction; one that another process
    changes meanwhile is briefed again. With `outdated`, analyses that an older accord or other models made are made
    anew first, and so are the stories of their articles. A story that accord fails on is told and left; at the end,
    entries of the ledger that fell due are told.
    """
    config, told = config or Config(), told or (lambda _: None)
    found: list[Update] = []
    if outdated:
        reanalyze(store, config=config, progress=progress, told=told, stop=stop)
    done = 0
    tried: dict[str, int] = {}
    while waiting := [name for name in _waiting(store) if tried.get(name, 0) < _MOST_TRIES]:
        for number, story in enumerate(waiting):
            if stop is not None and stop():
                return tuple(found)
            tried[story] = tried.get(story, 0) + 1
            if progress:
                progress("brief", done, done + len(waiting) - number)
            try:
                updates = _brief(store, story, config)
            except (AccordError, MemoryError):
                raise
            except Exception as error:  # a defect met by one story must not keep the others waiting, and is told
                tried[story] = _MOST_TRIES
                told(_refused(store, story, error))
                continue
            if updates is None:
                continue
            done += 1
            found.extend(updates)
            if briefed:
                briefed(story)
            for update in updates:
                told(update)
    overdue = fall_due(store)
    for update in overdue:
        told(update)
    return (*found, *overdue)


def _refused(store: Store, story: str, error: Exception) -> Rejected:
    """Keep, and return, that a story cannot be briefed; it stays stale, and is tried again by the next run."""
    reason = f"accord fails on it ({error!r:.200}); please report it with the story's articles"
    rejected = Rejected(f"story {story}", "reconcile", reason)
    with store.transaction():
        store.reject([rejected], now())
    return rejected


def reanalyze(
    store: Store,
    *,
    config: Config | None = None,
    progress: Progress | None = None,
    told: Callable[[Rejected | Update], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> int:
    """Make the analyses anew that another accord or other models made; return how many.

    Where that fails, the older analysis stays, and why is kept and `told`.
    """
    told = told or (lambda _: None)
    made = 0
    failed: set[str] = set()
    while ids := [i for i in store.outdated(maker(), _BATCH + len(failed)) if i not in failed]:
        analyses: list[Analysis] = []
        rejected: list[Rejected] = []
        for item in store.held(ids):
            if stop is not None and stop():
                return made
            analysis = analyzed(item.article, config or Config())
            if isinstance(analysis, str):
                failed.add(item.article.id)
                rejected.append(Rejected(item.what, "analyze", analysis))
            else:
                analyses.append(analysis)
            if progress:
                progress("analyze", made + len(analyses), 0)
        if not analyses and not failed.issuperset(ids):
            break
        with store.transaction():
            store.reanalyze(analyses, maker())
            store.reject(rejected, now())
        for reject in rejected:
            told(reject)
        made += len(analyses)
    return made


def _waiting(store: Store) -> list[str]:
    """Return the stories to brief, those with the articles that came first before the others."""
    stale = store.stale(_AT_ONCE)
    members = store.members(stale)
    return sorted(stale, key=lambda story: (min(members.get(story) or [0]), story))


def _brief(store: Store, story: str, config: Config) -> tuple[Update, ...] | None:
    """Brief `story` and keep what that gives; None where another process changed or briefed it meanwhile."""
    from accord.pipeline import brief_analyses

    line = store.story(story)
    if line is None or line.id != story or not line.stale:
        return None
    held = store.numbered(store.members([story]).get(story, ()))
    gone = [item.article.id for item in held if item.gone]
    compared, left = _compared([item for item in held if not item.gone])
    articles, analyses, unread = _readable(store, compared, config)
    left += unread
    if not articles:
        return _close(store, line, held, gone, left)
    after = brief_analyses(articles, analyses, config=config, rejected=left)
    return keep_briefing(store, line, after, analyses, gone)


def keep_briefing(
    store: Store, line: StoryLine, after: Briefing, analyses: Sequence[Analysis], gone: Sequence[str] = ()
) -> tuple[Update, ...] | None:
    """Keep the briefing `after` of a story, what it changes, and what it means for the ledger; return the updates.

    None where another process changed or briefed the story since `line` was read. `analyses` are those of the
    briefing's articles; `gone` are ids of articles of the story that were taken down.
    """
    from accord.updates import updates

    story = line.id
    before = store.briefing(story)
    at = now()
    shown = [corrected(store, story, machine=one) if one else None for one in (before, after)]
    was, is_now = (found.briefing if found else None for found in shown)
    told = [replace(update, at=at) for update in updates(story, was, is_now or after, gone)]
    with store.transaction():
        if not _waits(store, line) or not store.brief(story, line.revision, after, _weight(after), at):
            return None
        recount(store, story, after)
        replaced = [article.replaces for article in after.articles if article.replaces]
        told += [replace(u, at=at) for u in follow(store, story, after, analyses, [*replaced, *gone])]
        store.tell(told)
    return tuple(told)


def _waits(store: Store, line: StoryLine) -> bool:
    """Tell whether a story still waits to be briefed as it was: another process may have briefed it meanwhile."""
    held = store.story(line.id)
    return held is not None and held.stale and held.revision == line.revision


def _compared(held: Sequence[Held]) -> tuple[list[Held], list[Rejected]]:
    """Return the articles that are compared, in the order in which they came, and notes on those that are not."""
    from accord.pipeline import compared, left_out

    ordered = sorted(held, key=lambda item: item.number)
    kept = compared([item.article for item in ordered])
    left = [item for at, item in enumerate(ordered) if at not in set(kept)]
    return [ordered[at] for at in kept], left_out([item.article for item in left], len(held))


def _close(
    store: Store, line: StoryLine, held: Sequence[Held], gone: Sequence[str], left: Sequence[Rejected]
) -> tuple[Update, ...] | None:
    """Keep that nothing of a story can be briefed: outlets took their articles down, the rest is `left` out."""
    at = now()
    outlets = {item.article.id: item.article.outlet for item in held}
    before = store.briefing(line.id)
    told = [
        Update(
            id=content_id("update", line.id, "retracted", article),
            kind="retracted",
            story=line.id,
            gist=f"{outlets[article]} took its report down",
            at=at,
            article=article,
        )
        for article in gone
    ]
    with store.transaction():
        empty = _emptied(before, line, left)
        if not _waits(store, line) or not store.brief(line.id, line.revision, empty, 0.0, at):
            return None
        store.keep_lines([item.article.id for item in held], [])
        store.tell(told)
    return tuple(told)


def _emptied(before: Briefing | None, line: StoryLine, left: Sequence[Rejected]) -> Briefing:
    name = before.id if before else line.id
    return Briefing(name, line.title, (), (), (), (), (), (), (), (), (), tuple(left))


def _readable(
    store: Store, held: Sequence[Held], config: Config
) -> tuple[list[Article], list[Analysis], list[Rejected]]:
    """Return the articles of `held` with their analyses, and those that cannot be analyzed.

    Analyses that another accord made, or nobody, are made here.
    """
    known = store.analyses([item.article.id for item in held], maker())
    articles: list[Article] = []
    analyses: list[Analysis] = []
    unread: list[Rejected] = []
    for item in held:
        analysis = known.get(item.article.id) or analyzed(item.article, config)
        if isinstance(analysis, str):
            unread.append(Rejected(item.what, "analyze", analysis))
        else:
            articles.append(item.article)
            analyses.append(analysis)
    return articles, analyses, unread


def _weight(briefing: Briefing) -> float:
    """Return how much there is to tell: every origin counts, findings that are agreed on or disputed count more."""
    verdicts = [finding.verdict for finding in briefing.findings]
    agreed, disputed = verdicts.count("corroborated"), verdicts.count("disputed")
    return float(len(briefing.origins) + 0.5 * agreed + 2 * disputed)
