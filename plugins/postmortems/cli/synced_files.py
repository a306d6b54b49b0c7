"""Files in which action items get the states of their tickets, checked before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from postmortems.analyse.ticket_states import ComparedAction, Outcome
from postmortems.fix.action_state import StateChange, with_states
from postmortems.fix.document import Document
from postmortems.fix.dry_run import Trial
from postmortems.fix.fixed_file import FixedFile
from postmortems.model.action_item import ActionState
from postmortems.model.diagnostic import Diagnostic, Level
from postmortems.read.mounts import source_at
from postmortems.read.opening import open_file
from postmortems.results import Run
from postmortems.text.terminal import escape_controls

_BY_HAND = "it cannot be written beside what else the item says of its state: write it by hand"


@dataclass
class SyncedFiles:
    """The files to write. `problems` tell of some changes, by the places of their items, why they are in none of them;
    `new_findings` what the check will say that it did not say before, a line each. `written` are the files on disk."""

    files: list[FixedFile] = field(default_factory=list)
    problems: dict[tuple[str, int], str] = field(default_factory=dict)
    new_findings: list[str] = field(default_factory=list)
    written: set[str] = field(default_factory=set)

    def problem_of(self, compared: ComparedAction) -> str:
        """Reason why a change is in none of the files; empty if it is in one."""
        return self.problems.get((compared.action.postmortem.path, compared.action.item.first), "")

    def is_written(self, compared: ComparedAction) -> bool:
        """True if a change is on disk."""
        return compared.action.postmortem.path in self.written and not self.problem_of(compared)


def synced_files(changes: Iterable[ComparedAction], run: Run) -> SyncedFiles:
    """The files with these changes. One in which the check would find a new error stays as it is."""
    by_path: dict[str, list[ComparedAction]] = {}
    for compared in changes:
        by_path.setdefault(compared.action.postmortem.path, []).append(compared)
    found = SyncedFiles()
    for path, several in sorted(by_path.items()):
        _change(path, several, run, found)
    _check(by_path, run, found)
    return found


def _change(path: str, several: list[ComparedAction], run: Run, found: SyncedFiles) -> None:
    def refuse(refused: Iterable[ComparedAction], problem: str) -> None:
        found.problems |= {(path, each.action.item.first): problem for each in refused}

    if source := source_at(run.docs, path):
        refuse(several, f'it belongs to the source "{source.name}": run the command in that repository')
        return
    data, problem = open_file(run.docs, path)
    document = Document(path, data, run.settings)
    actions = several[0].action.postmortem.actions
    if problem or document.unreadable:
        refuse(several, problem.message if problem else document.unreadable)
    elif document.postmortem.actions != actions:
        refuse(several, "the file has changed since it was read; run the command again")
    else:
        by_index = {actions.items.index(each.action.item): each for each in several}
        wanted = [StateChange(index, _state(each), each.day, each.reason) for index, each in by_index.items()]
        after, left = with_states(document, wanted)
        refuse((by_index[change.index] for change in left), _BY_HAND)
        if after != data:
            found.files.append(FixedFile(path, data, after, len(wanted) - len(left)))


def _state(compared: ComparedAction) -> ActionState:
    return ActionState.DROPPED if compared.outcome is Outcome.DROPPED else ActionState.DONE


def _check(by_path: dict[str, list[ComparedAction]], run: Run, found: SyncedFiles) -> None:
    """Check the files as they would be; those with a new error are taken out, other new findings are told."""
    trial = Trial(run.analysis, run.docs, run.masking, run.examined)
    texts = {file.path: file.after for file in found.files}
    if not texts:
        return
    before = Counter(_key(diagnostic) for diagnostic in run.diagnostics)
    shown = run.report().shown
    for path, checked in trial(texts, list(texts)).items():
        new = [diagnostic for diagnostic in checked.diagnostics if not before[_key(diagnostic)]]
        if error := next((diagnostic for diagnostic in new if diagnostic.level is Level.ERROR), None):
            found.files = [file for file in found.files if file.path != path]
            problem = f"not modified: the check would find: {error.message}"
            found.problems |= {(path, each.action.item.first): problem for each in by_path[path]}
            continue
        name = escape_controls(shown(path))
        found.new_findings += [f"{name}:{each.place.line}: after it the check finds: {each.message}" for each in new]


def _key(diagnostic: Diagnostic) -> tuple[str, str, str]:
    return diagnostic.place.path, diagnostic.rule, diagnostic.message
