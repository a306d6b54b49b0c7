"""`postmortems schema`: the JSON Schemas of what authors write and of what the site publishes."""

from __future__ import annotations

from pathlib import Path

import click

from postmortems.cli.knowledge import load_project
from postmortems.cli.project import config_option, refuse
from postmortems.cli.streams import print_whole
from postmortems.render.data.files import schema_files
from postmortems.text.spelling import did_you_mean, listed


@click.command("schema")
@click.argument("name", default="postmortem")
@config_option
def command(name: str, config: Path | None) -> None:
    """Print a JSON Schema (default: the front matter, with this knowledge base's severities and patterns).

    NAME is another schema of the site's folder schema/: index, postmortems, actions, metrics and others.

    \b
    Examples:
      postmortems schema > postmortem.schema.json
      postmortems schema actions
    """
    files = schema_files(load_project(config, None).data_context)
    schemas = {Path(file).name.removesuffix(".schema.json"): make for file, make in files.items()}
    if name not in schemas:
        hint = did_you_mean(name, schemas) or f"there are {listed(sorted(schemas))}"
        refuse(f'no schema has the name "{name}"; {hint}')
    print_whole(schemas[name]().encode())
