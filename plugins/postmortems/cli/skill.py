"""`postmortems skill`: instructions for a coding agent that is to write postmortems."""

from __future__ import annotations

from importlib.resources import files

import click

from postmortems.cli.streams import print_whole


@click.command("skill")
def command() -> None:
    """Print a skill file for coding agents: how to write, import and check postmortems, and what never to invent.

    \b
    Examples:
      postmortems skill > .agents/skills/postmortems/SKILL.md
    """
    print_whole(files("postmortems.desk").joinpath("skill.md").read_bytes())
