"""Model files: checked before they run."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from accord.errors import ModelError
from accord.models import Once, pairs, session, stories, tokenizer, vectors, verified, verify


def test_a_file_with_the_expected_checksum_is_read(tmp_path: Path) -> None:
    path = tmp_path / "model.onnx"
    path.write_bytes(b"weights")
    assert verified(path, hashlib.sha256(b"weights").hexdigest()) == b"weights"


@pytest.mark.parametrize("content", [b"", b"weightz", b"weights "])
def test_a_damaged_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.onnx"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=r"model\.onnx is damaged or not the expected version: reinstall"):
        verified(path, hashlib.sha256(b"weights").hexdigest())
    with pytest.raises(ModelError, match="damaged"):
        verify(path, hashlib.sha256(b"weights").hexdigest())
    with pytest.raises(ModelError, match="damaged"):
        session(path, pairs.SHA256, 1)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"gone\.onnx cannot be read \(No such file or directory\)"):
        verified(tmp_path / "gone.onnx", "")
    with pytest.raises(ModelError, match=r"gone\.onnx cannot be read"):
        session(tmp_path / "gone.onnx", "")


def test_shipped_files_are_the_expected_ones() -> None:
    for module in (pairs, stories, vectors):
        verify(module.MODEL, module.SHA256)


def test_tokenizer_gives_word_pieces_with_their_places() -> None:
    encoded = tokenizer().encode("The barge sank.", add_special_tokens=False)
    assert encoded.tokens == ["the", "barge", "sank", "."]
    assert encoded.offsets == [(0, 3), (4, 9), (10, 14), (14, 15)]
    assert len(tokenizer().encode("barge " * 600, add_special_tokens=False).ids) == 600
    assert tokenizer() is tokenizer()


# loaded once ----------------------------------------------------------------------------------------------------------


def test_threads_that_ask_at_once_get_the_same_answer_made_once() -> None:
    made: list[int] = []

    @Once
    def slow(number: int) -> object:
        made.append(number)
        time.sleep(0.05)
        return object()

    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(slow(1))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (made, len(set(map(id, found)))) == ([1], 1)
    assert slow(2) is not found[0]


def test_what_fails_is_tried_again_and_what_is_forgotten_is_made_anew() -> None:
    tries: list[int] = []

    @Once
    def second_time() -> object:
        tries.append(1)
        if len(tries) == 1:
            raise ModelError("not yet")
        return object()

    with pytest.raises(ModelError, match="not yet"):
        second_time()
    first = second_time()
    assert second_time() is first
    second_time.forget()
    assert second_time() is not first


def test_models_run_without_a_word_to_the_maker_of_onnxruntime(tmp_path: Path) -> None:
    code = "from accord.models import pairs, vectors; vectors.load(); pairs.load()"
    env = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    subprocess.run([sys.executable, "-c", code], env={**env, "HOME": str(tmp_path)}, check=True, timeout=60)
    assert list(tmp_path.rglob("*")) == []  # its telemetry begins with a number for the machine, kept in the home
