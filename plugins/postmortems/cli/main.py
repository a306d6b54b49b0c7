"""The command `postmortems`. Each subcommand is a module of its own, imported only when it is asked for."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from keyword import iskeyword
from typing import Any

import click

from postmortems import __version__
from postmortems.cli.entry import INTERRUPTED, raise_from_now_on

_COMMANDS = {
    "actions": "List action items, the most urgent first.",
    "agenda": "Print the agenda of a review meeting, minute by minute.",
    "build": "Build the site with another program than MkDocs.",
    "check": "Check postmortems and patterns; report problems with file and line.",
    "exercise": "Make an exercise from an incident, to practise with.",
    "explain": "Explain a rule or a setting.",
    "export": "Write the site's data files into a folder.",
    "fmt": "Format times, checkboxes and timelines consistently.",
    "generate": "Write every page as Markdown, for other builders.",
    "import": "Import existing incident records as postmortems.",
    "init": "Create a knowledge base, or add one to an existing site.",
    "list": "List postmortems, newest first.",
    "lsp": "Run the language server for an editor.",
    "mcp": "Answer an assistant's questions (Model Context Protocol).",
    "metrics": "Print metrics for all incidents.",
    "new": "Create a postmortem from the template.",
    "publish": "Set a postmortem's status to published, with the date.",
    "remind": "List each owner's overdue and due-soon action items, for an issue or a chat.",
    "report": "Summarise in Markdown what merging a change would do.",
    "search": "Search patterns and postmortems: have we seen this before?",
    "schema": "Print the JSON Schema of the front matter, or of a data file.",
    "sync": "Bring action items up to date with a tracker's export.",
    "serve": "Preview the site with another program than MkDocs.",
    "show": "Show one postmortem.",
    "skill": "Print a skill file for coding agents.",
}


class _Commands(click.Group):
    """The subcommands by name, without importing any of them to list them."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command, and end with its exit code; what cannot be done is one line on stderr, and no traceback."""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode, **extra)
        from postmortems.cli.streams import OutputError, keep_numbers, say, tell

        keep_numbers()
        try:
            code = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        except click.UsageError as error:
            if error.ctx is not None:
                tell(*error.ctx.get_usage().split("\n"))
                tell(f"Try '{error.ctx.command_path} {error.ctx.help_option_names[0]}' for help.", "")
            # Click writes the choices of an option below each other.
            tell(f"Error: {error.format_message()}".replace("\n\t", " "))
            code = error.exit_code
        except click.ClickException as error:
            tell(f"Error: {error.format_message()}")
            code = error.exit_code
        except click.Abort:
            say("interrupted")
            code = INTERRUPTED
        except OutputError as error:
            say(str(error))
            code = 2
        except OSError as error:
            say(f"{error.filename or 'stdout'}: {error.strerror or type(error).__name__}")
            code = 2
        sys.exit(code if isinstance(code, int) else 0)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command = import_module(f"postmortems.cli.{module}").command
        raise_from_now_on()
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, _COMMANDS[name]) for name in self.list_commands(ctx)])


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="%(prog)s %(version)s")
def main() -> None:
    """A postmortem knowledge base: write, check and publish postmortems kept in git.

    \b
    Examples:
      postmortems init handbook
      postmortems new "Checkout latency" --started 2026-11-20T14:23Z --severity SEV2
      postmortems check
      postmortems check docs/postmortems/2026/03-checkout-latency/postmortem.md
      postmortems check --fix
      postmortems fmt --diff
      postmortems explain missing-section
    """
