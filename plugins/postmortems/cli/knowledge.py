"""A knowledge base that has been read and analysed, for the commands that show what it says."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from postmortems.check.baseline import compare
from postmortems.cli.baseline import known_findings
from postmortems.cli.progress import shown_progress
from postmortems.cli.project import open_project, refuse
from postmortems.cli.streams import say
from postmortems.model.corpus import Corpus
from postmortems.model.diagnostic import Level
from postmortems.model.postmortem import Postmortem
from postmortems.pipeline import Run, run_pipeline
from postmortems.read.settings_file import Project
from postmortems.read.store import open_store
from postmortems.render.base.addresses import Addresses
from postmortems.render.base.context import PageContext
from postmortems.render.data.data_context import DataContext
from postmortems.text.spelling import count_words, did_you_mean, listed

_LISTED = 10


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
        say(f"{count_words(errors, 'error')}: run `postmortems check`")
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


def named_postmortem(name: str, knowledge: LoadedProject) -> Postmortem:
    """The postmortem that is meant; ends the command with exit code 2 where none is, or more than one may be."""
    corpus = knowledge.run.corpus
    if found := corpus.by_id.get(name.strip("/")) or _at_path(name, knowledge):
        return found
    part = name.strip("/ ").casefold()
    matching = sorted(identity for identity in corpus.by_id if part and part in identity.casefold())
    if len(matching) != 1:
        refuse(_which(name, matching, corpus))
    return corpus.by_id[matching[0]]


def _which(name: str, matching: list[str], corpus: Corpus) -> str:
    """Message on a name that names no postmortem, and which may be meant."""
    if matching:
        more = f" and {len(matching) - _LISTED} more" if len(matching) > _LISTED else ""
        return f'"{name}" matches several ids: {listed(matching[:_LISTED])}{more}'
    by_slug = {identity.rpartition("/")[2]: identity for identity in corpus.by_id}
    hint = did_you_mean(name, [*corpus.by_id, *by_slug]) or "`postmortems list` lists all ids"
    return f'no postmortem has the id "{name}" or a part of it; {hint}'


def _at_path(name: str, knowledge: LoadedProject) -> Postmortem | None:
    try:
        inside = Path(name).resolve().relative_to(knowledge.project.docs.resolve()).as_posix()
    except (ValueError, OSError):
        return None
    by_path = knowledge.run.corpus.by_path
    return by_path.get(inside) or by_path.get(f"{inside}/postmortem.md")
