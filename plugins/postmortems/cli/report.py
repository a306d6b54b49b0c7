"""`postmortems report`: what merging this change would do, for the pull request."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from postmortems.analyse.merging import additions
from postmortems.check.baseline import compare
from postmortems.check.selection import of_changes
from postmortems.cli.baseline import known_findings
from postmortems.cli.changes import changed_since_option, read_changes
from postmortems.cli.progress import shown_progress
from postmortems.cli.project import config_option, open_project, refuse, today_option
from postmortems.cli.streams import print_whole
from postmortems.pipeline import run_pipeline
from postmortems.read.store import open_store
from postmortems.report.change_card import Change
from postmortems.report.change_report import change_report
from postmortems.settings import Completeness


@click.command("report")
@changed_since_option
@click.option("--strict", is_flag=True, help="Treat warnings as blocking, as `check --strict` does.")
@today_option
@config_option
def command(changed_since: str | None, strict: bool, today: datetime.date | None, config: Path | None) -> None:
    """Summarise a change in Markdown. For each changed postmortem: key facts, blocking findings, effect on patterns and
    services, similar incidents, and questions for the reviewer.

    Exit codes: 0 whatever it finds, since `postmortems check` is the gate; 2 invalid usage or settings.

    \b
    Examples:
      postmortems report --changed-since origin/main
      postmortems report --changed-since origin/main --strict >> "$GITHUB_STEP_SUMMARY"
    """
    if changed_since is None:
        refuse("report needs --changed-since REF: the target branch, such as origin/main")
    project = open_project(config)
    changes = read_changes(changed_since, project)
    assert changes is not None
    store = open_store(project.config.parent)
    with shown_progress("Reading") as progress:
        run = run_pipeline(
            project.docs, project.settings, today, progress, store, project.catalogue, project.exclusions, project.site
        )
    store.close()
    if run.nothing_found:
        refuse(run.nothing_found)
    report = run.report()
    diagnostics = report.diagnostics
    if project.baseline:
        diagnostics = compare(report, known_findings(project.baseline)).new
    corpus = run.corpus
    found = of_changes(diagnostics, changes)
    removed = [
        path for path in sorted(changes.removed) if path.startswith((f"{project.settings.folder}/", "patterns/"))
    ]
    change = Change(
        additions=additions(changes.of(corpus.postmortems), run.analysis),
        patterns=[pattern.id for pattern in corpus.patterns if pattern.path in changes.paths],
        removed=[report.repository_path(path) for path in removed],
        diagnostics=found,
        shown={
            path: report.repository_path(path)
            for path in {diagnostic.place.path for diagnostic in found} | set(corpus.by_path)
        },
        pattern_pages=corpus.pattern_by_id,
        today=run.today,
        window=project.settings.repeat_window,
        strict=strict,
        is_sample=project.settings.corpus is Completeness.SAMPLE,
        note=changes.note,
    )
    print_whole(run.masking.markdown(change_report(change)).encode("utf-8", "surrogateescape"))
