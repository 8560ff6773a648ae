from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from accord.web.access import Viewer, mark_of
from accord.web.guard.rates import Buckets, key_of
from accord.web.settings import Access, Limits, Settings, Token
from web.rooms import client


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_minutes_requests_may_come_at_once_and_then_evenly() -> None:
    clock = Clock()
    buckets = Buckets(60, clock=clock)
    assert [buckets.take("a") for _ in range(60)] == [0.0] * 60
    assert buckets.take("a") == 1.0
    assert buckets.take("b") == 0.0
    clock.now += 1
    assert buckets.take("a") == 0.0
    assert buckets.take("a") == 1.0
    clock.now += 3600
    assert [buckets.take("a") for _ in range(61)] == [0.0] * 60 + [1.0]


@given(st.lists(st.tuples(st.floats(0, 30), st.integers(0, 40)), max_size=60), st.integers(1, 50))
def test_nobody_gets_more_than_the_rate_and_what_was_saved(asked: list[tuple[float, int]], rate: int) -> None:
    clock = Clock()
    buckets = Buckets(rate, clock=clock)
    start, given = clock.now, 0
    for pause, count in asked:
        clock.now += pause
        given += sum(buckets.take("a") == 0 for _ in range(count))
        assert given <= rate + (clock.now - start) * rate / 60 + 1e-6


def test_clients_without_number_take_no_memory_without_bound() -> None:
    buckets = Buckets(2, most=100)
    for number in range(1_000):
        buckets.take(f"client {number}")
    assert len(buckets) == 100


def test_a_client_who_asks_often_is_not_forgotten_for_others() -> None:
    clock = Clock()
    buckets = Buckets(2, most=100, clock=clock)
    for number in range(1_000):
        buckets.take("often")
        buckets.take(f"client {number}")
    assert buckets.take("often") > 0


def test_people_are_told_apart_by_name_and_others_by_address() -> None:
    scope = {"client": ("10.0.0.5", 1), "state": {"viewer": Viewer("Ada", known=True, by="session")}}
    assert key_of(scope) == "session Ada"
    assert key_of({**scope, "state": {"viewer": Viewer()}}) == "10.0.0.5"


def test_too_many_requests_are_told_when_to_come_again() -> None:
    with client(Settings(store="memory:", limits=Limits(reads=3, writes=2))) as room:
        answers = [room.get("/session") for _ in range(4)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert int(answers[-1].headers["retry-after"]) == 20
        assert "try again in 20 s" in answers[-1].text
        assert [room.post("/seen").status_code for _ in range(3)] == [403, 403, 429]
        assert room.get("/api/v1/stories").headers["content-type"] == "application/problem+json"


def test_one_persons_haste_is_not_anothers() -> None:
    tokens = tuple(Token(name, "reader", mark_of(name)) for name in ("Ada", "Lim"))
    settings = Settings(store="memory:", limits=Limits(reads=2), access=Access(tokens=tokens, secret="s" * 32))
    with client(settings) as room:
        asked = [
            (name, room.get("/health", headers={"Authorization": f"Bearer {name}"})) for name in ("Ada",) * 3 + ("Lim",)
        ]
        assert [answer.status_code for _, answer in asked] == [200, 200, 429, 200]


def test_guessing_tokens_is_slow() -> None:
    tokens = (Token("Ada", "reader", mark_of("a")),)
    settings = Settings(store="memory:", limits=Limits(writes=1), access=Access(tokens=tokens, secret="s" * 32))
    with client(settings) as room:
        told = [
            room.post("/api/v1/corrections", headers={"Authorization": f"Bearer {number}"}).status_code
            for number in range(12)
        ]
        assert told == [401] * 10 + [429] * 2


def test_behind_a_proxy_clients_are_told_apart_by_what_it_says_of_them() -> None:
    def answers(proxies: tuple[str, ...]) -> list[int]:
        settings = Settings(store="memory:", limits=Limits(reads=1), access=Access(proxies=proxies, secret="s" * 32))
        with client(settings) as room:
            return [
                room.get("/health", headers={"X-Forwarded-For": f"192.0.2.9, {address}"}).status_code
                for address in ("198.51.100.1", "198.51.100.2", "198.51.100.1")
            ]

    assert answers(("testclient",)) == [200, 200, 429]
    assert answers(()) == [200, 429, 429]
