"""A knowledge base that has been read and analysed, for the commands that show what it says."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from postmortems.check.baseline import compare
from postmortems.cli.baseline import known_findings
from postmortems.cli.progress import shown_progress
from postmortems.cli.project import open_project
from postmortems.cli.streams import say
from postmortems.model.diagnostic import Level
from postmortems.pipeline import Run, run_pipeline
from postmortems.read.settings_file import Project
from postmortems.read.store import open_store
from postmortems.render.base.addresses import Addresses
from postmortems.render.base.context import PageContext
from postmortems.render.data.data_context import DataContext
from postmortems.text.spelling import count_words


@dataclass(frozen=True, slots=True)
class LoadedProject:
    """Knowledge base as read, and the data of its site's files."""

    project: Project
    run: Run
    data_context: DataContext


def load_project(config: Path | None, today: datetime.date | None) -> LoadedProject:
    """Read and analyse the knowledge base that a command is about; ends it with exit code 2 where there is none.

    What the check finds wrong is no reason to show nothing, and is counted on stderr: a value that could not be read is
    missing from the figures.
    """
    project = open_project(config)
    store = open_store(project.config.parent)
    with shown_progress("Reading") as progress:
        run = run_pipeline(
            project.docs, project.settings, today, progress, store, project.catalogue, project.exclusions, project.site
        )
    store.close()
    diagnostics = run.diagnostics
    if project.baseline:
        diagnostics = compare(run.report(), known_findings(project.baseline)).new
    errors = sum(diagnostic.level is Level.ERROR for diagnostic in diagnostics)
    if errors:
        say(f"{count_words(errors, 'error')}; `postmortems check` lists them")
    if left_out := [postmortem for postmortem in run.corpus.postmortems if postmortem.path in run.corpus.left_out]:
        what = count_words(len(left_out), "postmortem")
        say(f"without {what} that MkDocs leaves out of the site; see PM904 of the check")
        run = run.without(run.corpus.left_out.keys())
    context = PageContext(
        run.corpus,
        run.analysis,
        run.settings,
        Addresses(project.directory_urls, folder=project.settings.folder),
    )
    return LoadedProject(project, run, DataContext(context, project.site_name, project.site_url, project.repo_url))
