"""What the commands share: messages on standard error, files and pipes to write to, progress."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING, NoReturn

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
    typer.echo(line(f"accord: {message}"), file=sys.stderr, err=True)  # by name: a bar of progress may stand in for it


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


def check_output(output: str, inputs: Iterable[str] = (), history: str | None = None) -> None:
    """Fail before the work is done where `output` cannot be written, is the `history`, or is one of the `inputs`.

    The inputs are names of files, or - for standard input; they are looked at only where `output` is there.
    """
    if os.path.isdir(output):
        fail(f"{output}: it is a folder; name a file in it for --output")
    folder = os.path.dirname(output) or "."
    if not os.path.isdir(folder):
        fail(f"{output}: there is no folder {folder}; make it first")
    if not os.access(output if os.path.exists(output) else folder, os.W_OK):
        fail(f"{output}: writing it is not permitted; choose another --output")
    if history is not None and (os.path.realpath(history) == os.path.realpath(output) or _same(history, output)):
        fail(f"{output}: it is the history, too; name another --output")
    if os.path.isfile(output) and any(_same(0 if name == "-" else name, output) for name in inputs):
        fail(f"{output}: it is read from, too; name another --output")


def check_folder(folder: str, inputs: Iterable[str]) -> None:
    """Make `folder`; fail before the work is done where no file can be written to it, or `inputs` lie in it.

    What is read from there might be overwritten or removed.
    """
    import tempfile

    try:
        os.makedirs(folder, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        cannot_write(folder, error, "--into")
    home = os.path.realpath(folder)
    if any(os.path.dirname(os.path.realpath(name)) == home for name in inputs if name != "-"):
        fail(f"{folder}: files in it are read from, too; choose another --into")


def _same(name: str | int, output: str) -> bool:
    """Tell whether a file, by its name or as an open descriptor, is the one at `output`; not where either is none."""
    try:
        return os.path.samefile(name, output)
    except (OSError, ValueError):
        return False


@contextmanager
def opened(output: str | None, add: bool = False) -> Iterator[Callable[[bytes], None]]:
    """Give a function that writes bytes to the file `output`, else to standard output, and sees them on their way.

    The file is opened when it is first written to, so that a run that comes to nothing leaves an older one as it was;
    then it is emptied, or where lines are to `add` to it, they follow those that it holds.
    """
    stream: IO[bytes] | None = None

    def write(content: bytes) -> None:
        nonlocal stream
        try:
            if stream is None:
                stream = _stdout() if output is None else _file(output, add)
            stream.write(content)
            stream.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            if output is None:
                give_up_stdout()
            cannot_write(output, error)

    try:
        yield write
    finally:
        if output is not None and stream is not None:
            with suppress(OSError):  # told when it was written
                stream.close()


def _stdout() -> IO[bytes]:
    if sys.stdout is None:
        fail("standard output: it is closed; open it, or name a file for --output")
    return typer.get_binary_stream("stdout")


def _file(output: str, add: bool) -> IO[bytes]:
    """Return the file `output`, opened and empty, or to `add` to at its end, which is the start of a line."""
    whole = True
    if add and os.path.isfile(output) and os.path.getsize(output):
        with open(output, "rb") as file:
            file.seek(-1, os.SEEK_END)
            whole = file.read(1) == b"\n"
    stream = open(output, "ab" if add else "wb")  # noqa: SIM115 (closed by `opened`)
    if not whole:
        stream.write(b"\n")
    return stream


def echo(content: bytes) -> None:
    """Write `content` to standard output; nobody needs to read it to its end."""
    try:
        with opened(None) as write:
            write(content)
    except BrokenPipeError:
        give_up_stdout()


def write_file(output: str, content: bytes) -> None:
    """Write `content` to `output` whole or not at all; say so and leave where it cannot be."""
    try:
        write_atomically(output, content)
    except OSError as error:
        cannot_write(output, error)


def cannot_write(output: str | None, error: OSError, option: str = "--output") -> NoReturn:
    """Say that a file or folder, or standard output, cannot be written, and leave."""
    name = "standard output" if output is None else output
    fail(f"{name}: it cannot be written ({error.strerror or error}); choose another {option}")


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
