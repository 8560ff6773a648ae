"""Tables in Markdown from what `bench.py` measured: medians of the rounds, and ratios of what ran side by side."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from statistics import median
from typing import Any

from bench_parts import EXECUTORS, THRESHOLDS

Result = dict[str, Any]
DOLLARS_A_CORE_HOUR = 0.05
"""An assumption: about what a core of a general-purpose virtual machine costs an hour, on demand."""


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def number(value: float) -> str:
    """Return a number with about three digits that count: 1234.5 -> "1,234", 12.34 -> "12.3", 0.2345 -> ".234"."""
    if value >= 1000:
        return f"{value:,.0f}"
    digits = max(0, 2 - math.floor(math.log10(value))) if value >= 0.1 else 3
    return f"{value:.{digits}f}"


def spread(values: Sequence[float]) -> str:
    """Return the median of the rounds, and from what to what they went."""
    middle = f"{median(values):.2f}"
    return middle if len(values) < 2 else f"{middle} ({min(values):.2f} to {max(values):.2f})"


# the whole pipeline ---------------------------------------------------------------------------------------------------


def rates(made: Result, executor: str) -> list[float]:
    """Return the articles a second of an executor in each round, its start-up apart."""
    count = made["articles"] - made["start_articles"]
    return [count / (row[executor]["run"]["seconds"] - row[executor]["start"]["seconds"]) for row in made["rounds"]]


def ratios(made: Result, executor: str, to: str) -> list[float]:
    """Return the ratio of two rates in each round."""
    return [a / b for a, b in zip(rates(made, executor), rates(made, to), strict=True)]


def pipeline(made: Result) -> str:
    rows = []
    for executor, workers in EXECUTORS:
        runs = [row[executor]["run"] for row in made["rounds"]]
        rows.append(
            (
                f"{executor}, {workers} {'worker' if workers == 1 else 'workers'}",
                number(median(run["seconds"] for run in runs)),
                number(median(row[executor]["start"]["seconds"] for row in made["rounds"])),
                number(median(rates(made, executor))),
                *_memory(runs),
            )
        )
    head = ("executor", "seconds", "of that start-up", "articles a second", *MEMORY)
    wanted = (("processes", "serial", 1.8), ("ray", "processes", 0.85))
    targets = [
        (f"{a} over {b}", spread(ratios(made, a, b)), f"at least {least}", _met(median(ratios(made, a, b)) >= least))
        for a, b, least in wanted
    ]
    outputs = {row[executor]["run"]["digest"] for row in made["rounds"] for executor, _ in EXECUTORS}
    same = "the same byte for byte" if len(outputs) == 1 else f"NOT the same: {len(outputs)} different"
    told = f"{made['articles']:,} articles, {len(made['rounds'])} rounds. The output of all runs: {same}."
    ratio_head = ("ratio of the rates", "median (from, to)", "target", "")
    return "\n\n".join([told, table(head, rows), table(ratio_head, targets), _steps(made)])


MEMORY = ("GB: driver", "highest worker", "all together")


def _memory(runs: Sequence[Result]) -> tuple[str, ...]:
    workers = [max(run["workers"], default=0.0) for run in runs]
    return (
        f"{max(run['driver'] for run in runs):.2f}",
        f"{max(workers):.2f}" if any(workers) else "",
        f"{max(run['together'] for run in runs):.2f}",
    )


def _steps(made: Result) -> str:
    """Return how long each step took: from the last line of progress of one step to that of the next."""
    steps: dict[str, dict[str, list[float]]] = {}
    for row in made["rounds"]:
        for executor, _ in EXECUTORS:
            last: dict[str, float] = {}
            for at, line in row[executor]["run"]["lines"]:
                if step := re.match(r"accord: ([a-z ]+): ", line):
                    last[step[1]] = at
            before = 0.0
            for name, at in last.items():
                steps.setdefault(name, {}).setdefault(executor, []).append(at - before)
                before = at
    rows = [
        (name, *(number(median(of[executor])) if executor in of else "" for executor, _ in EXECUTORS))
        for name, of in steps.items()
    ]
    return table(("seconds until the end of step", *(name for name, _ in EXECUTORS)), rows) if rows else ""


def cost(made: Result) -> str:
    """Return what a million articles cost, by the rates measured."""
    rows = []
    for executor, workers in EXECUTORS:
        rate = median(rates(made, executor)) / workers
        hours = 1e6 / rate / 3600
        rows.append((executor, number(rate), number(hours), f"${number(hours * DOLLARS_A_CORE_HOUR)}"))
    head = ("executor", "articles a second and core", "core-hours a million", f"at ${DOLLARS_A_CORE_HOUR} a core-hour")
    return table(head, rows)


def growth(made: Result) -> str:
    sizes = made["sizes"]
    seconds = [median(run["seconds"] for run in size["runs"]) for size in sizes]
    rows = [
        (
            f"{size['articles']:,}",
            len(size["runs"]),
            number(took),
            number(size["articles"] / took),
            *_memory(size["runs"]),
        )
        for size, took in zip(sizes, seconds, strict=True)
    ]
    head = ("articles", "rounds", "seconds", "a second", *MEMORY)
    steps = [
        math.log(seconds[n + 1] / seconds[n]) / math.log(sizes[n + 1]["articles"] / sizes[n]["articles"])
        for n in range(len(sizes) - 1)
    ]
    whole = slope([math.log(size["articles"]) for size in sizes], [math.log(took) for took in seconds])
    peaks = [peak for size in sizes for run in size["runs"] for peak in (run["driver"], *run["workers"])]
    flat = [max(max(run["workers"], default=run["driver"]) for run in size["runs"]) for size in sizes]
    targets = [
        ("growth exponent", f"{whole:.2f}", "under 1.1", _met(whole < 1.1)),
        ("of the last step", f"{steps[-1]:.2f}", "under 1.1", _met(steps[-1] < 1.1)),
        ("highest of driver and workers", f"{max(peaks):.2f} GB", "under 1.5 GB", _met(max(peaks) < 1.5)),
        ("a worker at the largest size over one at the smallest", f"{flat[-1] / flat[0]:.2f}", "about 1", ""),
    ]
    return "\n\n".join([table(head, rows), table(("", "", "target", ""), targets)])


def slope(x: Sequence[float], y: Sequence[float]) -> float:
    """Return the slope of the line nearest to the points, by least squares."""
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    spread_x = sum((a - mean_x) ** 2 for a in x)
    return sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True)) / spread_x


# analysis and peers ---------------------------------------------------------------------------------------------------


def analysis(made: Result) -> str:
    rows = []
    for threads, found in made["threads"].items():
        pairs = [(row["bare"], row["whole"]) for row in found["rounds"]]
        wall, cpu = ([bare[n] / whole[n] for bare, whole in pairs] for n in (0, 1))
        speeds = [number(median(made["articles"] / pair[n][0] for pair in pairs)) for n in (0, 1)]
        met = f"at least .5: {_met(median(wall) >= 0.5)}; .8: {_met(median(wall) >= 0.8)}"
        rows.append((threads, *speeds, spread(wall), spread(cpu), met))
    head = ("threads", "bare spaCy, articles/s", "analysis, articles/s", "ratio by the clock", "ratio of CPU", "target")
    return table(head, rows)


def peers(made: Result) -> str:
    rounds = made["rounds"]
    rows = []
    for who in ("spaCy", "accord", "textacy", "newspaper4k"):
        speed = median(made["articles"] / row[who]["wall"] for row in rounds)
        beside = "1" if who == "accord" else spread([row["accord"]["wall"] / row[who]["wall"] for row in rounds])
        gave: dict[str, int] = {}
        for row in rounds:
            for name, count in (row[who]["gave"] or {}).items():
                gave[name] = gave.get(name, 0) + count
        told = ", ".join(f"{count:,} {name}" for name, count in gave.items()) or "tokens, parse, names"
        rows.append((who, number(speed), beside, told))
    parts = [
        f"{made['articles']} articles a round, {len(rounds)} rounds, one thread each, models warm.",
        table(("", "articles a second", "times accord's speed", "what they found in all rounds"), rows),
    ]
    if made["quotes"]:
        found = [
            (who, tally["found"], *_prf(tally["spans"], tally["found"], tally["gold"]), _f1(tally, "speakers"))
            for who, tally in made["quotes"].items()
        ]
        gold = made["quotes"]["accord"]["gold"]
        refused = made["quotes"]["textacy"]["refused"]
        parts += [
            f"Direct quotes of the gold events ({gold} in gold; textacy refused {refused} of the articles, whose "
            "quotation marks do not pair):",
            table(("", "found", "P", "R", "F1", "F1 with the speaker"), found),
        ]
    return "\n\n".join(parts)


def _prf(hits: int, found: int, gold: int) -> tuple[str, str, str]:
    p, r = hits / max(found, 1), hits / max(gold, 1)
    return f"{p:.3f}", f"{r:.3f}", f"{2 * p * r / max(p + r, 1e-9):.3f}"


def _f1(tally: Result, of: str) -> str:
    return _prf(tally[of], tally["found"], tally["gold"])[2]


def grouping(made: Result) -> str:
    rows = []
    for name, rounds in made["sets"].items():
        for who in ("accord", "BERTopic", "MiniLM, HDBSCAN"):
            seconds = [row[who]["wall"] for row in rounds]
            beside = "1" if who == "accord" else spread([row[who]["wall"] / row["accord"]["wall"] for row in rounds])
            score = rounds[0][who]
            scores = (f"{score['P']:.3f}", f"{score['R']:.3f}", f"{score['F1']:.3f}")
            rows.append((f"{name} ({rounds[0]['articles']})", who, number(median(seconds)), beside, *scores))
    return table(("set (articles)", "", "seconds", "times accord's time", "B-cubed P", "R", "F1"), rows)


def alignment(made: Result) -> str:
    events = list(made["events"].values())
    first = [rounds[0] for rounds in events]
    gold = sum(event["gold"] for event in first)
    stories = len(first)
    hits, found = (sum(event["accord"][key] for event in first) for key in ("hits", "found"))
    ours = [sum(rounds[n]["accord"]["wall"] for rounds in events) / stories for n in range(len(events[0]))]
    theirs = [sum(rounds[n]["MiniLM"]["wall"] for rounds in events) / stories for n in range(len(events[0]))]
    best, others = _best(first, gold), _left_out(first)
    rows = [
        ("accord: reconcile, weights of the other events", number(median(ours)), *_prf(hits, found, gold)),
        (
            "MiniLM, cosine of all pairs: threshold from the other events",
            number(median(theirs)),
            *_prf(others[1], others[0], gold),
        ),
        (f"the same with the best threshold of all, {best[0]:.2f}", "", *_prf(best[2], best[1], gold)),
    ]
    sentences = sum(event["sentences"] for event in first)
    before = sum(event["analysis"] for event in first) / stories
    told = (
        f"{stories} events, {sum(event['reports'] for event in first)} reports, {sentences} sentences, {gold} pairs of "
        f"sentences in gold. Reconciling takes {spread([a / b for a, b in zip(ours, theirs, strict=True)])} times as "
        f"long as the cosines, and gives verdicts, names and speakers with it; the analysis that it rests on takes "
        f"{number(before)} seconds a story more."
    )
    return "\n\n".join([told, table(("", "seconds a story", "P", "R", "F1"), rows)])


def _best(events: Sequence[Result], gold: int) -> tuple[float, int, int]:
    """Return the threshold with the best F1 over `events`, with what it finds and hits."""
    sums = [[sum(event["MiniLM"]["counts"][n][k] for event in events) for k in (0, 1)] for n in range(len(THRESHOLDS))]
    at = max(range(len(THRESHOLDS)), key=lambda n: 2 * sums[n][1] / max(sums[n][0] + gold, 1))
    return THRESHOLDS[at], sums[at][0], sums[at][1]


def _left_out(events: Sequence[Result]) -> tuple[int, int]:
    """Return what is found and hit where each event's threshold is the best of the other events."""
    found = hits = 0
    for event in events:
        others = [other for other in events if other is not event] or [event]
        threshold, _, _ = _best(others, sum(other["gold"] for other in others))
        counts = event["MiniLM"]["counts"][THRESHOLDS.index(threshold)]
        found, hits = found + counts[0], hits + counts[1]
    return found, hits


def _met(met: bool) -> str:
    return "met" if met else "MISSED"


TABLES: dict[str, Callable[[Result], str]] = {
    "pipeline": pipeline,
    "cost": cost,
    "analysis": analysis,
    "peers": peers,
    "grouping": grouping,
    "alignment": alignment,
    "growth": growth,
}
"""A table for each part; `cost` is made of what `pipeline` measured."""
