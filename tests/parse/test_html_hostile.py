"""Pages made to choke a reader: each ends soon and in little memory, as an article or rejected with a reason."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

BODY = "".join(
    f"<p>The keeper of dam number {n} at Oss said on Monday that it would open in May.</p>" for n in range(9)
)
# Reads a page from standard input under limits of memory and processor time, and tells what came of it.
READ = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (1_200_000_000, 1_200_000_000))
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
from accord.parse import parse
from accord.records import Page
articles, rejected = parse(Page(sys.stdin.buffer.read(), "https://www.post.example/dam", sys.argv[1]))
print(articles[0].text[:60] if articles else rejected[0].reason)
with open("/proc/self/status") as file:  # getrusage would begin with the peak of the process that started this one
    print(next(line for line in file if line.startswith("VmHWM")).split()[1])
"""
LINKS = "".join(f"<a href='/{n}'>Link {n}</a> and " for n in range(48_000))
UPDATES = [{"headline": "h", "articleBody": "<p>" * 200 + "x", "datePublished": "2024-05-31"} for _ in range(2_000)]
DATA = json.dumps({"@type": "LiveBlogPosting", "headline": "x", "liveBlogUpdate": UPDATES})
FORMATS = ("text/html", "text/html;fragment")


def read(html: str, media_type: str) -> tuple[str, float]:
    """Return what came of `html` and the most memory it took, in MB."""
    done = subprocess.run(
        [sys.executable, "-c", READ, media_type], input=html.encode(), capture_output=True, timeout=60, check=True
    )
    said, memory = done.stdout.decode().strip().rsplit("\n", 1)
    return said, int(memory) / 1024


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<p>word word </p>" * 3_000_000, "the limit is 5,000,000"),
        ("<div>" * 900_000 + BODY, "nested 241 deep"),
        (f"<div class='{'a ' * 4_000_000}'>{BODY}", "the limit is 5,000,000"),
        ("<a href=x>y</a>" * 300_000, "over 100,000 tags"),
        (f"<p>{LINKS}</p>{BODY}", "the limit is 200,000"),
        ("<table><tr>" + "<td>a b c</td>" * 49_000 + f"</tr></table>{BODY}", "The keeper of dam number 0"),
        (("<ul><li>x" * 110 + "</ul>" * 110) * 40 + BODY, "x"),
        (f"<script type='application/ld+json'>{DATA}</script>{BODY}", "h\nx"),
        (f"<script type='application/ld+json'>{{ {' ' * 3_000_000}x</script>{BODY}", "The keeper of dam number 0"),
        (f"<script type='application/ld+json'>{'[' * 2_000_000}</script>{BODY}", "The keeper of dam number 0"),
    ],
    ids=["large", "deep", "attribute", "links", "text", "cells", "lists", "entries", "spaces", "brackets"],
)
def test_hostile_pages_end_soon_and_in_little_memory(html: str, reason: str) -> None:
    said, memory = read(html, "text/html")
    assert reason in said
    assert memory < 600


def test_hostile_fragments_end_soon_and_in_little_memory() -> None:
    said, memory = read(("<figure>" * 200 + "x" + "</figure>" * 200) * 200 + BODY, "text/html;fragment")
    assert said.startswith("The keeper of dam number 0")
    assert memory < 600


@pytest.mark.parametrize("media_type", FORMATS)
def test_entity_bombs_and_unclosed_comments_are_harmless(media_type: str) -> None:
    entities = "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    bomb = f"<!DOCTYPE html [<!ENTITY a 'aaaaaaaaaa'>{entities}]><p>&i;</p>{BODY}<!-- {'x' * 1_000_000}"
    said, memory = read(bomb, media_type)
    assert "aaaaaaaaaaaa" not in said
    assert memory < 600
