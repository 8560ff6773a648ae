"""The MCP server, asked by the SDK's own client: in memory, and as a process over standard input and output."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import anyio
import pytest
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp_types import CallToolResult

from accord.mcp.library import Library
from accord.mcp.lines import briefing_lines, part
from accord.mcp.server import create_server
from accord.records import Analysis
from accord.stores import open_store
from arrivals import arrival, article, brief, briefing, keep, place, quote
from web.api.shelf import BRIDGE_STORY, FERRY_STORY, A, ferry, fill

T = TypeVar("T")
TOOLS = {"search", "stories", "story", "finding", "quotes", "ledger", "entry", "changes", "passage", "brief"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mcp") / "desk.db"
    with closing(open_store(str(path))) as made:
        fill(made)
    return path


@pytest.fixture
def library(store: Path) -> Iterator[Library]:
    made = Library(str(store))
    yield made
    made.close()


def asked(library: Library, ask: Callable[[Client], Awaitable[T]]) -> T:
    """Return what a client in this process is answered."""

    async def run() -> T:
        async with Client(create_server(library)) as client:
            return await ask(client)

    return anyio.run(run)


def called(library: Library, tool: str, **arguments: Any) -> CallToolResult:
    return asked(library, lambda client: client.call_tool(tool, arguments))


def told(library: Library, tool: str, **arguments: Any) -> tuple[str, dict[str, Any]]:
    """Return the words and the data of an answer."""
    answer = called(library, tool, **arguments)
    assert not answer.is_error, answer.content
    return answer.content[0].text, answer.structured_content


def refused(library: Library, tool: str, **arguments: Any) -> str:
    answer = called(library, tool, **arguments)
    assert answer.is_error
    return answer.content[0].text


# what there is --------------------------------------------------------------------------------------------------------


def test_every_tool_only_reads_and_says_what_it_answers_with(library: Library) -> None:
    tools = asked(library, lambda client: client.list_tools()).tools
    assert {tool.name for tool in tools} == TOOLS
    for tool in tools:
        assert tool.annotations.read_only_hint is True
        assert tool.annotations.destructive_hint is False
        assert tool.output_schema["properties"]
        assert len(tool.description.split()) > 8


def test_stories_are_resources(library: Library) -> None:
    listed = asked(library, lambda client: client.read_resource("accord://stories")).contents[0].text
    assert FERRY_STORY in listed
    one = asked(library, lambda client: client.read_resource(f"accord://stories/{FERRY_STORY}")).contents[0].text
    assert one.startswith("# A ferry aground")


# tools ----------------------------------------------------------------------------------------------------------------


def test_search_gives_the_place_and_address_of_every_line(library: Library) -> None:
    words, data = told(library, "search", words="hurt", kind="quote")
    hit = next(hit for hit in data["hits"] if hit["article"] == "a")
    assert A.text[hit["start"] : hit["end"]] == hit["text"] == "Nobody was hurt,"
    assert (hit["outlet"], hit["url"], hit["speaker"]) == (A.outlet, A.url, "Ilse Tarn")
    assert f"article a {hit['start']}-{hit['end']}, {A.url}" in words


def test_a_list_says_how_to_ask_for_more(library: Library) -> None:
    words, data = told(library, "stories", limit=1, order="weight")
    assert data["next"] == 1
    assert "offset 1" in words
    _, rest = told(library, "stories", limit=1, order="weight", offset=1)
    assert [one["id"] for one in (*data["stories"], *rest["stories"])] == [FERRY_STORY, BRIDGE_STORY]
    assert rest["next"] is None


def test_quotes_are_those_of_a_speaker(library: Library) -> None:
    _, data = told(library, "quotes", speaker="Reve")
    assert {hit["speaker"] for hit in data["hits"]} == {"Tomas Reve"}


def test_quotes_of_a_known_name_are_those_of_nobody_with_a_longer_one(tmp_path: Path) -> None:
    of, other = article("a"), article("b")
    said = {"a": quote(of, "Nobody was hurt,", "Ilse Tarn"), "b": quote(other, "Nobody was hurt,", "Ilse Tarnow")}
    with closing(open_store(str(tmp_path / "desk.db"))) as made:
        arrivals = [replace(arrival(one), analysis=Analysis(one.id, quotes=(said[one.id],))) for one in (of, other)]
        place(made, {"s": keep(made, *arrivals)})
        brief(made, "s", briefing(of, other))
    library = Library(str(tmp_path / "desk.db"))
    try:
        _, whole = told(library, "quotes", speaker="ilse tarn")
        _, part = told(library, "quotes", speaker="Tarn")
    finally:
        library.close()
    assert {hit["speaker"] for hit in whole["hits"]} == {"Ilse Tarn"}
    assert {hit["speaker"] for hit in part["hits"]} == {"Ilse Tarn", "Ilse Tarnow"}


def test_a_story_is_its_corrected_briefing_in_lines_with_citations(library: Library) -> None:
    words, data = told(library, "story", story=FERRY_STORY)
    assert "value: 214 (Brennick Courier) | 240 (Halmar Post)" in words
    assert f"[finding f-aboard] (Brennick Courier, 2031-05-04, article a {A.text.index('214')}-" in words
    assert "f-b-" not in words  # it was dismissed
    assert data["story"]["disputed"] == 1


def test_a_story_can_be_read_as_data(library: Library) -> None:
    _, data = told(library, "story", story=FERRY_STORY, format="json", size=40_000)
    document = json.loads(data["part"])
    assert document["schema"] == "accord/briefing@1"
    assert "text" not in document["articles"][0]


def test_a_long_briefing_comes_in_parts_that_make_the_whole(library: Library) -> None:
    parts, offset = [], 0
    while offset is not None:
        _, data = told(library, "story", story=FERRY_STORY, format="json", size=1_000, offset=offset)
        assert len(data["part"]) <= 1_000
        parts.append(data["part"])
        offset = data["next"]
    assert len(parts) > 2
    assert json.loads("\n".join(parts))["id"] == ferry().id


def test_a_finding_has_its_evidence_and_differences(library: Library) -> None:
    words, data = told(library, "finding", finding="f-aboard")
    assert words.splitlines()[1].startswith("disputed between reports; 2 origins")
    assert [value["value"] for value in data["differences"][0]["values"]] == ["214", "240"]
    assert {cited["outlet"] for cited in data["evidence"]} == {"Brennick Courier", "Halmar Post"}


def test_the_ledger_and_an_entry_have_what_reports_say(library: Library) -> None:
    _, data = told(library, "ledger", who="Norvik")
    (entry,) = data["entries"]
    assert (entry["id"], entry["status"], entry["lines"][0]["url"]) == ("e1", "open", A.url)
    words, one = told(library, "entry", entry="e1")
    assert one["lines"] == entry["lines"]
    assert "made: “promised 40 new lifeboats by March”" in words


def test_changes_are_filtered(library: Library) -> None:
    words, data = told(library, "changes", kind="newly disputed")
    assert [one["id"] for one in data["changes"]] == ["u2"]
    assert "finding f-aboard" in words


def test_a_passage_is_exact_with_what_stands_around_it(library: Library) -> None:
    start = A.text.index("Nobody")
    words, data = told(library, "passage", article="a", start=start, end=start + 6, around=10)
    assert (data["before"], data["text"], data["after"]) == (A.text[start - 10 : start], "Nobody", " was hurt,")
    assert data["before"] + "⟦Nobody⟧" in words
    assert "The report ends here" not in words


def test_a_passage_says_where_the_report_ends(library: Library) -> None:
    words, data = told(library, "passage", article="a", start=5, end=10_000_000)
    assert (data["end"], data["text"]) == (len(A.text), A.text[5:])
    assert f"The report ends here, at {len(A.text)}." in words


def test_a_passage_that_is_cut_says_how_to_go_on(tmp_path: Path) -> None:
    text = "The weir held through the night. " * 300
    with closing(open_store(str(tmp_path / "desk.db"))) as made:
        keep(made, article("long", text))
    library = Library(str(tmp_path / "desk.db"))
    try:
        words, data = told(library, "passage", article="long", start=10, end=9_900)
    finally:
        library.close()
    assert data["text"] == text[10:8_010]
    assert f"Cut at 8010 of {len(text)} characters: for more ask again with start 8010." in words


def test_texts_are_briefed_without_being_stored(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    asked_for: list[list[str]] = []

    def made(articles: list[Any]) -> Any:
        asked_for.append([article.id for article in articles])
        return ferry()

    monkeypatch.setattr("accord.pipeline.brief_articles", made)
    sent = [{"text": A.text, "outlet": "Post", "published": "4 May 2031"}, {"text": A.text, "outlet": "Mail"}]
    words, data = told(library, "brief", reports=sent)
    assert words.startswith("# A ferry aground")
    told(library, "brief", reports=sent, offset=data["lines"] - 1)
    assert asked_for == [["text-1", "text-2"]]
    with closing(open_store(library.url)) as store:
        assert store.counts().articles == 3


# what goes wrong ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tool", "arguments", "advice"),
    [
        ("story", {"story": "none"}, "search"),
        ("finding", {"finding": "none"}, "take an id from the tool story"),
        ("entry", {"entry": "none"}, "take an id from the tool ledger"),
        ("passage", {"article": "none"}, "take an id from a citation"),
        ("search", {"limit": 500}, "limit: it is 500; give 50 or less"),
        ("search", {"words": ""}, "words: it is empty; give 1 character or more"),
        (
            "passage",
            {"article": "a", "start": 10_000_000},
            f"article a has {len(A.text)} characters; begin before its end",
        ),
        ("passage", {"article": "a", "start": 9, "end": 3}, "end: it is 3, before start"),
        ("changes", {"since": "yesterday"}, "since"),
        ("brief", {"reports": []}, "reports"),
        ("brief", {"reports": [{"text": "x", "outlet": "y", "published": "some day"}]}, "2031-05-04"),
        ("brief", {"reports": [{"text": "x" * 150_000, "outlet": "y"}] * 3}, "400,000"),
    ],
)
def test_an_error_says_what_to_do(library: Library, tool: str, arguments: dict[str, Any], advice: str) -> None:
    assert advice in refused(library, tool, **arguments)


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("search", {"limit": 0, "kind": "letter"}, "kind: it is \"letter\"; give 'article', 'quote', 'figure' or "
         "'commitment'; limit: it is 0; give 1 or more"),
        ("changes", {"since": "yesterday"}, 'since: it is "yesterday"; give a day, such as 2031-05-04, or a time, such '
         "as 2031-05-04T08:00:00Z"),
        ("story", {}, "story: it is missing; give it"),
        ("ledger", {"limit": "many"}, 'limit: it is "many"; give a whole number in digits'),
        ("brief", {"reports": [{"text": "x"}]}, "reports[0].outlet: it is missing; give it"),
        ("entry", {"entry": "none"}, "no entry none; take an id from the tool ledger"),
    ],
)  # fmt: skip
def test_arguments_are_refused_in_one_plain_line(
    library: Library, tool: str, arguments: dict[str, Any], words: str
) -> None:
    assert refused(library, tool, **arguments) == words


def test_a_crash_keeps_its_words_to_the_log(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise KeyError("secret")

    monkeypatch.setattr(Library, "store", broken)
    assert refused(library, "stories") == "Error executing tool stories"


def test_search_without_words_lists_what_the_filters_admit(library: Library) -> None:
    _, data = told(library, "search", outlet="Courier", kind="article")
    assert data["hits"]


def test_a_store_that_is_not_there_is_an_error_of_the_tool(tmp_path: Path) -> None:
    assert "the store cannot be read" in refused(Library(str(tmp_path / "none.db")), "stories")


def test_half_a_character_reaches_no_wire() -> None:
    from arrivals import article, keep

    library = Library("memory:")
    library._store = open_store("memory:")
    with library.store() as store:
        keep(store, article("odd", "Half a \ud83d character."))
    _, data = told(library, "passage", article="odd")
    assert data["text"] == "Half a \ufffd character."
    library.close()


def test_a_part_has_one_line_at_least() -> None:
    assert part(["x" * 50, "y"], 0, 10) == ("x" * 50, 1)
    assert part(["a", "b", "c"], 1, 100) == ("b\nc", None)
    assert part([], 0, 100) == ("", None)
    assert part(["a"], 7, 100) == ("", None)


def test_briefing_lines_are_bounded() -> None:
    assert max(map(len, briefing_lines(ferry()))) < 3_000


# as a process ---------------------------------------------------------------------------------------------------------


def test_it_serves_over_standard_input_and_output(store: Path) -> None:
    async def run() -> tuple[str, dict[str, Any]]:
        command = StdioServerParameters(command=sys.executable, args=["-m", "accord", "mcp", "--store", str(store)])
        async with Client(stdio_client(command)) as client:
            answer = await client.call_tool("search", {"words": "hurt"})
            return answer.content[0].text, answer.structured_content

    words, data = anyio.run(run)
    assert "Nobody was hurt" in words
    assert data["hits"]


def test_nothing_but_the_protocol_is_written_to_standard_output(store: Path) -> None:
    params = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
    asked = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "stories", "arguments": {}}},
        {"jsonrpc": "2.0", "id": 3, "method": "nothing/at/all"},
    ]
    done = subprocess.run(
        [sys.executable, "-m", "accord", "mcp", "--store", str(store)],
        input="".join(json.dumps(one) + "\n" for one in asked) + "no JSON\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert {one["jsonrpc"] for one in answers} == {"2.0"}
    assert {1, 3} <= {one.get("id") for one in answers}
    assert done.returncode == 0


def test_a_store_that_is_not_there_ends_it_with_advice(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "accord", "mcp", "--store", str(tmp_path / "none.db")],
        input="",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "none.db" in done.stderr


def test_it_starts_without_models(store: Path) -> None:
    code = (
        "import sys; from accord.mcp.library import Library; from accord.mcp.server import create_server; "
        f"create_server(Library({str(store)!r})); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert not {"numpy", "onnxruntime", "spacy", "fastapi", "sqlalchemy"} & set(done.stdout.split())
