from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from readers.web.fetching import fetched, page_of, reason_of
from readers.web.site import Site, page

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Make a certificate for news.example, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    paths = folder / "certificate.pem", folder / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-days", "2", "-subj", "/CN=news.example", "-addext", "subjectAltName=DNS:news.example"]
    command += ["-out", str(paths[0]), "-keyout", str(paths[1])]
    subprocess.run(command, check=True, capture_output=True)
    return paths


@pytest.fixture
def site(certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Run a site that says it is news.example, and let both names lead to it."""
    real = socket.getaddrinfo

    def look_up(host: str, port: int, **kinds: Any) -> list[Any]:
        return real("127.0.0.1" if host.endswith(".example") else host, port, **kinds)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    names: list[str | None] = []
    context.sni_callback = lambda _, name, __: names.append(name)
    with Site({"/a": page("text")}, context) as made:
        made.names = names  # type: ignore[attr-defined]
        yield made


def test_a_certificate_is_verified_for_the_hosts_name(
    site: Site, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    assert page_of(fetched(site.url("/a", host="news.example."))[0]).content == b"text"
    assert set(site.names) == {"news.example"}  # type: ignore[attr-defined]


def test_a_certificate_for_another_name_is_refused(
    site: Site, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    reason = reason_of(fetched(site.url("/a", host="other.example"))[0])
    assert reason.startswith("the certificate of other.example cannot be trusted (hostname mismatch")
    assert site.asked == []


def test_a_certificate_that_nobody_vouches_for_is_refused(site: Site) -> None:
    assert "cannot be trusted" in reason_of(fetched(site.url("/a", host="news.example"), retries=3)[0])
    assert site.asked == []


def test_a_server_without_tls_is_told() -> None:
    with Site({"/a": page("text")}) as plain:
        reason = reason_of(fetched(plain.url("/a").replace("http:", "https:"))[0])
        assert "no secure connection was made" in reason


def test_a_handshake_that_hangs_ends_with_the_timeout() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(5)
        reason = reason_of(fetched("https://{}:{}/".format(*listener.getsockname()), timeout=0.2)[0])
        assert "did not answer in time" in reason
