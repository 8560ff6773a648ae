"""`accord serve` and `accord token`: what is refused, what is said, and that it ends when it is told to."""

from __future__ import annotations

import os
import re
import select
import signal
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from accord.web import serving
from accord.web.configuration import read_settings
from accord.web.settings import Settings
from commands import ACCORD, run

TOKENS = '[access]\ntokens = [{{name = "Ada", role = "editor", sha256 = "{}"}}]\n'


@contextmanager
def served(folder: Path, *arguments: str, **environment: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Give a running `accord serve` on a free port, and its address."""
    env = {**os.environ, "OMP_NUM_THREADS": "1", **environment}
    told = [*ACCORD, "serve", "--port", "0", *arguments]
    with subprocess.Popen(
        told, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env, cwd=folder
    ) as process:
        try:
            assert process.stdout is not None
            assert select.select([process.stdout], [], [], 60)[0]
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_says_its_address_and_ends_in_seconds_with_streams_open(tmp_path: Path, number: signal.Signals) -> None:
    with served(tmp_path) as (process, address):
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
        with urlopen(address + "health", timeout=10) as answer:
            assert answer.read() == b"well\n"
        with socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2].strip("/")))) as stream:
            stream.sendall(b"GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert b"200 OK" in stream.recv(65_536)
            start = time.monotonic()
            process.send_signal(number)
            assert process.wait(10) == 0
            assert time.monotonic() - start < serving.GRACE + 2
        said = process.stderr.read() if process.stderr else ""
        assert "accord.db: there was no store, so this is a new one" in said
        assert "the reading room is open; Ctrl-C closes it" in said
        assert said.splitlines()[-1] == "accord: closed; the store is whole"
        assert "Traceback" not in said
    assert (tmp_path / "accord.db").exists()


def test_a_token_lets_its_holder_in(tmp_path: Path) -> None:
    made = run("token", 'Ada "the" Lim', "--role", "editor").stdout
    (line,) = (line for line in made.splitlines() if "sha256" in line)
    (tmp_path / "room.toml").write_text(f"[access]\ntokens = [\n{line}\n]\n", encoding="utf-8")
    token = made.splitlines()[0]
    assert token not in line
    (held,) = read_settings(str(tmp_path / "room.toml"), {}).access.tokens
    assert (held.name, held.role) == ('Ada "the" Lim', "editor")
    with served(tmp_path, "--config", "room.toml", "--host", "0.0.0.0", "--quiet") as (_, address):
        with urlopen(address, timeout=10) as page:
            assert page.url.endswith("/session")
        with urlopen(Request(address, headers={"Authorization": f"Bearer {token}"}), timeout=10) as page:
            assert page.url == address


def test_every_token_is_another() -> None:
    tokens = {run("token", "Ada").stdout.split()[0] for _ in range(5)}
    assert len(tokens) == 5
    assert all(len(token) > 40 for token in tokens)
    assert 'role = "reader"' in run("token", "Ada").stdout


def test_a_token_is_somebodys() -> None:
    for name in ("", "  ", "a\nb", "a" * 81):
        result = run("token", name)
        assert result.exit_code == 2
        assert "NAME" in result.stderr


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.5", "room.example"])
def test_others_are_not_let_near_without_saying_who_they_are(
    tmp_path: Path, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "exists", lambda _: True)  # no name is looked up
    result = run("serve", "--host", host, "--store", tmp_path / "a.db")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"accord: {host}: others can reach this address")
    written = re.findall(r"^    (\[access\]\n(?:    .*\n)+)", result.stderr, re.M)
    held = [tomllib.loads(text)["access"] for text in written]
    assert [set(access) for access in held] == [{"tokens", "hosts"}, {"header", "proxies", "editors", "hosts"}]
    assert all(access["hosts"] == ["ITS NAME"] for access in held)
    assert not (tmp_path / "a.db").exists()


def test_a_misspelt_host_is_told_apart_from_one_that_others_reach(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    result = run("serve", "--host", "nosuch.invalid", "--store", tmp_path / "a.db")
    assert result.exit_code == 2
    assert result.stderr.startswith("accord: nosuch.invalid: there is no such address; name one of this machine's")
    assert result.stderr.count("\n") == 1
    assert "token" not in result.stderr
    assert not (tmp_path / "a.db").exists()


def test_an_address_in_digits_exists_and_an_impossible_one_does_not() -> None:
    assert serving.exists("127.0.0.1")
    assert serving.exists("::")
    assert not serving.exists("a" * 300)
    assert not serving.exists("")


def test_an_empty_list_of_tokens_lets_nobody_near(tmp_path: Path) -> None:
    (tmp_path / "room.toml").write_text('[access]\ntokens = []\n[serve]\nhost = "0.0.0.0"\n', encoding="utf-8")
    assert run("serve", "--config", tmp_path / "room.toml").exit_code == 2


def test_what_cannot_be_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "room.toml").write_text("[serve]\nport = 99999\n", encoding="utf-8")
    (tmp_path / "words.db").write_text("no store " * 1_000, encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as other:
        used = other.getsockname()[1]
        for arguments, said in (
            (("--port", used), f"127.0.0.1, port {used}: another program listens there; choose another --port"),
            (("--port", 0, "--host", "127.0.0.1", "--store", tmp_path / "no" / "a.db"), "a.db"),
            (("--port", 0, "--store", tmp_path / "words.db"), "words.db"),
            (("--port", 0, "--store", "mongodb://desk"), "no store of this kind is known"),
            (("--config", tmp_path / "none.toml"), "none.toml: No such file or directory; name a file of TOML"),
            (("--config", tmp_path / "room.toml"), "room.toml: serve.port: 99999 is no number from 0 to 65,535"),
        ):
            result = run("serve", *arguments)
            assert result.exit_code == 2, arguments
            assert said in result.stderr
            assert result.stderr.count("\n") == 1
            assert result.stdout == ""


def test_options_go_before_the_file_and_the_file_before_what_is_usual(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_with: list[Settings] = []
    monkeypatch.setattr(serving, "serve", lambda settings, *_: run_with.append(settings))
    monkeypatch.delenv("ACCORD_STORE", raising=False)
    file, store = tmp_path / "room.toml", tmp_path / "file.db"
    file.write_text(f'[serve]\nport = 0\nhost = "localhost"\nstore = "{store}"\n', encoding="utf-8")
    run("serve", "--config", file)
    run("serve", "--config", file, "--host", "127.0.0.1", "--store", tmp_path / "given.db", "--watch")
    monkeypatch.setenv("ACCORD_STORE", str(tmp_path / "environment.db"))
    run("serve", "--config", file)
    told = [(settings.host, Path(settings.store).name, settings.watch) for settings in run_with]
    assert told == [
        ("localhost", "file.db", False),
        ("127.0.0.1", "given.db", True),
        ("localhost", "environment.db", False),
    ]
    assert all(settings.port > 0 for settings in run_with)


def test_the_browser_is_opened_where_it_is_wanted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import webbrowser

    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    monkeypatch.setattr(serving, "serve", lambda settings, listening, started: started())
    result = run("serve", "--port", 0, "--open", "--store", tmp_path / "a.db")
    assert opened == [result.stdout.strip()]
    run("serve", "--port", 0, "--store", tmp_path / "a.db")
    assert len(opened) == 1


def test_the_command_line_stays_light() -> None:
    code = "import sys; from accord.cli import app; print('LOADED', *sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    loaded = {name.split(".")[0] for name in done.stdout.rpartition("LOADED")[2].split()}
    assert not loaded & {"fastapi", "itsdangerous", "jinja2", "pydantic", "starlette", "uvicorn"}
