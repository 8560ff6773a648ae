from __future__ import annotations

import pytest

from accord.config import Web
from accord.web.work.addresses import MOST, taken
from accord.web.work.pastes import PasteError

INSIDE = [
    "127.0.0.1/",
    "127.1.2.3:8000/admin",
    "[::1]/",
    "[::ffff:127.0.0.1]/",
    "[::ffff:7f00:1]/",
    "[64:ff9b::7f00:1]/",
    "[2002:7f00:1::]/",
    "[fe80::1%25eth0]/",
    "[fc00::1]/",
    "[fd00:ec2::254]/latest/meta-data/",
    "169.254.169.254/latest/meta-data/",
    "168.63.129.16/",
    "169.254.1.1/",
    "10.0.0.1/",
    "172.16.0.1/",
    "192.168.1.1/",
    "100.64.0.1/",
    "0.0.0.0/",
    "[::]/",
    "255.255.255.255/",
    "224.0.0.1/",
]
NOT_OF_THE_WEB = [
    "file:///etc/passwd",
    "/etc/passwd",
    "../../etc/passwd",
    "-",
    "*.txt",
    "ftp://a.example/x",
    "gopher://a.example/x",
    "data:text/plain,x",
    "javascript:alert(1)",
    "feed:file:///etc/passwd",
    "feed://[::1]/x",
    "feed:https://a.example/",
    "http:/a.example",
    "http:///etc/passwd",
    "http:a.example",
    "https://user:secret@a.example/",
    "http://a.example:99999/",
    "http://a.ex\x00ample/",
    "jar:https://a.example!/x",
    "sqlite:///accord.db",
]


@pytest.mark.parametrize("url", [*(f"http://{host}" for host in INSIDE), *NOT_OF_THE_WEB])
def test_an_address_that_leads_inside_or_is_none_of_the_web_is_refused_with_a_reason(url: str) -> None:
    with pytest.raises(PasteError) as caught:
        taken(f"https://fine.example/\n{url}", Web())
    assert caught.value.field == "addresses"
    assert ":" in str(caught.value)


def test_addresses_are_taken_one_a_line_each_once() -> None:
    lines = " https://a.example/x\r\nHTTP://b.example\nhttps://a.example/x\nfeed://c.example/rss\n"
    assert taken(lines, Web()) == ("https://a.example/x", "HTTP://b.example", "http://c.example/rss")


def test_none_and_too_many_are_refused() -> None:
    with pytest.raises(PasteError, match="there is no address here"):
        taken(" \n", Web())
    with pytest.raises(PasteError, match="at most 100"):
        taken("\n".join(f"https://a.example/{n}" for n in range(MOST + 1)), Web())


def test_an_office_may_admit_its_own_network() -> None:
    url = f"http://{'10.0.0.1'}/wire"
    assert taken(url, Web(private=True)) == (url,)


ODD = [
    "localhost/",
    "LOCALHOST.:8000/x",
    "wire.localhost/",
    "127.1/",
    "2130706433/",
    "0x7f.1/",
    "0177.0.0.1/",
    "10.1/",
    "0/",
]


@pytest.mark.parametrize("host", ODD)
def test_odd_names_of_what_lies_inside_are_refused_at_once(host: str) -> None:
    with pytest.raises(PasteError, match=r"only public addresses are read|the URL is not valid"):
        taken(f"http://{host}", Web())


def test_names_that_only_look_like_these_are_taken() -> None:
    hosts = ("127.paper.example", "localhost.example", "134744072", "0x.example")
    lines = "\n".join(f"https://{host}/" for host in hosts)
    assert taken(lines, Web()) == tuple(lines.split())
    own = f"http://{'localhost'}/wire"
    assert taken(own, Web(private=True)) == (own,)
