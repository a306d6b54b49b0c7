"""Words that a shell completes: ids, rules and settings, patterns, services, owners and severities.

Nothing is said while somebody types: where the knowledge base cannot be read, there is nothing to complete.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import redirect_stderr, suppress
from io import StringIO
from pathlib import Path

import click

from postmortems.check.registry import RULES
from postmortems.cli.knowledge import load_project
from postmortems.cli.project import open_project
from postmortems.model.front_matter import DetectedBy, IncidentKind, Status
from postmortems.read.files import Tree, list_files
from postmortems.read.postmortem import postmortem_id
from postmortems.read.settings_file import Project
from postmortems.settings import Settings

Complete = Callable[[click.Context, click.Parameter, str], list[str]]


def _completing(words: Callable[[click.Context], Iterable[str]]) -> Complete:
    """Return what click calls with the beginning of a word, made of a function that gives all words."""

    def complete(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
        found: Iterable[str] = ()
        with redirect_stderr(StringIO()), suppress(SystemExit, OSError):
            found = words(context)
        return [word for word in found if word.casefold().startswith(incomplete.casefold())]

    return complete


def _config(context: click.Context) -> Path | None:
    named = context.params.get("config")
    return named if isinstance(named, Path) else None


def _project(context: click.Context) -> tuple[Project, Tree]:
    project = open_project(_config(context))
    return project, list_files(project.docs)


def _ids(context: click.Context) -> list[str]:
    project, tree = _project(context)
    found = (postmortem_id(path, project.settings.folder) for path in tree.postmortems(project.settings))
    return sorted(found, reverse=True)


def _patterns(context: click.Context) -> list[str]:
    project, tree = _project(context)
    return [Path(path).stem for path in tree.patterns(project.settings)]


def _services(context: click.Context) -> list[str]:
    analysis = load_project(_config(context), None).run.analysis
    return sorted(service.name for service in analysis.services.values())


def _owners(context: click.Context) -> list[str]:
    analysis = load_project(_config(context), None).run.analysis
    return sorted(owner.name for owner in analysis.owners.values())


def _search_words(context: click.Context) -> list[str]:
    """Titles of patterns are sentences; aliases, signals and services are what somebody begins to type."""
    run = load_project(_config(context), None).run
    told = {name for pattern in run.corpus.patterns for name in (*pattern.aliases, *pattern.signals)}
    return sorted({*told, *(service.name for service in run.analysis.services.values())})


complete_ids = _completing(_ids)
complete_patterns = _completing(_patterns)
complete_services = _completing(_services)
complete_owners = _completing(_owners)
complete_search_words = _completing(_search_words)
complete_severities = _completing(lambda context: _project(context)[0].settings.severities)
complete_statuses = _completing(lambda _context: list(Status))
complete_languages = _completing(lambda context: _project(context)[0].settings.languages)
complete_detectors = _completing(lambda _context: list(DetectedBy))
complete_kinds = _completing(lambda _context: list(IncidentKind))
complete_rules_and_settings = _completing(
    lambda _context: [*(rule.name for rule in RULES), *(rule.code for rule in RULES), *Settings.model_fields]
)
