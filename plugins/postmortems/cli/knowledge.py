"""A knowledge base that has been read and analysed, for the commands that show what it says."""

from __future__ import annotations

import datetime
from pathlib import Path

from postmortems.check.baseline import compare
from postmortems.cli.baseline import known_findings
from postmortems.cli.progress import shown_progress
from postmortems.cli.project import open_project, refuse
from postmortems.cli.streams import say
from postmortems.loading import (
    LoadedProject,
    NoSuchPostmortemError,
    content_named,
    loaded_project,
    postmortem_named,
)
from postmortems.model.diagnostic import Level
from postmortems.model.postmortem import Postmortem
from postmortems.text.spelling import count_words


def load_project(config: Path | None, today: datetime.date | None) -> LoadedProject:
    """Read and analyse the knowledge base that a command is about; ends it with exit code 2 where there is none.

    What the check finds wrong is no reason to show nothing, and is counted on stderr: a value that could not be read is
    missing from the figures.
    """
    project = open_project(config)
    with shown_progress("Reading") as progress:
        loaded = loaded_project(project, today, progress)
    diagnostics = loaded.checked.diagnostics
    if project.baseline:
        diagnostics = compare(loaded.checked.report(), known_findings(project.baseline)).new
    errors = sum(diagnostic.level is Level.ERROR for diagnostic in diagnostics)
    if errors:
        say(f"{count_words(errors, 'error')}: run `postmortems check`")
    if left_out := len(loaded.checked.corpus.postmortems) - len(loaded.run.corpus.postmortems):
        what = count_words(left_out, "postmortem")
        say(f"without {what} that MkDocs leaves out of the site; see PM904 of the check")
    return loaded


def named_postmortem(name: str, knowledge: LoadedProject) -> Postmortem:
    """The postmortem that is meant; ends the command with exit code 2 where none is, or more than one may be."""
    try:
        return postmortem_named(name, knowledge)
    except NoSuchPostmortemError as error:
        refuse(str(error))


def named_content(name: str, knowledge: LoadedProject) -> Postmortem:
    """The same; ends the command also where its file could not be read."""
    try:
        return content_named(name, knowledge)
    except NoSuchPostmortemError as error:
        refuse(str(error))
