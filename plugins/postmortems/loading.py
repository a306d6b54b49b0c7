"""A knowledge base as its site shows it: read, checked and analysed, with what its data files are made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from postmortems.model.corpus import Corpus
from postmortems.model.postmortem import Postmortem
from postmortems.pipeline import run_pipeline
from postmortems.read.corpus import OnProgress
from postmortems.read.mounts import path_below
from postmortems.read.settings_file import Project
from postmortems.read.store import open_store
from postmortems.render.base.addresses import Addresses
from postmortems.render.base.context import PageContext
from postmortems.render.data.data_context import DataContext
from postmortems.results import Run
from postmortems.text.spelling import did_you_mean, listed

_LISTED = 10


class NoSuchPostmortemError(Exception):
    """A name that names no postmortem, several, or one that cannot be read; the text says what to do or why."""


@dataclass(frozen=True, slots=True)
class LoadedProject:
    """Knowledge base as read, and the data of its site's files.

    `checked` is everything that was read; `run` is without what MkDocs leaves out of the site.
    """

    project: Project
    checked: Run
    run: Run
    data_context: DataContext


def loaded_project(project: Project, today: date | None = None, progress: OnProgress | None = None) -> LoadedProject:
    """Read, check and analyse a knowledge base, with the store of its earlier runs."""
    store = open_store(project.config.parent)
    read_by = (store, project.catalogue, project.exclusions, project.site)
    checked = run_pipeline(project.docs, project.settings, today, progress, *read_by, drops_texts=bool(store))
    store.close()
    run = checked.without(checked.corpus.left_out.keys())
    addresses = Addresses(project.directory_urls, folder=project.settings.folder)
    context = PageContext(run.corpus, run.analysis, run.settings, addresses)
    data_context = DataContext(context, project.site_name, project.site_url, project.repo_url)
    return LoadedProject(project, checked, run, data_context)


def postmortem_named(name: str, loaded: LoadedProject) -> Postmortem:
    """The postmortem with an id, a unique part of one, or a file or folder; NoSuchPostmortemError where none is."""
    corpus = loaded.run.corpus
    if found := corpus.by_id.get(name.strip("/")) or _at_path(name, loaded):
        return found
    part = name.strip("/ ").casefold()
    matching = sorted(identity for identity in corpus.by_id if part and part in identity.casefold())
    if len(matching) != 1:
        raise NoSuchPostmortemError(_which(name, matching, corpus))
    return corpus.by_id[matching[0]]


def content_named(name: str, loaded: LoadedProject) -> Postmortem:
    """The same; NoSuchPostmortemError also where its file could not be read.

    Of an unread file everything is unknown, and "no action items" would be untrue.
    """
    postmortem = postmortem_named(name, loaded)
    for problem in postmortem.problems:
        if problem.rule == "unreadable-file":
            raise NoSuchPostmortemError(f"{postmortem.id} cannot be read: {problem.message}")
    return postmortem


def _which(name: str, matching: list[str], corpus: Corpus) -> str:
    """Message on a name that names no postmortem, and which may be meant."""
    if matching:
        more = f" and {len(matching) - _LISTED} more" if len(matching) > _LISTED else ""
        return f'"{name}" matches several ids: {listed(matching[:_LISTED])}{more}'
    by_slug = {identity.rpartition("/")[2]: identity for identity in corpus.by_id}
    hint = did_you_mean(name, [*corpus.by_id, *by_slug]) or "`postmortems list` lists all ids"
    return f'no postmortem has the id "{name}" or a part of it; {hint}'


def _at_path(name: str, loaded: LoadedProject) -> Postmortem | None:
    try:
        inside = path_below(loaded.project.docs, Path(name).resolve())
    except (ValueError, OSError):
        return None
    if inside is None:
        return None
    by_path = loaded.run.corpus.by_path
    return by_path.get(inside) or by_path.get(f"{inside}/postmortem.md")
