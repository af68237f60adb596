"""The tools of `nemo` for AI agents: a Model Context Protocol server over stdio.

Only `_server` needs the official ``mcp`` package; the tools themselves are functions like the
commands, over the same `projects`, with the same JSON documents.
"""
