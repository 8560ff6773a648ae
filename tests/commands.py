"""Runs the command line in this process or in one of its own."""

from __future__ import annotations

import os
import subprocess
import sys

from typer.testing import CliRunner, Result

from accord import cli

ACCORD = [sys.executable, "-m", "accord"]


def run(*arguments: object, input: str | None = None, env: dict[str, str] | None = None) -> Result:
    """Run a command in this process; an exception that no shell may let through is raised."""
    told = [str(argument) for argument in arguments]
    result = CliRunner().invoke(cli.app, told, prog_name="accord", input=input, env=env)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def shell(*arguments: object, **options: object) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a process of its own."""
    env = {**os.environ, "OMP_NUM_THREADS": "1"}
    command = [*ACCORD, *map(str, arguments)]
    return subprocess.run(command, **{"capture_output": True, "timeout": 60, "env": env, **options})  # type: ignore[call-overload, no-any-return]
