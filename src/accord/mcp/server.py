"""Makes the MCP server and runs it over standard input and output."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accord import __version__

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

    from accord.mcp.library import Library

INSTRUCTIONS = """\
accord reads news reports of one event against each other and says what they agree on, where they differ, who said \
what and what was promised. It never says who is right: a dispute is told with its sides.
Rely on what the tools give and cite it: outlet, day and address of the report, with its exact words. "agreed" means \
that two independent origins or more carry it; five outlets that print one agency's text are one origin. "one origin \
only" is unconfirmed, however many outlets print it. Begin with search or stories, read a story, then its findings; \
check words with passage before you quote them. Answers are cut to size: where there is more, ask again with offset."""


def create_server(library: Library) -> MCPServer[Any]:
    """Return the server over the store of `library`."""
    from mcp.server.mcpserver.exceptions import ResourceNotFoundError
    from mcp_types import ToolAnnotations

    from accord.mcp.plain import plain_server
    from accord.mcp.tools import TOOLS, Tools

    server = plain_server("accord", title="accord", version=__version__, instructions=INSTRUCTIONS, log_level="WARNING")
    tools = Tools(library)
    for name in TOOLS:
        hints = ToolAnnotations(
            title=name, read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
        )
        server.add_tool(getattr(tools, name), name=name, annotations=hints)

    @server.resource("accord://stories", name="stories", mime_type="text/markdown")
    def stories() -> str:
        """The latest stories."""
        return _stories(library)

    @server.resource("accord://stories/{story}", name="story", mime_type="text/markdown")
    def story(story: str) -> str:
        """The briefing of a story, corrections applied."""
        found = _story(library, story)
        if found is None:
            raise ResourceNotFoundError(f"no story {story} is held, or it has not been briefed so far")
        return found

    return server


def run(library: Library) -> None:
    """Serve until standard input ends."""
    create_server(library).run("stdio")


def _stories(library: Library) -> str:
    from accord.mcp import lines, making

    with library.store() as store:
        found = [making.story(line) for line in store.stories(limit=50)]
    return "\n".join(lines.stories(found)) + "\n"


def _story(library: Library, identity: str) -> str | None:
    from accord.renderers import render
    from accord.upkeep.correcting import corrected

    with library.store() as store:
        line = store.story(identity)
        found = corrected(store, line.id) if line is not None else None
    return None if found is None else render(found.briefing, "markdown").encode("utf-8", "replace").decode()
