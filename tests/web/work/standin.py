"""A worker's process whose analysis is a stand-in, which does what words in a text tell it to.

DIE: it is killed; FREEZE: it stops without a word; WAIT: it goes on, and never comes to an end; SLOW: it takes a while.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from accord.config import Config
from accord.records import Analysis, Article
from accord.web.work.bench import Jobs, Pace
from accord.web.work.jobs import Job

COMMAND = (sys.executable, "-P", str(Path(__file__)))
QUICK = Pace(command=COMMAND, grace=1.0)


def light(article: Article, config: Config | None = None) -> Analysis:
    """Return the analysis of an article in which nothing is found."""
    if "DIE" in article.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "FREEZE" in article.text:
        os.kill(os.getpid(), signal.SIGSTOP)
    while "WAIT" in article.text:
        time.sleep(0.05)
    if "SLOW" in article.text:
        time.sleep(0.1)
    return Analysis(article.id)


def ended(jobs: Jobs, job: Job, seconds: float = 60.0) -> Job:
    """Return `job` once it is over and its folder is gone."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if job.over and jobs.job(job.id) is job and (not job.order.folder or not os.path.exists(job.order.folder)):
            return job
        time.sleep(0.02)
    raise AssertionError(f"{job.title} is {job.state} after {seconds} seconds: {job.log}")


def gone(pid: int, seconds: float = 15.0) -> bool:
    """Tell whether a process is at its end within `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


if __name__ == "__main__":
    import accord.analyze
    from accord.web.work.worker import main

    accord.analyze.analyze = light
    main()
