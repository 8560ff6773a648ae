"""What the commands share: messages on standard error, files and pipes to write to, progress."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from accord.records import Rejected

OK, PARTLY, FAILED, STOPPED = 0, 1, 2, 130

Progress = Callable[[str, int, int], None]

# messages -------------------------------------------------------------------------------------------------------------


def tell(rejected: Iterable[Rejected]) -> None:
    """Say what was left out and why, a line each."""
    for item in rejected:
        say(f"{item.what}: {item.reason}")


def say(message: str) -> None:
    """Say `message` on standard error."""
    typer.echo(line(f"accord: {message}"), err=True)


def fail(message: str) -> NoReturn:
    """Say `message`, and leave."""
    say(message)
    raise typer.Exit(FAILED)


def line(text: str) -> str:
    """Return `text` as one line that cannot command a terminal: control characters become spaces."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def counted(number: int, noun: str) -> str:
    """Return "1 article", "1,200 articles"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


@contextmanager
def progress(quiet: bool) -> Iterator[Progress | None]:
    """Give a function that shows progress on standard error, if that is a terminal and it is wanted, else None."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("read", total=None)

        def show(stage: str, done: int, total: int) -> None:
            bar.update(task, description=stage, completed=done, total=total)

        yield show


# output ---------------------------------------------------------------------------------------------------------------


def give_up_stdout() -> None:
    """Point standard output at nothing, so that Python does not complain while it closes a pipe that nobody reads."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())
    os.close(null)


def check_output(output: str, inputs: Iterable[str] = ()) -> None:
    """Fail before the work is done where `output` cannot be written, or is one of the `inputs`."""
    if os.path.isdir(output):
        fail(f"{output}: it is a folder; name a file in it for --output")
    folder = os.path.dirname(output) or "."
    if not os.path.isdir(folder):
        fail(f"{output}: there is no folder {folder}; make it first")
    if os.path.isfile(output) and any(os.path.exists(path) and os.path.samefile(path, output) for path in inputs):
        fail(f"{output}: it is read from, too; name another --output")


@contextmanager
def opened(output: str | None) -> Iterator[Callable[[bytes], None]]:
    """Give a function that writes bytes to the file `output`, else to standard output, and sees them on their way."""
    stream = typer.get_binary_stream("stdout")
    if output is not None:
        try:
            stream = open(output, "wb")  # noqa: SIM115 (closed below)
        except OSError as error:
            fail(f"{output}: it cannot be written ({error.strerror or error}); choose another --output")

    def write(content: bytes) -> None:
        try:
            stream.write(content)
            stream.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            name = output or "standard output"
            if output is None:
                give_up_stdout()
            fail(f"{name}: it cannot be written ({error.strerror or error}); choose another --output")

    try:
        yield write
    finally:
        if output is not None:
            with suppress(OSError):  # told when it was written
                stream.close()


def write_atomically(path: str, content: bytes) -> None:
    """Write `content` to `path` by way of a file beside it, so that a reader never sees half of it.

    A file that exists keeps its permissions; a device or pipe is written to as it is.
    """
    import stat
    import tempfile

    target = os.path.realpath(path)
    mode = os.stat(target).st_mode if os.path.exists(target) else None
    if mode is not None and not stat.S_ISREG(mode):
        with open(target, "wb") as file:
            file.write(content)
        return
    handle, aside = tempfile.mkstemp(dir=os.path.dirname(target), prefix=".accord-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(aside, stat.S_IMODE(mode) if mode is not None else 0o666 & ~_umask())
        os.replace(aside, target)
    except BaseException:
        os.unlink(aside)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
