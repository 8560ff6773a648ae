from __future__ import annotations

import pytest

from accord.web.guard.places import address_of, check_host, own_names
from accord.web.problems import Problem
from accord.web.settings import Access, Settings, is_loopback
from web.rooms import client


@pytest.mark.parametrize(
    "name", ["localhost", "LOCALHOST:9", "127.0.0.1:8000", "127.8.9.1", "[::1]:8000", "localhost."]
)
def test_loopback_is_answered_under_any_port(name: str) -> None:
    check_host([name], frozenset())


@pytest.mark.parametrize("name", ["room.example", "Room.Example:443", "room.example."])
def test_names_of_the_configuration_are_answered(name: str) -> None:
    check_host([name], frozenset({"room.example"}))


@pytest.mark.parametrize("name", ["elsewhere.example", "localhost.elsewhere.example", "10.0.0.5", "0.0.0.0", "[::2]"])
def test_other_names_are_misdirected(name: str) -> None:
    with pytest.raises(Problem, match="does not answer to the name") as caught:
        check_host([name], frozenset({"room.example"}))
    assert caught.value.status == 421


@pytest.mark.parametrize(
    "given", [[], [""], ["localhost", "localhost"], ["localhost:99999"], ["a b"], ["user@localhost"], ["localhost/x"]]
)
def test_what_names_no_host_is_a_bad_request(given: list[str]) -> None:
    with pytest.raises(Problem) as caught:
        check_host(given, frozenset())
    assert caught.value.status == 400


def test_a_room_knows_its_own_address() -> None:
    assert set(own_names(Settings(host="10.1.2.3", access=Access(hosts=("Room.example.",))))) == {
        "10.1.2.3",
        "room.example",
    }
    assert set(own_names(Settings(host="0.0.0.0"))) == set()


def test_a_page_of_another_site_that_points_its_name_here_reads_nothing() -> None:
    with client() as room:
        answer = room.get("/", headers={"Host": "elsewhere.example"})
        assert answer.status_code == 421
        assert 'hosts = ["elsewhere.example"]' in answer.text.replace("&#34;", '"')
        assert room.get("/", headers={"Host": "localhost:1234"}).status_code == 200


def test_what_is_loopback() -> None:
    assert is_loopback("::1")
    assert is_loopback("127.3.2.1")
    assert not is_loopback("0.0.0.0")
    assert not is_loopback("localhost.example")


@pytest.mark.parametrize(
    ("client", "told"),
    [
        ("10.0.0.5", "10.0.0.5"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:10.0.0.5", "10.0.0.5"),
        ("words", "words"),
    ],
)
def test_clients_are_told_apart_by_what_they_cannot_change_at_will(client: str, told: str) -> None:
    assert address_of({"client": (client, 1)}) == told
    assert address_of({}) == ""
