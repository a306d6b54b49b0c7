"""`postmortems show --incident ID`: an incident of the register, and its postmortem or what there is instead."""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.analyse.named_incident import named_incident
from postmortems.check.masking import printable
from postmortems.check.registry import BY_NAME
from postmortems.cli.project import refuse
from postmortems.cli.streams import print_lines, say
from postmortems.cli.table import labelled, wrapped
from postmortems.loading import LoadedProject
from postmortems.model.postmortem import Postmortem
from postmortems.model.register import RegisterEntry, RegisterStatus
from postmortems.render.words.formats import UNKNOWN, moment_words
from postmortems.text.spelling import did_you_mean

_WIDEST = 100
_QUOTED = 80


def show_incident(name: str, knowledge: LoadedProject) -> int:
    """Print what is known of an incident, or say that there is none and what to do; returns the exit code."""
    if not name.strip():
        refuse("--incident has no name: give an incident's id, such as INC-412")
    corpus = knowledge.checked.corpus
    match named_incident(name, corpus):
        case RegisterEntry() as entry:
            print_lines(*map(printable, _entry_card(entry, knowledge)))
        case Postmortem() as postmortem:
            print_lines(*map(printable, _postmortem_card(postmortem, knowledge)))
        case None:
            say(_not_found(name.strip(), knowledge))
            return 1
    return 0


def _not_found(name: str, knowledge: LoadedProject) -> str:
    corpus = knowledge.checked.corpus
    ids = [*(entry.id for entry in (corpus.register.entries if corpus.register else ())), *corpus.by_id]
    hint = did_you_mean(name, ids)
    quoted = f"{name[:_QUOTED]}…" if len(name) > _QUOTED else name
    report = knowledge.checked.report()
    register = report.shown(corpus.register_path)
    start = f'no incident or postmortem has the id "{quoted}"; '
    for found in report.diagnostics:
        # What cannot be read may be the entry that is asked for.
        if found.place.path == corpus.register_path and BY_NAME[found.rule].found_while_reading:
            return f"{start}{register}:{found.place.line} has an error: {printable(found.message)}"
    return f"{start}{hint}{' Else add' if hint else 'add'} the incident to {register}, with or without its postmortem"


def _entry_card(entry: RegisterEntry, knowledge: LoadedProject) -> Iterator[str]:
    register_status = next(found for found in knowledge.checked.analysis.register_statuses() if found.entry == entry)
    yield from wrapped(f"{entry.id}: {entry.title}" if entry.title else entry.id, _WIDEST)
    yield ""
    yield from labelled("Severity", entry.severity or UNKNOWN, _WIDEST)
    yield from labelled("Resolved", moment_words(entry.resolved_at), _WIDEST)
    yield from labelled("Postmortem", _postmortem_words(register_status), _WIDEST)
    yield from labelled("Register", f"{knowledge.checked.report().shown(entry.place.path)}:{entry.place.line}", None)


def _postmortem_words(register_status: RegisterStatus) -> str:
    entry = register_status.entry
    if entry.waived:
        return f"waived: {entry.waived}"
    if register_status.postmortem:
        return f"{register_status.postmortem.id}, {_status_words(register_status.postmortem)}"
    if entry.postmortem:
        return f"{entry.postmortem}, which is not there: run `postmortems check`"
    return f"none yet, due {register_status.due}" if register_status.due else "none yet"


def _postmortem_card(postmortem: Postmortem, knowledge: LoadedProject) -> Iterator[str]:
    yield from wrapped(postmortem.title, _WIDEST)
    yield ""
    yield from labelled("Postmortem", f"{postmortem.id}, {_status_words(postmortem)}", _WIDEST)
    yield from labelled("File", knowledge.checked.report().shown(postmortem.path), None)


def _status_words(postmortem: Postmortem) -> str:
    status = postmortem.front_matter.status
    return status.value if status else f"status {UNKNOWN}"
