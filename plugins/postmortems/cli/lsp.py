"""`postmortems lsp`: the language server, which an editor starts."""

from __future__ import annotations

import click

from postmortems.cli.entry import importing
from postmortems.cli.project import refuse

_LIBRARIES = ("pygls", "lsprotocol", "cattrs", "attr", "attrs")


@click.command("lsp")
@click.option("--stdio", is_flag=True, hidden=True, help="What most editors add; there is no other way.")
def command(stdio: bool) -> None:
    """Run the language server for an editor, on stdin and stdout.

    It shows findings while you type, completes, explains and fixes. Needs the extra `lsp`.

    \b
    Examples:
      postmortems lsp
    """
    try:
        with importing():
            from postmortems.desk.language_server.server import make_server
            from postmortems.desk.language_server.transport import leave, run
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _LIBRARIES:
            raise
        refuse("the language server needs pygls: pip install 'mkdocs-postmortems[lsp]'")
    leave(run(make_server()))
