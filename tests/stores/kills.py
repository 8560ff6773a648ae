"""The kill trial: a process that adds articles to a store is killed at any moment, and started again.

Then the store must hold what that of an undisturbed run holds, have no damage, and have lost nothing that was
acknowledged: an article counts as acknowledged once the transaction that keeps it has ended. Analysis and briefing are
done by quick stand-ins, so that the store has most of the work; all else is as `accord add` does it.

A nursery process loads everything once and forks a process for every attempt, so that attempts start at once.
"""

from __future__ import annotations

import json
import os
import random
import re
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from accord.records import Analysis, Article, Briefing
    from accord.stores import Store

BATCH = 6
"""Articles of a batch: small, so that a kill falls into many different transactions."""

_OUTLETS = ("Brennick Courier", "Quellmouth Post", "Ümland Bote", "Halm Ledger", "Norvik Wire", "Tarn Valley News")
_SYLLABLES = ("bren", "quel", "hal", "mor", "tarn", "vik", "ost", "lund", "reve", "dal", "sund", "kar", "mel", "ro")
_EVENTS = ("ferry grounding", "bridge closure", "orchard frost", "mill fire", "harbour strike", "school vote")


# the input ------------------------------------------------------------------------------------------------------------


def write_input(folder: Path, *, seed: int, files: int, events: int) -> list[Path]:
    """Write JSON Lines of invented articles, a file for each stretch of days; return the files.

    Several outlets report each event, some word for word; later files bring new versions, versions that come late,
    articles once more, and lines that hold none.
    """
    chance = random.Random(seed)
    told: list[dict[str, Any]] = []
    paths = []
    number = 0
    for at in range(files):
        lines: list[str] = []
        for _ in range(events):
            number += 1
            for item in _event(chance, number, at):
                told.append(item)
                lines.append(json.dumps(item, ensure_ascii=False))
        for item in chance.sample(told, min(len(told), events)):
            lines.append(json.dumps(_later(chance, item, at), ensure_ascii=False))
        lines.append(json.dumps(chance.choice(told), ensure_ascii=False))
        lines.append(chance.choice(('{"title": "No text"}', "{broken", "[]", '{"text": ""}')))
        chance.shuffle(lines)
        path = folder / f"day{at}.jsonl"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        paths.append(path)
    return paths


def _event(chance: random.Random, number: int, at: int) -> Iterator[dict[str, Any]]:
    """Yield what some outlets report of one event."""
    name = _name(chance)
    town, kind, speaker = _name(chance), chance.choice(_EVENTS), f"{_name(chance)} {_name(chance)}"
    count = chance.randrange(3, 90)
    day = f"2031-{at % 12 + 1:02}-{chance.randrange(1, 6):02}"
    facts = [
        f"The {kind} at {town} drew {count} people to the {name} quay.",
        f"“The {name} will stand again,” said {speaker}.",
        f"Council leader {speaker} promised {count} new berths for {town} by {2032 + at}.",
        f"Nobody in {town} had seen a {kind} of the kind since the {name} years.",
        f"Work on the {name} site goes on, and the {kind} will cost {count} million crowns.",
        f"The road from {town} to {_name(chance)} was shut for {count % 9 + 2} hours.",
    ]
    for outlet in chance.sample(_OUTLETS, chance.randrange(1, 5)):
        shown = facts if chance.random() < 0.3 else chance.sample(facts, chance.randrange(3, len(facts) + 1))
        yield {
            "url": f"https://{outlet.split()[0].lower()}.example/{number}",
            "outlet": outlet,
            "title": f"{kind.capitalize()} at {town}: {chance.choice(('what we know', 'the day after', name))}",
            "published": day,
            "modified": f"{day}T08:00:00Z",
            "text": "\n".join(shown),
        }


def _later(chance: random.Random, item: dict[str, Any], at: int) -> dict[str, Any]:
    """Return a version of an article: mostly a later one with another number, sometimes an earlier one come late."""
    hour = chance.choice((7, 10, 11, 12, 13, 14, 15))
    text = re.sub(r"\d+ people", f"{chance.randrange(3, 90)} people", item["text"])
    if chance.random() < 0.5:
        text += f"\nMore was promised on day {at} by the {_name(chance)} board."
    return {**item, "modified": f"{item['published']}T{hour:02}:{chance.randrange(60):02}:00Z", "text": text}


def _name(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=2)).capitalize()


# stand-ins ------------------------------------------------------------------------------------------------------------


