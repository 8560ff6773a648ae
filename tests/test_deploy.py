"""What is in `deploy` is whole: it names what exists, runs as nobody in particular, and holds no secrets."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest
import typer

from accord.cli import app
from accord.web.configuration import SECRET

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
UNITS = ("accord.service", "accord-watch.service")
COMMANDS = getattr(typer.main.get_command(app), "commands", {})
HARDENED = {
    "NoNewPrivileges": "yes",
    "DynamicUser": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "CapabilityBoundingSet": "",
    "RestrictNamespaces": "yes",
    "RestrictSUIDSGID": "yes",
    "StateDirectory": "accord",
    "User": "accord",
}


def unit(name: str) -> dict[str, dict[str, list[str]]]:
    """Return the sections of a unit, with all values of each key."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    section = ""
    for line in (DEPLOY / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line.strip() and not line.startswith("#"):
            key, equals, value = line.partition("=")
            assert equals, line
            found[section][key].append(value)
    return found


def options(arguments: list[str]) -> list[str]:
    return [word for word in arguments if word.startswith("--")]


def instructions() -> list[tuple[str, str]]:
    """Return the instructions of the Dockerfile, each with what follows it on its lines."""
    lines = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("#")).replace("\\\n", " ")
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in text.splitlines()) if word]


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_runs_a_command_of_ours_that_may_do_little(name: str) -> None:
    service = unit(name)["Service"]
    assert {key: service[key][0] for key in HARDENED} == HARDENED
    (command,) = service["ExecStart"]
    program, verb, *arguments = command.split()
    assert program.endswith("/accord")
    known = {option for parameter in COMMANDS[verb].params for option in parameter.opts}
    assert set(options(arguments)) <= known
    assert int(service["TimeoutStopSec"][0]) > 5


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
@pytest.mark.parametrize("name", UNITS)
def test_systemd_takes_a_unit(name: str, tmp_path: Path) -> None:
    text = (DEPLOY / name).read_text(encoding="utf-8")
    (tmp_path / name).write_text(re.sub(r"/opt/accord/bin/accord", shutil.which("env") or "", text), encoding="utf-8")
    told = ["systemd-analyze", "verify", "--man=no", str(tmp_path / name)]
    done = subprocess.run(told, capture_output=True, text=True, timeout=60)
    assert name not in done.stderr, done.stderr  # what it says of other units of the machine is not ours


def test_the_container_runs_as_nobody_with_what_is_locked() -> None:
    told = instructions()
    values = dict(told)
    assert {word for word, _ in told} <= {
        *("FROM", "ENV", "COPY", "RUN", "USER", "WORKDIR", "VOLUME", "EXPOSE", "STOPSIGNAL", "HEALTHCHECK"),
        *("ENTRYPOINT", "CMD"),
    }
    assert int(values["USER"]) > 0
    installs = [rest for word, rest in told if word == "RUN" and "pip install" in rest]
    assert len(installs) == 1
    assert "--require-hashes -r /build/requirements.lock" in installs[0]
    assert "http.client" in values["HEALTHCHECK"]
    assert "/health" in values["HEALTHCHECK"]
    copied = [rest.split()[0] for word, rest in told if word == "COPY" and not rest.startswith("--from")]
    assert copied
    assert all((ROOT / path).exists() for path in copied)


def test_the_container_starts_the_room_by_options_that_there_are() -> None:
    import json

    values = dict(instructions())
    verb, *arguments = json.loads(values["CMD"])
    assert json.loads(values["ENTRYPOINT"]) == ["python", "-m", "accord"]
    known = {option for parameter in COMMANDS[verb].params for option in parameter.opts}
    assert set(options(arguments)) <= known
    assert "--config" in arguments  # without it the room would not open to others


def test_the_proxy_says_who_asks_and_its_clients_cannot() -> None:
    text = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    lines = [line.strip() for line in text.splitlines() if not line.startswith("#")]
    assert text.count("{") == text.count("}")
    assert "request_header -X-Forwarded-User" in lines
    assert "header_up X-Forwarded-User {http.auth.user.id}" in lines
    assert "basic_auth {" in lines


def test_what_the_configuration_is_said_to_be_is_one(tmp_path: Path) -> None:
    from accord.web.configuration import read_settings

    text = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    written = "\n".join(line.removeprefix("#     ") for line in text.splitlines() if line.startswith("#     "))
    (tmp_path / "room.toml").write_text(written, encoding="utf-8")
    access = read_settings(str(tmp_path / "room.toml"), {}).access
    assert (access.header, access.hosts) == ("X-Forwarded-User", ("room.example",))


def test_no_secret_stands_in_a_file() -> None:
    for path in DEPLOY.iterdir():
        assert not re.search(
            rf"{SECRET}=[A-Za-z0-9]|sha256 = \"[0-9a-f]{{8}}|\$2[aby]\$", path.read_text(encoding="utf-8")
        )
