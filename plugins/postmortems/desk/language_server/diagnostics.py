"""Findings as an editor shows them."""

from __future__ import annotations

from collections.abc import Sequence

from lsprotocol.types import Diagnostic as Shown
from lsprotocol.types import DiagnosticSeverity

from postmortems.desk.language_server.positions import Text
from postmortems.model.diagnostic import Diagnostic, Level

SOURCE = "postmortems"
_SEVERITY = {
    Level.ERROR: DiagnosticSeverity.Error,
    Level.WARNING: DiagnosticSeverity.Warning,
    Level.INFO: DiagnosticSeverity.Information,
}


def shown(found: Sequence[Diagnostic], text: Text) -> list[Shown]:
    """Findings of a file with their ranges in its text: the code and name of the rule, what is the case, and the next
    step."""
    return [
        Shown(
            range=text.range_of(diagnostic.place),
            message="\n".join(filter(None, (diagnostic.message, diagnostic.help))),
            severity=_SEVERITY[diagnostic.level],
            code=f"{diagnostic.code} {diagnostic.rule}".strip(),
            source=SOURCE,
        )
        for diagnostic in found
    ]