def analyze(article: Article, _config: object = None) -> Analysis:
    """Return the quotes, figures and promises that patterns find in `article`."""
    from accord.records import Analysis, Commitment, Figure, Quote, Sentence

    def found(pattern: str) -> Iterator[tuple[str, int, int, str, re.Match[str]]]:
        for match in re.finditer(pattern, article.text):
            yield article.id, match.start(1), match.end(1), match[1], match

    lines = list(found("([^\n]+)"))
    return Analysis(
        article.id,
        sentences=tuple(Sentence(start, end, text, n) for n, (_, start, end, text, _) in enumerate(lines)),
        quotes=tuple(Quote(*at, "direct", match[2], "said") for *at, match in found(r"“([^”]+),” said ([\w ]+)\.")),
        figures=tuple(Figure(*at, float(match[2]), match[3]) for *at, match in found(r"((\d+) (people|million))")),
        commitments=tuple(
            Commitment(*at, match[2], match[3], "promised", due=match[4], due_date=match[4])
            for *at, match in found(r"(leader (\w+ \w+) promised ([\w ]+?) by (\d{4}))")
        ),
    )


def brief_analyses(
    articles: Sequence[Article], analyses: Sequence[Analysis], *, rejected: Sequence[Any] = (), **_: object
) -> Briefing:
    """Return a briefing whose findings are the figures and promises: what two outlets say alike is corroborated."""
    from accord.records import Briefing, Citation, Finding, Name, Origin, content_id

    said: dict[str, list[tuple[Citation, str]]] = {}
    outlets = {article.id: article.outlet for article in articles}
    for analysis in analyses:
        for item in (*analysis.figures, *analysis.commitments):
            cited = Citation(item.article, item.start, item.end, item.text)
            said.setdefault(item.text, []).append((cited, "commitment" if hasattr(item, "who") else "figure"))
    findings = []
    for text, claims in sorted(said.items()):
        by = tuple(dict.fromkeys(outlets[cited.article] for cited, _ in claims))
        verdict = "corroborated" if len(by) > 1 else "single"
        name = content_id("finding", text, *(cited.article for cited, _ in claims))
        evidence = tuple(cited for cited, _ in claims)
        findings.append(Finding(name, claims[0][1], text, verdict, None, len(by), by, evidence))  # type: ignore[arg-type]
    speakers = sorted({quote.speaker for analysis in analyses for quote in analysis.quotes if quote.speaker})
    ids = tuple(article.id for article in articles)
    return Briefing(
        id=content_id("briefing", *ids),
        title=articles[0].title or "",
        articles=tuple(articles),
        origins=tuple(Origin(content_id("own", name), (name,), "own", None, "its own words") for name in ids),
        findings=tuple(findings),
        quotes=tuple(quote for analysis in analyses for quote in analysis.quotes),
        figures=tuple(figure for analysis in analyses for figure in analysis.figures),
        commitments=tuple(promise for analysis in analyses for promise in analysis.commitments),
        timeline=(),
        names=tuple(Name(content_id("person", speaker), speaker, "person", ids) for speaker in speakers),
        summary=(),
        rejected=tuple(rejected),
    )


def encode(texts: Sequence[str], **_: object) -> Any:
    """Return one unit vector per text: the sum of vectors that stand for its words."""
    import zlib

    import numpy as np

    table = np.random.default_rng(5).standard_normal((4096, 384)).astype(np.float32)
    rows = [
        table[[zlib.crc32(word.encode()) % 4096 for word in re.findall(r"\w{4,}", text)]].sum(axis=0) for text in texts
    ]
    return np.stack([row / max(float(np.linalg.norm(row)), 1e-9) for row in rows]).astype(np.float32)


def stand_in(put: Callable[[object, str, object], None] = setattr) -> None:
    """Put the stand-ins in the place of what takes long."""
    import accord.analyze
    import accord.models.stories
    import accord.pipeline
    import accord.upkeep.intake

    put(accord.analyze, "analyze", analyze)
    put(accord.models.stories, "encode", encode)
    put(accord.pipeline, "brief_analyses", brief_analyses)
    put(accord.upkeep.intake, "BATCH", BATCH)


# what is killed -------------------------------------------------------------------------------------------------------


class _Telling:
    """A store that says which articles it keeps and which stories it briefs, once their transaction has ended."""

    def __init__(self, store: Store, tell: Callable[[str], None]) -> None:
        self._store = store
        self._tell = tell
        self._told: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        self._told.clear()
        self._tell("writing")
        with self._store.transaction():
            yield
        for line in self._told:
            self._tell(line)
        self._tell("written")

    def keep(self, arrivals: Any, at: str) -> list[int]:
        numbers = self._store.keep(arrivals, at)
        self._told.extend(f"kept {arrival.article.id}" for arrival in arrivals)
        return numbers

    def brief(self, story: str, revision: int, briefing: Briefing, weight: float, at: str) -> bool:
        done = self._store.brief(story, revision, briefing, weight, at)
        self._told.extend(f"briefed {story} {revision}" for _ in range(done))
        return done


