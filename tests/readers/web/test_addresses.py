from __future__ import annotations

import ipaddress
import socket
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.readers.web import connections
from accord.readers.web.addresses import literal, refusal
from readers.web.fetching import FastClock, fetched, page_of, reason_of
from readers.web.site import Site, moved, page

REFUSED = {
    "127.0.0.1": "loopback",
    "127.255.1.9": "loopback",
    "10.1.2.3": "private",
    "172.16.0.1": "private",
    "172.31.255.255": "private",
    "192.168.9.9": "private",
    "100.64.0.1": "provider",
    "100.100.100.200": "provider",
    "169.254.1.1": "link-local",
    "169.254.169.254": "metadata",
    "168.63.129.16": "metadata",
    "192.0.0.192": "reserved",
    "0.0.0.0": "unspecified",
    "0.1.2.3": "unspecified",
    "192.0.2.7": "examples",
    "198.18.0.1": "measurements",
    "224.0.0.1": "multicast",
    "255.255.255.255": "reserved",
    "::": "unspecified",
    "::1": "loopback",
    "::127.0.0.1": "reserved",
    "::ffff:127.0.0.1": "loopback",
    "::ffff:169.254.169.254": "metadata",
    "::ffff:0:127.0.0.1": "reserved",
    "64:ff9b::10.0.0.1": "private",
    "64:ff9b:1::1": "reserved",
    "2002:7f00:1::": "loopback",
    "2002:c0a8:101::1": "private",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2": "Teredo",
    "fc00::1": "private",
    "fd12:3456::1": "private",
    "fd00:ec2::254": "metadata",
    "fe80::1": "link-local",
    "fe80::1%eth0": "link-local",
    "fec0::1": "site-local",
    "ff02::1": "multicast",
    "2001:db8::1": "examples",
    "3fff::1": "examples",
    "4000::1": "reserved",
    "100::1": "reserved",
    "no address": "no network address",
}
PUBLIC = (
    "8.8.8.8",
    "172.32.0.1",
    "100.128.0.1",
    "2606:4700::1111",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
    "2002:808:808::",
)


@pytest.mark.parametrize(("address", "word"), REFUSED.items())
def test_addresses_that_are_not_public_are_refused_with_their_kind(address: str, word: str) -> None:
    assert word in (refusal(address) or "")


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_admitted(address: str) -> None:
    assert refusal(address) is None


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "::1", "fd12::1", "::ffff:127.0.0.1"])
def test_the_flag_admits_loopback_and_private_addresses(address: str) -> None:
    assert refusal(address, private=True) is None


@pytest.mark.parametrize(
    "address", ["169.254.169.254", "169.254.0.1", "fd00:ec2::254", "fe80::1", "0.0.0.0", "224.0.0.1"]
)
def test_the_flag_admits_no_metadata_link_local_or_multicast_address(address: str) -> None:
    assert refusal(address, private=True) is not None


@given(st.ip_addresses(v=4))
def test_what_python_calls_private_is_refused_in_all_its_ipv6_dresses(address: ipaddress.IPv4Address) -> None:
    if not address.is_global and address not in ipaddress.ip_network("192.0.0.0/24"):
        number = int(address)
        dresses = (0xFFFF << 32 | number, 0x64FF9B << 96 | number, 0x2002 << 112 | number << 80)
        assert all(refusal(str(dress)) for dress in (address, *map(ipaddress.IPv6Address, dresses)))


@given(st.ip_addresses(v=6))
def test_no_ipv6_address_outside_the_public_block_is_admitted(address: ipaddress.IPv6Address) -> None:
    if refusal(str(address)) is None:
        embedding = ("::ffff:0:0/96", "64:ff9b::/96")
        assert any(address in ipaddress.ip_network(block) for block in ("2000::/3", *embedding))


def test_a_literal_address_is_told_from_a_name() -> None:
    assert literal("[::1]") == "::1"
    assert literal("10.0.0.1") == "10.0.0.1"
    assert literal("2130706433") is None
    assert literal("news.example") is None


# over sockets: 127.0.0.1 plays the public internet, 127.0.0.2 what lies inside ----------------------------------------


@pytest.fixture
def inside(monkeypatch: pytest.MonkeyPatch) -> None:
    def judged(address: str, private: bool = False) -> str | None:
        return None if address == "127.0.0.1" else refusal(address, private)

    monkeypatch.setattr(connections, "refusal", judged)


