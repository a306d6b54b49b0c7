"""The option `--changed-since`, which several commands share."""

from __future__ import annotations

import click

from postmortems.cli.project import refuse
from postmortems.cli.streams import say
from postmortems.model.changes import CHANGED_SINCE, Changes
from postmortems.read.changes import ChangesError, changes_since
from postmortems.read.settings_file import Project

changed_since_option = click.option(
    "--changed-since",
    metavar="REF",
    envvar=CHANGED_SINCE,
    help="Report only on files changed since REF, such as origin/main; everything is still read. "
    f"{CHANGED_SINCE} in the environment does the same, also for `mkdocs build`.",
)


def read_changes(ref: str | None, project: Project) -> Changes | None:
    """Read the changes since a commit, None if none is given; exits with code 2 if git fails."""
    if ref is None:
        return None
    try:
        changes = changes_since(ref, project.docs, project.settings.folder)
    except ChangesError as error:
        refuse(f"--changed-since: {error}")
    if changes.note:
        say(f"--changed-since: {changes.note}")
    return changes
