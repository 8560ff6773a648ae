"""One report on how fast accord is: each executor, beside spaCy, beside its peers, and as the articles grow more.

    python benchmarks/bench.py [--only pipeline,peers ...] [--hour | --short] [--fresh] [--write]

Parts: pipeline (serial, two processes, Ray on two), analysis (beside a bare spaCy pass), peers (textacy, newspaper4k),
grouping (BERTopic, HDBSCAN), alignment (cosines of MiniLM), growth (1,000 to 25,000 articles). Everything that is
compared runs in turns within one round, each in processes of its own; what is given is the median of the rounds, and of
the ratios within them. Texts are those of ../shared/data/stories, for pipeline and growth retold (see volume.py).

What is finished is kept in build/bench and not measured again: a run that broke off goes on; `--fresh` forgets it.
`--hour` is for a machine that is not ours for a day; `--short` tries everything on next to nothing. The report is
build/bench.md; `--write` puts its tables into docs/benchmarks.md and docs/scale.md, with what killing.py gave last.
Peers are installed by `make .venv/ready-bench`.
"""

from __future__ import annotations

import argparse
import json
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench_parts import BUILD, FULL, HOUR, PARTS, ROOT, SHARED, SHORT, Kept, analysis_rounds, code
from bench_tables import TABLES

DOCS = (ROOT / "docs" / "benchmarks.md", ROOT / "docs" / "scale.md")


def machine() -> str:
    """Return what everything was measured on, and of what."""
    from analyze import describe_machine

    memory = "unknown"
    if (info := Path("/proc/meminfo")).exists():
        memory = f"{int(info.read_text().split()[1]) / 1e6:.0f} GB"
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"], capture_output=True, text=True, cwd=ROOT, check=False
    ).stdout.strip()
    system = f"{platform.system()} {platform.release().partition('-')[0]}, Python {platform.python_version()}"
    return f"{describe_machine()}, {memory} of memory; {system}; commit {commit or 'unknown'}"


def report(results: dict[str, Any], short: bool) -> dict[str, str]:
    """Return the tables in Markdown by name, the machine first."""
    parts = {"machine": machine() + ("; SHORT FORM: the figures say nothing" if short else "")}
    for name, show in TABLES.items():
        made = results.get("pipeline" if name == "cost" else name)
        if made:
            parts[name] = show(made)
    if (kills := BUILD / "killing" / "kills.md").exists():  # written by killing.py
        parts["kills"] = kills.read_text("utf-8").strip()
    return parts


def write(parts: dict[str, str]) -> None:
    """Put the tables between their marks in the documentation."""
    for path in filter(Path.exists, DOCS):
        text = path.read_text("utf-8")
        for name, part in parts.items():
            pattern = re.compile(rf"(<!-- bench: {name} -->\n).*?(<!-- end -->)", re.S)
            text = pattern.sub(lambda match, part=part: f"{match[1]}{part}\n{match[2]}", text)
        path.write_text(text, encoding="utf-8")


def main() -> None:
    """Measure what is not kept, and write the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", help=f"parts, with commas: {', '.join(PARTS)}")
    parser.add_argument("--short", action="store_true", help="try everything on next to nothing")
    parser.add_argument("--hour", action="store_true", help="what two cores do in an hour: fewer articles and rounds")
    parser.add_argument("--fresh", action="store_true", help="forget what an earlier run has finished of these parts")
    parser.add_argument("--write", action="store_true", help="put the tables into the documentation")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--rounds", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--articles", type=int, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        print(json.dumps(analysis_rounds(args.one, args.rounds, args.articles)))
        return
    if not (SHARED / "data" / "stories").is_dir():
        sys.exit("benchmarks/bench.py: there is no ../shared/data/stories; nothing is measured")
    names = args.only.split(",") if args.only else list(PARTS)
    if unknown := set(names) - set(PARTS):
        parser.error(f"no part is named {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    sizes = SHORT if args.short else HOUR if args.hour else FULL
    results = {}
    for name in PARTS:
        folder = BUILD / sizes.name / name
        if args.fresh and name in names:
            shutil.rmtree(folder, ignore_errors=True)
        if name in names:
            print(f"{name} ...", file=sys.stderr, flush=True)
            results[name] = PARTS[name](sizes, Kept(folder))
            (folder / "whole.txt").write_text(json.dumps(results[name]), encoding="utf-8")
        elif (folder / "whole.txt").exists():
            results[name] = json.loads((folder / "whole.txt").read_text("utf-8"))
    warn_of_other_code(BUILD / sizes.name)
    parts = report(results, args.short)
    text = "\n\n".join(f"## {name}\n\n{part}" for name, part in parts.items())
    out = ROOT / "build" / ("bench-short.md" if args.short else "bench.md")
    out.write_text(f"{text}\n", encoding="utf-8")
    print(text)
    if args.write and not args.short:
        write(parts)


def warn_of_other_code(folder: Path) -> None:
    """Say how much of what is kept was measured on other code than today's."""
    kept = [json.loads(path.read_text("utf-8"))["code"] for path in folder.glob("*/*.json")]
    if others := sum(made_by != code() for made_by in kept):
        print(f"{others} of {len(kept)} measurements are of other code than today's; see --fresh", file=sys.stderr)


if __name__ == "__main__":
    main()
