from __future__ import annotations

from accord.web.work.jobs import MOST_TOLD, Job
from accord.web.work.orders import Order


def test_words_on_progress_replace_each_other_and_the_rest_is_kept_in_order() -> None:
    job = Job("2 texts", Order("add"))
    job.say("begin", {})
    for done in range(5):
        job.say("stage", {"stage": "read", "done": done, "total": 0})
    job.say("reject", {"what": "a.txt", "stage": "parse", "reason": "it is empty"})
    job.say("stage", {"stage": "brief", "done": 0, "total": 3})
    job.say("end", {"articles": 4, "stopped": False})
    events, over = job.after(0)
    assert [(event.what, event.number) for event in events] == [
        *(("begin", 1), ("stage", 6), ("reject", 7), ("stage", 8), ("end", 9))
    ]
    assert over
    assert (job.state, job.stage, job.total, job.left_out) == ("done", "brief", 3, 1)


def test_a_stream_goes_on_after_any_event() -> None:
    job = Job("2 texts", Order("add"))
    for what in ("a.txt", "b.txt"):
        job.say("reject", {"what": what, "stage": "parse", "reason": "it is empty"})
    events, over = job.after(1)
    assert [event.told["what"] for event in events] == ["b.txt"]
    assert not over
    assert job.after(2) == ([], False)


def test_nothing_is_said_after_the_end() -> None:
    job = Job("2 texts", Order("add"))
    job.say("end", {"stopped": True})
    job.say("failed", {"reason": "too late"})
    assert (job.state, job.reason) == ("stopped", "")


def test_what_is_kept_of_a_job_is_bounded() -> None:
    job = Job("an archive", Order("add"))
    for number in range(MOST_TOLD + 50):
        job.say("reject", {"what": str(number), "stage": "parse", "reason": "it is empty"})
    assert job.left_out == MOST_TOLD + 50
    assert len(job.rejects) == len(job.log) == MOST_TOLD
