"""The MCP server: search, stories, quotes, the ledger and briefings as tools for assistants."""
