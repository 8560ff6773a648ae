"""A server whose tools refuse in plain words: one line that says which argument, what is wrong, and what to give."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from accord.web.faults import fault, place

if TYPE_CHECKING:
    from mcp.server.mcpserver import Context, MCPServer
    from mcp_types import CallToolResult, InputRequiredResult

_MOST_FAULTS = 10


def plain_server(name: str, **given: Any) -> MCPServer[Any]:
    """Return the SDK's server, which by itself would answer with pydantic's own report of several lines."""
    from mcp.server.mcpserver import MCPServer
    from mcp.server.mcpserver.exceptions import ToolError, UnexpectedToolError

    class PlainServer(MCPServer[Any]):
        async def call_tool(
            self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
        ) -> CallToolResult | InputRequiredResult:
            try:
                return await super().call_tool(name, arguments, context)
            except UnexpectedToolError:
                raise  # a crash, whose trace the SDK logs
            except ToolError as error:
                cause = error.__cause__
                if isinstance(cause, ValidationError):
                    raise ToolError(told(cause)) from cause
                if isinstance(cause, ToolError):
                    raise ToolError(str(cause)) from cause  # without "Error executing tool" before it
                raise

    return PlainServer(name, **given)


def told(error: ValidationError) -> str:
    """Return what is wrong with arguments: "limit: it is 500; give 50 or less"."""
    found = error.errors(include_url=False)[:_MOST_FAULTS]
    return "; ".join(f"{place(one['loc'])}: {fault(one)}" for one in found)
