"""Findings of the check: of all files, of some, or of a draft."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from postmortems.check.baseline import compare
from postmortems.check.run import fails
from postmortems.desk.mcp_server.answers import Checked, head
from postmortems.desk.mcp_server.bounded import bounded
from postmortems.desk.mcp_server.draft import draft_findings, new_path, path_below
from postmortems.desk.mcp_server.refusals import CannotAnswerError
from postmortems.loading import LoadedProject
from postmortems.model.diagnostic import Diagnostic, Level
from postmortems.pipeline import read_baseline

LONGEST_DRAFT = 2 * 1024 * 1024
_MOST = 100


def checked(loaded: LoadedProject, path: str, text: str, offset: int) -> Checked:
    """Findings of all files, of one, or of a text as if it were in one; nothing is written."""
    run = loaded.checked
    if len(text) > LONGEST_DRAFT:
        raise CannotAnswerError(f"`text` has {len(text):,} characters; a postmortem may have {LONGEST_DRAFT:,} bytes")
    inside = path_below(run.docs, path) if path.strip() else ""
    baseline = read_baseline(loaded.project.baseline) if loaded.project.baseline else None
    found: Iterable[Diagnostic]
    if text:
        found = draft_findings(run, inside or new_path(run.settings.folder, run.today), text, baseline)
    else:
        found = compare(run.report(), baseline).new if baseline else run.diagnostics
        if inside not in ("", "."):
            known = run.corpus.files
            if inside not in known and not any(each.startswith(f"{inside}/") for each in known):
                raise CannotAnswerError(f'no file is at "{path[:200]}"; give its text as `text` to check a draft')
            found = [each for each in found if f"{each.place.path}/".startswith(f"{inside}/")]
    several = list(found)
    shown_path = run.report().shown
    counts = Counter(each.level for each in several)
    shown = bounded(several, offset, _MOST, shown=lambda each: _finding(each, shown_path(each.place.path)))
    return Checked(
        **head(run.today, shown.left("findings")),
        refused=fails(several, strict=True),
        counts={level.value: counts[level] for level in Level},
        from_files=shown.elements,
    )


def _finding(diagnostic: Diagnostic, path: str) -> dict[str, Any]:
    return {
        "code": diagnostic.code,
        "rule": diagnostic.rule,
        "level": diagnostic.level.value,
        "path": path,
        "line": diagnostic.place.line,
        "column": diagnostic.place.column,
        "message": diagnostic.message,
        "help": diagnostic.help,
    }
