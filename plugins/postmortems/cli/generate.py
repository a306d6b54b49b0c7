"""`postmortems generate --out DIR`: the site as Markdown, for builders that cannot load the plugin."""

from __future__ import annotations

from pathlib import Path

import click

from postmortems.cli.generating import generate, opened
from postmortems.cli.project import config_option


@click.command("generate")
@click.option(
    "--out",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    required=True,
    help="Folder to write into, outside the docs folder.",
)
@click.option("--strict", is_flag=True, help="Also end at warnings of the check and of MkDocs.")
@config_option
def command(folder: Path, strict: bool, config: Path | None) -> None:
    """Write every page as Markdown with front matter, with pictures, data files and a configuration.

    The pages are checked and rendered as `mkdocs build` does, with all plugins; if the check fails, nothing is written.
    DIR is new, empty, or from an earlier run, whose files alone are replaced or removed.

    Exit codes: 0 written; 1 the check failed; 2 invalid usage or settings.

    \b
    Examples:
      postmortems generate --out build/pages
      postmortems generate --out build/pages --strict
    """
    generate(*opened(config, folder), strict=strict)
