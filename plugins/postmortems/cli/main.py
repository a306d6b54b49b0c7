"""The command `postmortems`. Each subcommand is a module of its own, imported only when it is asked for."""

from __future__ import annotations

from importlib import import_module

import click

from postmortems import __version__

_COMMANDS = {
    "actions": "List action items, the most urgent first.",
    "check": "Check postmortems and patterns, and say what is wrong with file and line.",
    "explain": "Print the page of a rule.",
    "export": "Write the site's data files into a folder.",
    "fmt": "Write times, checkboxes and timelines in one form.",
    "list": "List postmortems, newest first.",
    "metrics": "Print the figures of all incidents.",
    "new": "Begin a postmortem from the template.",
    "report": "Say in Markdown what merging a change would do.",
    "schema": "Print the JSON Schema of the front matter, or of a data file.",
    "show": "Show one postmortem.",
}


class _Commands(click.Group):
    """The subcommands by name, without importing any of them to list them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command = import_module(f"postmortems.cli.{cmd_name}").command
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
      postmortems new "Checkout latency" --started 2026-11-20T14:23Z --severity SEV2
      postmortems check
      postmortems check docs/postmortems/2026/03-checkout-latency/postmortem.md
      postmortems check --fix
      postmortems fmt --diff
      postmortems explain missing-section
    """