def add_all(store: Store, paths: Sequence[str], tell: Callable[[str], None]) -> None:
    """Add one file after the other, and say when each is through."""
    from accord.upkeep import add

    telling: Any = _Telling(store, tell)
    for path in paths:
        add([path], telling)
        tell(f"through {Path(path).name}")


def _attempt(url: str, paths: Sequence[str], tell: Callable[[str], None]) -> int:
    """Add `paths` to the store at `url`; return what the process leaves with: 3 where the store had a fault."""
    from accord.errors import StoreError
    from accord.stores import open_store

    try:
        with closing(open_store(url)) as store:
            add_all(store, paths, tell)
    except StoreError as error:
        tell(f"fault {' '.join(str(error).split())}")
        return 3
    return 0


def _warm_up() -> None:
    """Load what an attempt needs, so that attempts start at once."""
    import tempfile

    from accord.stores import open_store

    stand_in()
    with tempfile.TemporaryDirectory() as folder:
        paths = [str(path) for path in write_input(Path(folder), seed=0, files=1, events=2)]
        with closing(open_store("memory:")) as store:
            add_all(store, paths, lambda _: None)
        with closing(open_store(str(Path(folder) / "warm.db"))) as store:
            store.counts()


def nursery() -> None:
    """Read orders from standard input, a JSON line each, and fork a process for each; tell how it ended."""
    import gc

    _warm_up()
    gc.freeze()
    print("ready", flush=True)
    for order in sys.stdin:
        url, paths = json.loads(order)
        child = os.fork()
        if child == 0:
            code = 1
            try:
                code = _attempt(url, paths, lambda line: print(line, flush=True))
            finally:
                sys.stdout.flush()
                if code == 1:
                    import traceback

                    traceback.print_exc()
                os._exit(code)
        print(f"started {child}", flush=True)
        _, status = os.waitpid(child, 0)
        print(f"ended {os.waitstatus_to_exitcode(status)}", flush=True)