class Names:
    """Answers the lookups of names, each with the next of its lists of addresses."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, **names: list[list[str]]) -> None:
        self.names = {name.replace("_", "."): answers for name, answers in names.items()}
        self.asked: list[str] = []
        self.real = socket.getaddrinfo
        monkeypatch.setattr(socket, "getaddrinfo", self.look_up)

    def look_up(self, host: str, port: int, **kinds: Any) -> list[Any]:
        self.asked.append(host)
        answers = self.names.get(host)
        if answers is None:
            return self.real(host, port, **kinds)
        addresses = answers.pop(0) if len(answers) > 1 else answers[0]
        return [found for address in addresses for found in self.real(address, port, **kinds)]


def test_a_name_that_leads_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    Names(monkeypatch, news_example=[["127.0.0.1"]])
    with Site({"/a": page("secret")}) as site:
        reason = reason_of(fetched(site.url("/a", host="news.example"), private=False)[0])
        assert reason.startswith("news.example leads to 127.0.0.1, a loopback address")
        assert site.asked == []


def test_one_address_inside_among_public_ones_is_refused(inside: None, monkeypatch: pytest.MonkeyPatch) -> None:
    Names(monkeypatch, news_example=[["127.0.0.1", "127.0.0.2"]])
    with Site({"/a": page("public")}) as site:
        assert "127.0.0.2" in reason_of(fetched(site.url("/a", host="news.example"), private=False)[0])
        assert site.asked == []


def test_a_name_that_turns_inside_after_the_first_lookup_is_refused(
    inside: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = Names(monkeypatch, news_example=[["127.0.0.1"], ["127.0.0.2"]])
    with Site({"/a": page("public")}) as site, Site({"/a": page("secret")}, address="127.0.0.2") as secret:
        for each in (site, secret):
            each.routes["/robots.txt"] = lambda asked: (
                asked.send(b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n") and None
            )
        answer = fetched(site.url("/a", host="news.example"), private=False)[0]
        assert "news.example leads to 127.0.0.2" in reason_of(answer)
        assert names.asked == ["news.example", "news.example"]
        assert secret.asked == []


def test_the_connection_goes_to_the_address_that_was_checked(inside: None, monkeypatch: pytest.MonkeyPatch) -> None:
    names = Names(monkeypatch, news_example=[["127.0.0.1"], ["127.0.0.2"]])
    with Site({"/a": page("public")}) as site:
        assert page_of(fetched(site.url("/a", host="news.example"), private=False)[0]).content == b"public"
        assert names.asked == ["news.example"]
        assert site.asked[0].headers["Host"] == f"news.example:{site.port}"


def test_a_redirect_inside_is_refused(inside: None, monkeypatch: pytest.MonkeyPatch) -> None:
    Names(monkeypatch, news_example=[["127.0.0.1"]], inside_example=[["127.0.0.2"]])
    with Site({"/x": page("secret")}, address="127.0.0.2") as secret:
        targets = [secret.url("/x"), secret.url("/x", host="inside.example")]
        with Site({"/a": moved(targets[0]), "/b": moved(targets[1])}) as site:
            urls = [site.url(path, host="news.example") for path in ("/a", "/b")]
            reasons = [reason_of(answer) for answer in fetched(*urls, private=False)]
        assert all("127.0.0.2" in reason and "loopback" in reason for reason in reasons)
        assert secret.asked == []


def test_a_robots_txt_that_redirects_inside_is_refused(inside: None, monkeypatch: pytest.MonkeyPatch) -> None:
    Names(monkeypatch, news_example=[["127.0.0.1"]], inside_example=[["127.0.0.2"]])
    with Site({"/robots.txt": page("")}, address="127.0.0.2") as secret:
        target = secret.url("/robots.txt", host="inside.example")
        with Site({"/robots.txt": moved(target), "/a": page("text")}) as site:
            assert "127.0.0.2" in reason_of(fetched(site.url("/a", host="news.example"), private=False)[0])
            assert site.pages() == []
        assert secret.asked == []


SPELLINGS = (
    *("2130706433", "0x7f.1", "0177.0.0.1", "127.1", "0x7f000001", "localhost", "LOCALHOST.", "127.0.0.1.", "[::1]"),
    *("[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "127.0.0.1", "0", "１２７.０.０.１", "127。0。0。1"),
)


@pytest.mark.parametrize("host", SPELLINGS)
def test_this_machine_is_refused_however_it_is_spelled(host: str) -> None:
    with Site({"/a": page("secret")}) as site:
        reason = reason_of(fetched(site.url("/a", host=host), private=False)[0])
        assert "loopback" in reason or "unspecified" in reason or "not valid" in reason
        assert site.asked == []


def test_a_redirect_to_a_metadata_address_is_refused_even_where_private_ones_are_admitted() -> None:
    with Site({"/a": moved("http://169.254.169.254/latest/meta-data/")}) as site:
        reason = reason_of(fetched(site.url("/a"))[0])
        assert "169.254.169.254 is a cloud's metadata address" in reason


def test_a_name_that_the_network_does_not_know_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(host: str, port: int, **kinds: Any) -> list[Any]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    clock = FastClock()
    reason = reason_of(fetched("http://nowhere.example/", retries=3, clock=clock)[0])
    assert reason.startswith("nowhere.example is not known to the network")
    assert clock.waits == []


def test_a_lookup_that_hangs_ends_with_the_timeout(monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    gate = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: gate.wait(10) and [])
    assert "could not be looked up" in reason_of(fetched("http://slow.example/", timeout=0.1)[0])
    gate.set()


def test_the_next_address_is_tried_where_one_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    with Site({"/a": page("text")}) as site:
        Names(monkeypatch, news_example=[["127.0.0.9", "127.0.0.1"]])
        assert page_of(fetched(site.url("/a", host="news.example"))[0]).content == b"text"


def test_a_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with Site({"/a": page("text")}) as site, Site() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url())
        assert page_of(fetched(site.url("/a"))[0]).content == b"text"
        assert proxy.asked == []


def test_an_international_host_is_asked_for_in_ascii(monkeypatch: pytest.MonkeyPatch) -> None:
    names = Names(monkeypatch, **{"xn--zeitung-bcher-4ob_example": [["127.0.0.1"]]})
    with Site({"/a": page("text")}) as site:
        page_of(fetched(site.url("/a", host="zeitung-bücher.example"))[0])
        assert names.asked == ["xn--zeitung-bcher-4ob.example"]
