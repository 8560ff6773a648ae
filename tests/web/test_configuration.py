from __future__ import annotations

from pathlib import Path

import pytest

from accord.errors import ReadError
from accord.web.access import mark_of
from accord.web.configuration import SECRET, read_settings
from accord.web.settings import Access, Limits, Settings, Token

MARK = mark_of("accord_token")
WHOLE = f"""\
[serve]
host = "0.0.0.0"
port = 9000
store = "postgresql://desk@db.example/accord"
watch = true

[access]
header = "X-Forwarded-User"
proxies = ["127.0.0.1", "10.0.0.0/8", "::1"]
editors = ["edda@desk.example"]
hosts = ["room.example"]
tokens = [
  {{name = "Ada", role = "editor", sha256 = "{MARK.upper()}"}},
]

[limits]
reads = 5000
slow = 5
"""


def read(tmp_path: Path, text: str, **environment: str) -> Settings:
    file = tmp_path / "room.toml"
    file.write_text(text, encoding="utf-8")
    return read_settings(str(file), environment)


def test_a_file_says_all_of_it(tmp_path: Path) -> None:
    access = Access(
        tokens=(Token("Ada", "editor", MARK),),
        header="X-Forwarded-User",
        proxies=("127.0.0.1", "10.0.0.0/8", "::1"),
        editors=("edda@desk.example",),
        hosts=("room.example",),
        secret="x" * 32,
    )
    store = "postgresql://desk@db.example/accord"
    limits = Limits(reads=5_000, slow=5)
    expected = Settings(store=store, host="0.0.0.0", port=9_000, access=access, limits=limits, watch=True)
    assert read(tmp_path, WHOLE, **{SECRET: "x" * 32}) == expected


def test_nothing_has_to_be_said(tmp_path: Path) -> None:
    assert read(tmp_path, "") == read_settings(None, {}) == Settings()


TOKEN = f'name = "Ada", role = "reader", sha256 = "{MARK}"'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[server]\n", "server: there is no such key; those here are serve, access, limits"),
        ("serve = 1\n", "serve: it is no table"),
        ("[serve]\nport = '80'\n", "serve.port: '80' is no number from 0 to 65,535"),
        ("[serve]\nport = 70000\n", "serve.port: 70000 is no number"),
        ("[serve]\nport = true\n", "serve.port: True is no number"),
        ("[serve]\nhost = 5\n", "serve.host: 5 is no text"),
        ("[serve]\nhost = ''\n", "serve.host: '' is no text, or empty"),
        ("[serve]\nwatch = 1\n", "serve.watch: 1 is neither true nor false"),
        ("[access]\nsecret = 'a'\n", f"access.secret: secrets do not belong in files; set {SECRET}"),
        ("[access]\nheader = 'X-User'\n", "access.proxies: it is missing; name the address"),
        ("[access]\nheader = 'Cookie'\nproxies = ['::1']\n", "access.header: 'Cookie' cannot say who asks"),
        ("[access]\nheader = 'X_User'\nproxies = ['::1']\n", "access.header: 'X_User' cannot say who asks"),
        ("[access]\neditors = ['a']\n", "access.header: it is missing"),
        ("[access]\nproxies = ['proxy.example']\n", "access.proxies: 'proxy.example' is no address"),
        ("[access]\nproxies = '::1'\n", "access.proxies: it is no list"),
        ("[access]\nhosts = ['https://room.example']\n", "access.hosts: 'https://room.example' is no host's name"),
        ("[access]\ntokens = ['a']\n", "access.tokens: it is no list; write it as [{name"),
        ("[access]\ntokens = [{}]\n", "access.tokens[1].name: it is missing"),
        (f"[access]\ntokens = [{{{TOKEN}, a = 1}}]\n", "access.tokens[1].a: there is no such key"),
        ("[access]\ntokens = [{name = 'a', role = 'boss', sha256 = ''}]\n", "access.tokens[1].sha256: '' is no text"),
        (
            f"[access]\ntokens = [{{name = 'a', role = 'boss', sha256 = '{MARK}'}}]\n",
            "tokens[1].role: 'boss' is no role",
        ),
        ("[access]\ntokens = [{name = 'a', role = 'reader', sha256 = 'abc'}]\n", "tokens[1].sha256: it is no SHA-256"),
        (f"[access]\ntokens = [{{{TOKEN}}}, {{{TOKEN}}}]\n", "access.tokens: two of the names are the same"),
        ("[limits]\nreads = 0\n", "limits.reads: 0 is no number from 1"),
        ("[limits]\nreads = 1.5\n", "limits.reads: 1.5 is no number"),
        ("[limits]\nwishes = 3\n", "limits.wishes: there is no such key"),
        ("[serve\n", "it is no TOML"),
    ],
)
def test_what_is_wrong_is_named_by_its_key(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(tmp_path, text)
    assert said in str(caught.value)
    assert "room.toml: " in str(caught.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    for file in (tmp_path / "none.toml", tmp_path):
        with pytest.raises(ReadError, match="name a file of TOML"):
            read_settings(str(file), {})
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ReadError, match="it is no TOML"):
        read_settings(str(tmp_path / "bytes.toml"), {})


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ReadError, match="it has 5 characters; draw 32"):
        read_settings(None, {SECRET: "abcde"})
