"""Jobs in a worker's process whose analysis is a stand-in: what comes of them, however they end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from accord.config import Config, Web
from accord.records import Analysis, Article
from accord.stores import open_store
from accord.upkeep.followed import Followed, follow, followed
from accord.web.desk import Desk
from accord.web.problems import Problem
from accord.web.settings import Settings
from accord.web.work.bench import Jobs, Pace
from accord.web.work.jobs import Job
from accord.web.work.orders import Order
from accord.web.work.pastes import Text, write
from readers.web.site import Reply, Site, page
from web.work.standin import QUICK, ended, gone

DAM = "The dam at Osk burst on Monday. Two people died in the flood. The mayor of Osk spoke of a dark day."
BREAD = "A baker in Bergel sells bread of acorns to visitors, who queue for it from dawn until it is gone."
Make = Callable[..., Jobs]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    config = Config(web=Web(private=True, delay=0.0, retries=0, timeout=5.0))
    made = Desk(Settings(store=str(tmp_path / "room.db"), config=config))
    yield made
    made.close()


@pytest.fixture
def make(desk: Desk) -> Iterator[Make]:
    made: list[Jobs] = []

    def jobs(pace: Pace = QUICK, **named: bool) -> Jobs:
        made.append(Jobs(desk.settings, desk.store, pace=pace, **named))
        return made[-1]

    yield jobs
    for one in made:
        one.close()


def paste(jobs: Jobs, *texts: str) -> Job:
    folder = jobs.folder()
    write(folder, [Text(text, outlet=f"Outlet {number}", published="2031-05-04") for number, text in enumerate(texts)])
    return jobs.submit(f"{len(texts)} texts", Order("add", str(folder), by="Ada"), "Ada")


def until(happened: Callable[[], bool], seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.02)


def pid_of(jobs: Jobs) -> int:
    assert jobs._child is not None
    return jobs._child.pid


def test_a_job_tells_its_way_in_order_and_its_texts_are_in_the_store(make: Make, desk: Desk) -> None:
    jobs = make()
    job = ended(jobs, paste(jobs, DAM, BREAD, " ", "x" * 10))
    assert job.state == "done", job.reason
    whats = [event.what for event in job.log]
    assert whats[0] == "begin"
    assert whats[-1] == "end"
    assert [event.number for event in job.log] == sorted({event.number for event in job.log})
    stages = [event.told["stage"] for event in job.log if event.what == "stage"]
    assert stages[-1] == "brief"
    assert job.result["articles"] == len(job.result["stories"]) == 3
    assert job.rejects == [
        {"what": "pasted text 3.json", "stage": "parse", "reason": "its text is empty; save the report's text in it"}
    ]
    with desk.store() as store:
        assert {held.article.text for held in store.each()} == {DAM, BREAD, "x" * 10}
        assert all("accord-room" not in held.what for held in store.each())
    assert list(jobs.folders.root.glob("job-*")) == []


def test_a_worker_that_is_killed_says_so_the_store_is_whole_and_the_next_job_runs(make: Make, desk: Desk) -> None:
    jobs = make()
    died = ended(jobs, paste(jobs, DAM, "DIE " + BREAD))
    assert died.state == "failed"
    assert "was killed (signal 9)" in died.reason
    with desk.store() as store:
        assert list(store.check()) == []
    after = ended(jobs, paste(jobs, DAM))
    assert (after.state, after.result["articles"]) == ("done", 1)


def test_a_worker_that_freezes_is_ended(make: Make) -> None:
    jobs = make(replace(QUICK, dead=3.0))
    job = ended(jobs, paste(jobs, "FREEZE " + DAM))
    assert job.state == "failed"
    assert "did not answer for" in job.reason


def test_a_job_can_be_stopped_while_it_waits_and_while_it_runs(make: Make, desk: Desk) -> None:
    jobs = make()
    first, second = paste(jobs, "WAIT " + DAM), paste(jobs, BREAD)
    assert jobs.before(second) in (0, 1)
    jobs.stop(second)
    assert second.state == "stopped"
    assert not os.path.exists(str(second.order.folder))
    until(lambda: first.stage == "start")
    assert jobs.latest() == [second, first]
    jobs.stop(first)
    assert ended(jobs, first).state == "stopped"
    with desk.store() as store:
        assert store.counts().articles == 0


def test_a_job_is_stopped_between_two_articles_by_the_same_worker(make: Make) -> None:
    jobs = make(replace(QUICK, grace=20.0))
    job = paste(jobs, *(f"SLOW {number} {DAM}" for number in range(60)))
    until(lambda: job.done > 0)
    worker = pid_of(jobs)
    jobs.stop(job)
    assert ended(jobs, job).state == "stopped"
    assert ended(jobs, paste(jobs, BREAD)).state == "done"
    assert pid_of(jobs) == worker


def test_the_queue_is_bounded_and_what_is_turned_away_leaves_nothing(make: Make) -> None:
    jobs = make(replace(QUICK, waiting=2))
    running = paste(jobs, "WAIT " + DAM)
    until(lambda: running.state == "running")
    paste(jobs, BREAD), paste(jobs, BREAD)
    with pytest.raises(Problem, match="2 jobs are waiting already") as caught:
        paste(jobs, BREAD)
    assert caught.value.status == 503
    assert len(list(jobs.folders.root.glob("job-*"))) == 3


def test_a_worker_without_work_is_sent_home(make: Make) -> None:
    jobs = make(replace(QUICK, idle=0.5))
    ended(jobs, paste(jobs, BREAD))
    assert gone(pid_of(jobs)) or jobs._child is None


def test_the_room_closes_though_a_job_runs_and_leaves_nothing_behind(make: Make) -> None:
    jobs = make()
    running, waiting = paste(jobs, "WAIT " + DAM), paste(jobs, BREAD)
    until(lambda: running.stage == "start")
    worker, root = pid_of(jobs), jobs.folders.root
    jobs.close()
    assert gone(worker)
    assert not root.exists()
    assert (running.state, waiting.state) == ("stopped", "stopped")


def test_a_worker_ends_with_a_room_that_is_killed_and_removes_its_folders(tmp_path: Path) -> None:
    code = """
        import sys, time
        from accord.web.desk import Desk
        from accord.web.settings import Settings
        from accord.web.work.bench import Jobs
        from web.work.standin import QUICK
        from web.work.test_bench import DAM, paste, pid_of
        desk = Desk(Settings(store=sys.argv[1]))
        jobs = Jobs(desk.settings, desk.store, pace=QUICK)
        job = paste(jobs, "WAIT " + DAM)
        while job.stage != "start":
            time.sleep(0.02)
        print(pid_of(jobs), jobs.folders.root, flush=True)
        time.sleep(60)
    """
    paths = {"PYTHONPATH": str(Path(__file__).parents[2]), "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-c", textwrap.dedent(code), str(tmp_path / "room.db")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, **paths}) as room:
        assert room.stdout is not None
        pid, root = room.stdout.readline().split()
        os.kill(room.pid, signal.SIGKILL)
    assert gone(int(pid))
    assert not Path(root).exists()
    with closing(open_store(str(tmp_path / "room.db"), make=False)) as store:
        assert list(store.check()) == []


# feeds ----------------------------------------------------------------------------------------------------------------


def feed(site: Site, *names: str) -> Reply:
    items = "".join(f"<item><title>{name}</title><link>{site.url('/' + name)}</link></item>" for name in names)
    content = f'<rss version="2.0"><channel><title>The Osk Mail</title>{items}</channel></rss>'
    return Reply(content.encode(), 200, {"Content-Type": "application/rss+xml"})


def article(text: str) -> Reply:
    return page(f"<html><body><article><h1>{text[:20]}</h1><p>{text}</p><p>{text[::-1]}</p></article></body></html>")


def test_a_list_of_feeds_is_followed_and_its_feeds_are_read(make: Make, desk: Desk) -> None:
    jobs = make()
    with Site({"/dam": article(DAM)}) as site:
        site.routes["/feed"] = feed(site, "dam")
        folder = jobs.folder()
        (folder / "0001").mkdir()
        outlines = f'<outline text="The Osk Mail" xmlUrl="{site.url("/feed")}"/><outline text="empty"/>'
        opml = f'<opml version="2.0"><head/><body>{outlines}</body></opml>'
        (folder / "0001" / "desk.opml").write_text(opml, encoding="utf-8")
        job = ended(jobs, jobs.submit("desk.opml", Order("add", str(folder), by="Ada"), "Ada"))
    assert job.state == "done", job.reason
    assert job.followed == 1
    assert [row["what"] for row in job.rejects] == ["desk.opml, outline 2"]
    with desk.store() as store:
        assert [(one.url, one.listed, one.by) for one in followed(store)] == [(site.url("/feed"), True, "Ada")]
        assert store.counts().articles == 1
        assert [state.failures for state in store.feeds()] == [0]


def test_a_feed_that_is_followed_anew_is_read_and_others_wait_for_their_time(make: Make, desk: Desk) -> None:
    jobs = make()
    with Site({"/dam": article(DAM), "/bread": article(BREAD)}) as site:
        site.routes |= {"/old": feed(site, "bread"), "/new": feed(site, "dam")}
        with desk.store() as store:
            follow(store, [Followed(site.url("/old")), Followed(site.url("/new"))])
        job = ended(jobs, jobs.submit("a feed", Order("feeds", addresses=(site.url("/new"),))))
        assert (job.state, site.pages()) == ("done", ["/new", "/dam"])
        job = ended(jobs, jobs.submit("all", Order("feeds")))
        assert job.state == "done"
        assert site.pages()[2:] == ["/old", "/new", "/bread"] or site.pages()[2:] == ["/new", "/old", "/bread"]
    with desk.store() as store:
        assert store.counts().articles == 2


def test_followed_feeds_are_read_by_the_room_when_they_are_due_and_other_work_comes_first(
    make: Make, desk: Desk
) -> None:
    with Site({"/dam": article("SLOW " + DAM)}) as site:
        site.routes["/feed"] = feed(site, "dam")
        with desk.store() as store:
            follow(store, [Followed(site.url("/feed"))])
        jobs = make(watch=True)
        jobs.open_watch()
        job = ended(jobs, paste(jobs, BREAD))
        assert job.state == "done"
        until(lambda: "/dam" in site.paths())
        until(lambda: jobs.watched is not None and jobs._running is None)
    assert jobs.watched is not None
    assert jobs.watched[1] == ""
    assert jobs.latest() == [job]
    with desk.store() as store:
        assert store.counts().articles == 2


# a store in memory ----------------------------------------------------------------------------------------------------


def test_a_store_in_memory_is_worked_on_by_a_thread_while_pages_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []

    def light(article: Article, config: Config | None = None) -> Analysis:
        with desk.store() as store:  # as a page does meanwhile
            looked.append(store.counts().articles)
        return Analysis(article.id)

    monkeypatch.setattr("accord.analyze.analyze", light)
    desk = Desk(Settings(store="memory:"))
    try:
        job = ended(desk.jobs, paste(desk.jobs, DAM, BREAD))
        assert job.state == "done", job.reason
        assert looked == [0, 0]
        with desk.store() as store:
            assert store.counts().articles == 2
    finally:
        desk.close()


def test_one_job_that_brings_stories_up_to_date_is_enough(make: Make) -> None:
    jobs = make()
    paste(jobs, "WAIT " + DAM)
    first = jobs.refresh("Ada")
    assert jobs.refresh("Ben") == first
