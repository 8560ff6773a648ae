"""Writes small PDF files by hand: pages of lines at given places, in Helvetica."""

from __future__ import annotations

Line = tuple[float, float, float, str]
"""Left edge, base line, size (in points from the lower left corner), text."""


def column(*texts: str, left: float = 72, top: float = 700, size: float = 11, pitch: float = 14) -> list[Line]:
    """Return lines under each other; an empty text is a gap of one line."""
    return [(left, top - pitch * n, size, text) for n, text in enumerate(texts) if text]


def pdf(*pages: list[Line], info: str = "", trailer: str = "") -> bytes:
    """Return a PDF of `pages`; `info` is what its information dictionary holds, `trailer` more of its trailer."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        drawn = "".join(
            f"BT /F1 {size} Tf {left} {base} Td ({_escaped(text)}) Tj ET\n" for left, base, size, text in lines
        )
        stream = drawn.encode("cp1252")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    objects.append(f"<< {info} >>".encode("latin-1"))
    return _file(objects, f"/Info {len(objects)} 0 R {trailer}")


def _file(objects: list[bytes], trailer: str) -> bytes:
    content = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{len(content)}\n%%EOF\n"
    return content + head + table + end.encode()


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
