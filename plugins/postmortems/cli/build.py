"""`postmortems build --with zensical`: the site, made by another builder than MkDocs."""

from __future__ import annotations

import subprocess
from pathlib import Path

import click

from postmortems.cli.generating import command_of, generate, opened, out_option, with_option
from postmortems.cli.project import config_option
from postmortems.cli.streams import print_lines, say
from postmortems.text.terminal import escape_controls


@click.command("build")
@with_option
@out_option
@click.option("--strict", is_flag=True, help="Also end at warnings of the check, of MkDocs and of the builder.")
@config_option
def command(builder: str, folder: Path | None, strict: bool, config: Path | None) -> None:
    """Check the knowledge base, generate its pages (`postmortems generate`), and build the site with another program.

    The site lies in DIR/site.

    Exit codes: 0 built; 1 the check or the builder failed; 2 invalid usage or settings.

    \b
    Examples:
      postmortems build --with zensical
      postmortems build --with zensical --out public --strict
    """
    project, target = opened(config, folder)
    line = command_of(builder, "build", target)
    generate(project, target, strict=strict)
    code = subprocess.run([*line, *(["--strict"] if strict else [])], check=False).returncode  # noqa: S603
    if code:
        say(f"{builder} ended with code {code}; the site is not complete")
        raise SystemExit(1)
    print_lines(f"{escape_controls(str(target / 'site'))}: the site")
