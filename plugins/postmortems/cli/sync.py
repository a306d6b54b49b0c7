"""`postmortems sync FILE`: action items brought up to date with what a tracker exported."""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import urlsplit

import click

from postmortems.adopt.exports.json_file import LARGEST
from postmortems.adopt.tickets.export import TicketExport, TicketExportError, read_tickets
from postmortems.analyse.ticket_states import Outcome, TicketComparison, compare_with_tickets
from postmortems.cli.data_format import put
from postmortems.cli.fixing import print_diff, write_fixed
from postmortems.cli.knowledge import load_project
from postmortems.cli.project import config_option, refuse
from postmortems.cli.streams import print_lines, say, tell
from postmortems.cli.synced_files import SyncedFiles, synced_files
from postmortems.loading import LoadedProject
from postmortems.read.opening import open_regular, reason_of
from postmortems.render.data.ticket_sync import sync_json
from postmortems.render.words.tickets import change_words, finding_words
from postmortems.text.spelling import count_words
from postmortems.text.terminal import escape_controls

_MOST_FINDINGS = 30
_UNCHANGED = {
    Outcome.AGREES: "agree",
    Outcome.OPEN_TICKET: "closed with an open ticket",
    Outcome.CONTRADICTION: "contradict their ticket",
    Outcome.SEVERAL_STATES: "with tickets of several states",
    Outcome.UNKNOWN_STATE: "with a ticket in an unknown state",
    Outcome.AMBIGUOUS: "with an ambiguous number",
    Outcome.NOT_IN_EXPORT: "not in this export",
    Outcome.OTHER_TRACKER: "of another tracker or repository",
    Outcome.UNREADABLE: "with a ticket that cannot be read",
    Outcome.IN_TEXT: "with a ticket in the text alone, which --in-text compares",
    Outcome.NO_TICKET: "without a ticket",
}


@click.command("sync")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, allow_dash=True, readable=False))
@click.option("--write", is_flag=True, help="Change the files; without it, a diff on stdout shows what would change.")
@click.option(
    "--repository",
    metavar="ORG/REPO",
    default="",
    help="The repository that numbers such as #12 belong to (default: that of repo_url, else the export's only one).",
)
@click.option(
    "--in-text",
    is_flag=True,
    help="Take the only ticket that an item names in its text, as a link, for its own if it has none.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Output format: text (default), or json with every change and finding.",
)
@config_option
def command(file: Path, write: bool, repository: str, in_text: bool, form: str, config: Path | None) -> None:
    """Bring action items up to date with FILE, an export of their tracker; - is stdin.

    An open item whose ticket is closed becomes done on that day, or is dropped with the ticket's reason; an item that
    is done gets the day that it lacks. Contradictions are listed and never changed. FILE is JSON of `gh`, `glab` or a
    Jira search, or CSV of Jira or GitLab. Nothing is asked of the network.

    \b
    Exit codes: 0 whatever is found; 2 invalid usage, a file that cannot be read, or one that cannot be written.

    \b
    Examples:
      gh issue list --state all --limit 1000 --json number,state,stateReason,closedAt,url,title > issues.json
      postmortems sync issues.json
      postmortems sync issues.json --write
      postmortems sync Jira.csv --format json
    """
    data = _read(file)
    knowledge = load_project(config, None)
    if knowledge.run.nothing_found:
        refuse(knowledge.run.nothing_found)
    try:
        export = read_tickets(file.name, data, knowledge.project.settings, repository)
    except TicketExportError as error:
        refuse(f"{file}: {error}")
    own = repository or urlsplit(knowledge.project.repo_url).path.strip("/").removesuffix(".git")
    analysis = knowledge.run.analysis
    actions = [action for postmortem in analysis.postmortems for action in analysis.actions_of(postmortem)]
    comparison = compare_with_tickets(actions, export.tickets, own, in_text=in_text)
    files = synced_files(comparison.changes, knowledge.run)
    if write:
        done, problems = write_fixed(knowledge.project.docs, files.files, knowledge.run.report().shown)
        files.written.update(file.path for file in done)
    else:
        problems = []
    if form == "json":
        put("json", {"json": lambda: _json(comparison, export, files, knowledge)})
    else:
        _print(comparison, export, files, knowledge, write=write)
    if problems:
        refuse(*problems)


def _read(file: Path) -> bytes:
    try:
        if str(file) == "-":
            return sys.stdin.buffer.read(LARGEST + 1)
        with open_regular(file) as stream:
            return stream.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        refuse(f"{file}: cannot be opened: {reason_of(error)}")


def _json(comparison: TicketComparison, export: TicketExport, files: SyncedFiles, knowledge: LoadedProject) -> str:
    source = (export.source, len(export.tickets), export.remarks)
    path = knowledge.run.report().repository_path
    return sync_json(
        comparison,
        source,
        lambda each: (files.is_written(each), files.problem_of(each)),
        export.repositories,
        knowledge.data_context,
        path,
    )


def _print(
    comparison: TicketComparison,
    export: TicketExport,
    files: SyncedFiles,
    knowledge: LoadedProject,
    *,
    write: bool,
) -> None:
    """The diff, or what has been written, on stdout; what else there is to know on stderr, the counts last."""
    run = knowledge.run
    shown = run.report().shown

    def place(path: str, line: int) -> str:
        return f"{escape_controls(shown(path))}:{line}"

    if not write:
        print_diff(files.files, shown, lambda _: run.masking)
    can_be_made = [each for each in comparison.changes if not files.problem_of(each)]
    changed = [each for each in can_be_made if files.is_written(each)] if write else can_be_made
    if write:
        lines = (f"{place(*each.action.item.place[:2])}: {escape_controls(change_words(each))}" for each in changed)
        print_lines(*lines)
    for each in comparison.changes:
        if problem := files.problem_of(each):
            say(f"{place(*each.action.item.place[:2])}: {change_words(each)}; {problem}")
    findings = comparison.findings
    for each in findings[:_MOST_FINDINGS]:
        say(f"{place(*each.action.item.place[:2])}: {finding_words(each, export.repositories)}")
    if len(findings) > _MOST_FINDINGS:
        say(f"and {len(findings) - _MOST_FINDINGS} more: --format json lists all")
    for remark in export.remarks:
        say(f"this export: {remark}")
    for new in files.new_findings:
        say(new)
    counts = comparison.counts
    unchanged = ", ".join(f"{counts[outcome]} {words}" for outcome, words in _UNCHANGED.items() if counts[outcome])
    source = f" of {export.source}" if export.source else ""
    tell(f"{count_words(len(export.tickets), 'ticket')}{source}; action items: {unchanged or 'none else'}")
    told = count_words(len(changed), "action item")
    in_files = count_words(len(files.written if write else files.files), "file")
    tell(f"{'changed' if write else 'would change'} {told} in {in_files}")
