"""Model files: checked before they run."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from accord.errors import ModelError
from accord.models import pairs, session, tokenizer, verified


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
        session(path, pairs.SHA256, 1)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"gone\.onnx cannot be read \(No such file or directory\)"):
        verified(tmp_path / "gone.onnx", "")


def test_shipped_files_are_the_expected_ones() -> None:
    assert verified(pairs.MODEL, pairs.SHA256)


def test_tokenizer_gives_word_pieces_with_their_places() -> None:
    encoded = tokenizer().encode("The barge sank.", add_special_tokens=False)
    assert encoded.tokens == ["the", "barge", "sank", "."]
    assert encoded.offsets == [(0, 3), (4, 9), (10, 14), (14, 15)]
    assert len(tokenizer().encode("barge " * 600, add_special_tokens=False).ids) == 600
    assert tokenizer() is tokenizer()
