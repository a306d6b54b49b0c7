"""Quick fixes: the edits of `fix/` that answer the findings at a place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lsprotocol.types import (
    CodeAction,
    CodeActionKind,
    OptionalVersionedTextDocumentIdentifier,
    Range,
    TextDocumentEdit,
    TextEdit,
    WorkspaceEdit,
)

from postmortems.desk.language_server import diagnostics
from postmortems.desk.language_server.knowledge_base import TYPED_INTO, KnowledgeBase
from postmortems.desk.language_server.positions import Text
from postmortems.fix.document import Document
from postmortems.fix.fix import Fix, FixContext, Proposal
from postmortems.fix.registry import FIXABLE, FIXES
from postmortems.fix.suggestions import Answers
from postmortems.model.diagnostic import Diagnostic
from postmortems.text.terminal import escape_controls

_LONGEST_TITLE = 60


def quick_fixes(base: KnowledgeBase, path: str, where: Range, uri: str, version: int | None) -> list[CodeAction]:
    """The fixes for the findings that a range touches."""
    text = base.texts[path]
    touched = [each for each in base.shown(path) if each.rule in FIXABLE and _touches(text.range_of(each.place), where)]
    if not touched or path not in base.paths or len(text.data) > TYPED_INTO:
        return []
    with base.as_it_is():
        template, near_miss, *_ = base.loaded.base.template_texts
        context = FixContext(base.project.settings, template, near_miss, base.corpus.patterns)
        answers, asked = Answers(base.shown(path)), set(touched)
        document = Document(path, text.data, base.project.settings)
        if document.unreadable:
            return []
        return [
            _action(fix, proposal, answered, text, base, uri, version)
            for fix in FIXES
            for proposal in fix.propose(document, context)
            if (answered := answers.of(proposal)) and not asked.isdisjoint(answered)
        ]


def _action(
    fix: Fix,
    proposal: Proposal,
    answered: Sequence[Diagnostic],
    text: Text,
    base: KnowledgeBase,
    uri: str,
    version: int | None,
) -> CodeAction:
    edit = proposal.edit
    changed = TextEdit(text.range_of(edit.place), edit.text.replace("\n", text.line_end))
    if edit.place.column == 0:  # a byte order mark, which only some editors show
        changed = TextEdit(Range(text.position_of(0, -1), text.position_of(0, 0)), edit.text)
    document = OptionalVersionedTextDocumentIdentifier(uri, version)
    return CodeAction(
        title=base.masked(edit.place.path, _title(fix, proposal, text)),
        kind=CodeActionKind.QuickFix,
        diagnostics=diagnostics.shown(answered, text),
        edit=WorkspaceEdit(document_changes=[TextDocumentEdit(document, [changed])]),
        is_preferred=True,
    )


def _title(fix: Fix, proposal: Proposal, text: Text) -> str:
    """Title of an edit: what it does, in a line."""
    edit, place = proposal.edit, proposal.edit.place
    if proposal.adds:
        return f"Add section {', '.join(proposal.adds)}"
    old = text.line(place.line - 1)[place.column - 1 : place.end_column - 1] if place.line == place.end_line else "\n"
    if "\n" in old + edit.text.strip() or len(old + edit.text) > _LONGEST_TITLE:
        return fix.does.rstrip(".")
    new = edit.text.strip()
    said = f'Change "{old}" to "{new}"' if old and new else f'Insert "{new}"' if new else f'Remove "{old}"'
    return escape_controls(said)


def _touches(one: Range, other: Range) -> bool:
    def key(range_: Range) -> Iterator[tuple[int, int]]:
        yield range_.start.line, range_.start.character
        yield range_.end.line, range_.end.character

    (start, end), (first, last) = key(one), key(other)
    # A finding about a whole line is also fixed from anywhere on it.
    return (start <= last and first <= end) or one.start.line == other.start.line == one.end.line
