"""`postmortems mcp`: the server of the Model Context Protocol, which an assistant starts."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from postmortems.cli.entry import importing
from postmortems.cli.project import config_option, open_project, refuse, today_option

_LIBRARIES = ("anyio", "mcp", "mcp_types")


@click.command("mcp")
@today_option
@config_option
def command(today: datetime.date | None, config: Path | None) -> None:
    """Answer an assistant's questions, on stdin and stdout (Model Context Protocol).

    Read only and offline: find_similar, get_postmortem, pattern, open_actions, check. Needs the extra `mcp`.

    \b
    Examples:
      postmortems mcp --config handbook/mkdocs.yml
    """
    project = open_project(config)
    try:
        with importing():
            from postmortems.desk.mcp_server.server import make_server
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _LIBRARIES:
            raise
        refuse("the server for assistants needs the MCP SDK: pip install 'mkdocs-postmortems[mcp]'")
    make_server(project.config.absolute(), today).run("stdio")