# the trial ------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Tally:
    """What a trial did, and what it found wrong."""

    rounds: int = 0
    attempts: int = 0
    kills: int = 0
    amid: int = 0
    server_kills: int = 0
    acknowledged: int = 0
    faults: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Count in what another trial did and found."""
        for item in fields(self):
            setattr(self, item.name, getattr(self, item.name) + getattr(other, item.name))

    def __str__(self) -> str:
        return (
            f"{self.kills} kills of the process and {self.server_kills} of the server, {self.amid} of them amid a "
            f"transaction, in {self.attempts} attempts, {self.rounds} rounds; "
            f"{self.acknowledged} articles acknowledged; {len(self.wrong)} things wrong"
        )


class Trial:
    """Kills attempts to fill the stores that `fresh` gives the addresses of; `server` is killed, too, where given."""

    def __init__(self, folder: Path, *, seed: int = 1, files: int = 3, events: int = 6) -> None:
        self.tally = Tally()
        self._chance = random.Random(seed)
        self._paths = [str(path) for path in write_input(folder, seed=seed, files=files, events=events)]
        self._acknowledged: set[str] = set()
        self._pace = 1.0
        here = Path(__file__).parent
        places = os.pathsep.join(map(str, (here, here.parent)))
        environment = {**os.environ, "PYTHONPATH": places, "OMP_NUM_THREADS": "1"}
        self._nursery = subprocess.Popen(
            [sys.executable, "-c", "import kills; kills.nursery()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        )
        self._said = b""
        self._expect("ready", 120)

    def close(self) -> None:
        """End the nursery."""
        self._nursery.communicate(timeout=60)

    def undisturbed(self, url: str) -> dict[str, Any]:
        """Return what the store at `url` holds after a run that nobody disturbs."""
        from accord.stores import open_store
        from contents import contents

        started = time.monotonic()
        lines = self._run(url, 0, None)
        self._pace = time.monotonic() - started
        if lines[-1] != "ended 0":
            raise RuntimeError(f"the undisturbed run failed: {lines[-2:]}")
        with closing(open_store(url, make=False)) as store:
            return contents(store)

    def round(self, url: str, expected: dict[str, Any], *, most: int, server: Any = None) -> None:
        """Fill the store at `url`, killing at most so many times; compare it with `expected`."""
        from accord.stores import open_store
        from contents import contents

        self.tally.rounds += 1
        self._acknowledged = set()
        done = kills = 0
        while done < len(self._paths):
            wait = self._chance.uniform(0.0, min(self._pace, 2.0) * 0.5) if kills < most else None
            at_server = server is not None and wait is not None and self._chance.random() < 0.2
            lines = self._run(url, done, wait, server if at_server else None)
            kills += 1
            done += sum(line.startswith("through ") for line in lines)
            self._look_through(lines, at_server)
            self._examine(url)
        with closing(open_store(url, make=False)) as store:
            found = contents(store)
        self.tally.acknowledged += len(self._acknowledged)
        self.tally.wrong += [f"{part} differs: {_difference(found[part], expected[part])}" for part in expected
                             if found[part] != expected[part]]  # fmt: skip

    def _run(self, url: str, done: int, wait: float | None, server: Any = None) -> list[str]:
        """Run one attempt from the file `done` on; kill it, or `server`, after `wait` seconds. Return what it said."""
        assert self._nursery.stdin is not None
        self._nursery.stdin.write(json.dumps([url, self._paths[done:]]).encode() + b"\n")
        self._nursery.stdin.flush()
        child = int(self._expect("started", 30).split()[1])
        self.tally.attempts += 1
        lines: list[str] = []
        until = time.monotonic() + (wait if wait is not None else 600.0)
        while (left := until - time.monotonic()) > 0:
            if self._readable(left):
                lines.append(self._line())
                if lines[-1].startswith("ended "):
                    return lines
        if wait is None:
            raise RuntimeError("an attempt took over ten minutes")
        if server is not None:
            server.kill()
            self.tally.server_kills += 1
            server.start()
        else:
            os.kill(child, 9)
            self.tally.kills += 1
        while not lines or not lines[-1].startswith("ended "):
            lines.append(self._line())
        return lines

    def _look_through(self, lines: Sequence[str], at_server: bool) -> None:
        """Note what was acknowledged, and how the attempt ended."""
        self._acknowledged |= {line.split(" ", 1)[1] for line in lines if line.startswith("kept ")}
        faults = [line for line in lines if line.startswith("fault ")]
        self.tally.faults += len(faults)
        spoken = [line for line in lines if line in ("writing", "written")]
        self.tally.amid += spoken[-1:] == ["writing"]
        expected = {"ended 0", "ended -9", *(["ended 3"] if at_server else [])}
        if lines[-1] not in expected:
            self.tally.wrong.append(f"an attempt {lines[-1]}: {' '.join(faults)}")

    def _examine(self, url: str) -> None:
        """Look for damage and for what was lost, in the state that a kill left."""
        from accord.stores import open_store

        with closing(open_store(url)) as store:
            lost = [name for name in sorted(self._acknowledged) if not store.given(name)]
            self.tally.wrong += [f"lost: {name}" for name in lost]
            self.tally.wrong += [f"damage: {damage}" for damage in store.check()]

    def _expect(self, word: str, seconds: float) -> str:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if self._readable(left):
                line = self._line()
                if line.startswith(word):
                    return line
        raise RuntimeError(f"the nursery did not say {word!r}")

    def _line(self) -> str:
        """Return the next line that the nursery or its child wrote."""
        assert self._nursery.stdout is not None
        while b"\n" not in self._said:
            more = os.read(self._nursery.stdout.fileno(), 65536)
            if not more:
                raise RuntimeError("the nursery is gone")
            self._said += more
        line, _, self._said = self._said.partition(b"\n")
        return line.decode()

    def _readable(self, seconds: float) -> bool:
        return b"\n" in self._said or bool(select.select([self._nursery.stdout], [], [], seconds)[0])


def _difference(found: Any, expected: Any) -> str:
    """Return in few words how two parts of a store differ."""
    if isinstance(found, dict) and isinstance(expected, dict):
        keys = [key for key in {**expected, **found} if found.get(key) != expected.get(key)]
        shown = [f"{key}: {str(found.get(key))[:300]} for {str(expected.get(key))[:300]}" for key in keys[:2]]
        return f"{len(keys)} of {len(expected)}; {'; '.join(shown)}"
    if isinstance(found, list) and isinstance(expected, list):
        more = [item for item in found if item not in expected]
        less = [item for item in expected if item not in found]
        return f"{len(more)} more {str(more[:2])[:200]}, {len(less)} fewer {str(less[:2])[:200]}"
    return f"{str(found)[:200]} for {str(expected)[:200]}"
