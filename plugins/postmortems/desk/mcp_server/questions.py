"""Answer of each tool: a knowledge base in, a bounded answer out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from postmortems.analyse.search.evidence import Evidence
from postmortems.analyse.search.index import search_index_of, told
from postmortems.check.baseline import compare
from postmortems.check.run import fails
from postmortems.desk.mcp_server.answers import (
    NOTICE,
    Answer,
    Checked,
    OnePattern,
    OnePostmortem,
    OpenActions,
    Similar,
)
from postmortems.desk.mcp_server.bounded import LONGEST_ANSWER, Bounded, bounded, masked
from postmortems.desk.mcp_server.draft import draft_findings, new_path, path_below
from postmortems.loading import LoadedProject, content_named
from postmortems.model.action_item import ActionState
from postmortems.model.diagnostic import Diagnostic, Level
from postmortems.pipeline import read_baseline
from postmortems.render.data.action_record import ActionRecord
from postmortems.render.data.answers import answer_record
from postmortems.render.data.text_records import section_records
from postmortems.render.data.whole_record import whole_record
from postmortems.text.slug import slug
from postmortems.text.spelling import did_you_mean, listed

Part = Literal["facts", "events", "sections", "actions", "links", "related", "response"]
PARTS: tuple[Part, ...] = ("facts", "events", "sections", "actions", "links", "related", "response")
DEFAULT_PARTS: tuple[Part, ...] = ("facts", "events", "actions")

LONGEST_QUESTION = 1_000
LONGEST_DRAFT = 2 * 1024 * 1024
_LISTED = 10


class CannotAnswerError(Exception):
    """A question without an answer; the text says why and what to ask instead."""


def similar(loaded: LoadedProject, text: str, name: str, limit: int) -> Similar:
    """Patterns and postmortems that resemble a text, or the postmortem with an id."""
    if bool(text.strip()) == bool(name.strip()):
        raise CannotAnswerError("give either `text`, what you see, or `id`, a postmortem")
    if len(text) > LONGEST_QUESTION:
        raise CannotAnswerError(f"`text` has {len(text):,} characters; give the {LONGEST_QUESTION:,} that say most")
    unknown: list[str] = []
    if name.strip():
        postmortem = content_named(name, loaded)
        record = whole_record(postmortem, loaded.data_context)
        found: list[Any] = [_masked(each, each["id"], loaded) for each in record["related"]]
    else:
        index = loaded.run.analysis.once(search_index_of)
        question = index.question(text)
        evidence = Evidence(index, question)
        patterns, postmortems = told(index.answers(question))
        answers = [answer_record(answer, evidence) for answer in (*patterns, *postmortems[:limit])]
        found = [_masked(each, each["id"], loaded) for each in answers]
        unknown = list(question.unknown)
        total = len(patterns) + len(postmortems)
    shown = bounded(found, 0, limit)
    count = len(found) if name.strip() else total
    more = f"{count - len(shown.elements)} more; raise `limit`" if count > len(shown.elements) else None
    return Similar(**_head(loaded, more), from_files=shown.elements, not_known=unknown, total=count)


def one_postmortem(loaded: LoadedProject, name: str, parts: Sequence[Part], offset: int) -> OnePostmortem:
    """Parts of one postmortem, as many elements of each as have room."""
    postmortem = content_named(name, loaded)
    record: dict[str, Any] = dict(whole_record(postmortem, loaded.data_context))
    record["facts"] = [record.pop("postmortem")]
    taken: dict[str, Any] = {}
    room, left = LONGEST_ANSWER, list[str]()
    for part in dict.fromkeys(parts):
        elements = masked(record[part], loaded.run.masking, postmortem.path)
        shown = bounded(elements, 0 if part == "facts" else offset, len(elements), room)
        taken[part] = shown.elements[0] if part == "facts" else shown.elements
        room -= sum(len(str(element)) for element in shown.elements)
        left += _left(part, shown)
    return OnePostmortem(
        **_head(loaded, "; ".join(left) or None),
        id=postmortem.id,
        path=loaded.run.report().shown(postmortem.path),
        parts={part: len(record[part]) for part in PARTS},
        from_files=taken,
    )


def one_pattern(loaded: LoadedProject, name: str, offset: int) -> OnePattern:
    """One pattern with its sections and its incidents."""
    corpus, analysis = loaded.run.corpus, loaded.run.analysis
    by_name = {identity.casefold(): identity for identity in analysis.occurrences}
    for pattern in corpus.patterns:
        for alias in (pattern.title, *pattern.aliases):
            by_name.setdefault(alias.casefold(), pattern.id)
    identity = by_name.get(name.strip().removesuffix(".md").casefold())
    if identity is None:
        raise CannotAnswerError(f'no pattern is called "{name[:80]}"; {_instead(name, analysis.occurrences)}')
    page, occurrences = corpus.pattern_by_id.get(identity), analysis.occurrences[identity]
    sections = bounded(masked(list(section_records(page.body)), loaded.run.masking, page.path) if page else [], 0, 100)
    newest = [loaded.data_context.record(each.postmortem) for each in reversed(occurrences.everywhere)]
    incidents = bounded([_masked(_brief(record), record["id"], loaded) for record in newest], offset, 20, 20_000)
    members = {each.postmortem.id for each in occurrences.counted}
    return OnePattern(
        **_head(loaded, "; ".join([*_left("sections", sections), *_left("incidents", incidents)]) or None),
        id=identity,
        path=loaded.run.report().shown(page.path) if page else None,
        roles={(role.value if role else "not stated"): count for role, count in occurrences.by_role.items()},
        open_actions=sum(
            record["state"] == ActionState.OPEN and record["postmortem"] in members
            for record in loaded.data_context.actions
        ),
        from_files={
            "title": page.title if page else None,
            "family": page.family if page else None,
            "aliases": list(page.aliases) if page else [],
            "signals": list(page.signals) if page else [],
            "sections": sections.elements,
            "incidents": incidents.elements,
        },
    )


def open_actions(
    loaded: LoadedProject, owner: str, service: str, pattern: str, overdue: bool, limit: int, offset: int
) -> OpenActions:
    """Open action items of a selection, the earliest due date first."""
    corpus, records = loaded.run.corpus, loaded.data_context.actions
    owners = {slug(name): name for record in records if (name := record["owner"])}
    services = {slug(name): name for each in loaded.run.analysis.services.values() for name in each.spellings}
    patterns = {identity: identity for identity in loaded.run.analysis.occurrences}
    owner, service, pattern = owner.strip(), service.strip(), pattern.strip()
    _expect("owner", owner, slug(owner), owners)
    _expect("service", service, slug(service), services)
    _expect("pattern", pattern, pattern, patterns)

    def is_meant(record: ActionRecord) -> bool:
        matter = corpus.by_id[record["postmortem"]].front_matter
        return (
            (not owner or slug(record["owner"] or "") == slug(owner))
            and (not service or any(slug(name) == slug(service) for name in matter.services))
            and (not pattern or any(found.pattern == pattern for found in matter.patterns))
        )

    meant = [record for record in records if is_meant(record)]
    found = [record for record in meant if record["state"] == ActionState.OPEN]
    late = [record for record in found if record["is_overdue"]]
    wanted = sorted(late if overdue else found, key=lambda record: (record["due"] is None, record["due"] or ""))
    shown = bounded([_masked(record, record["postmortem"], loaded) for record in wanted], offset, limit)
    return OpenActions(
        **_head(loaded, "; ".join(_left("action items", shown)) or None),
        total=len(wanted),
        overdue=len(late),
        unknown=sum(record["state"] == ActionState.UNKNOWN for record in meant),
        from_files=shown.elements,
    )


def checked(loaded: LoadedProject, path: str, text: str, offset: int) -> Checked:
    """Findings of all files, of one, or of a text as if it were in one; nothing is written."""
    run = loaded.checked
    if len(text) > LONGEST_DRAFT:
        raise CannotAnswerError(f"`text` has {len(text):,} characters; a postmortem may have {LONGEST_DRAFT:,} bytes")
    inside = path_below(run.docs, path) if path.strip() else ""
    found: Iterable[Diagnostic]
    if text:
        found = draft_findings(run, inside or new_path(run.settings.folder, run.today), text)
    else:
        found = run.diagnostics
        if loaded.project.baseline:
            found = compare(run.report(), read_baseline(loaded.project.baseline)).new
        if inside:
            known = run.corpus.files
            if inside not in known and not any(each.startswith(f"{inside}/") for each in known):
                raise CannotAnswerError(f'no file is at "{path[:200]}"; give its text as `text` to check a draft')
            found = [each for each in found if f"{each.place.path}/".startswith(f"{inside}/")]
    several = list(found)
    shown_path = run.report().shown
    counts = Counter(each.level for each in several)
    shown = bounded([_finding(each, shown_path(each.place.path)) for each in several], offset, 100)
    return Checked(
        **_head(loaded, "; ".join(_left("findings", shown)) or None),
        refused=fails(several, strict=True),
        counts={level.value: counts[level] for level in Level},
        from_files=shown.elements,
    )


def _head(loaded: LoadedProject, truncated: str | None) -> Answer:
    return Answer(notice=NOTICE, today=loaded.run.today.isoformat(), truncated=truncated)


def _left(what: str, shown: Bounded) -> list[str]:
    """Words on what is left out of a list."""
    told_words = [f"more {what}: ask again with offset={shown.next_offset}"] if shown.next_offset is not None else []
    return [*told_words, f"a long text of {what} is cut"] if shown.was_cut else told_words


def _masked(record: Any, identity: str, loaded: LoadedProject) -> Any:
    postmortem = loaded.run.corpus.by_id.get(identity)
    pattern = loaded.run.corpus.pattern_by_id.get(identity)
    document = postmortem or pattern
    return masked(record, loaded.run.masking, document.path if document else "")


def _brief(record: Any) -> dict[str, Any]:
    keys = ("id", "title", "summary", "day", "severity", "kind", "services", "root_cause", "to_recover_seconds")
    return {key: record[key] for key in keys}


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


def _expect(what: str, word: str, key: str, known: Mapping[str, str]) -> None:
    """Raise CannotAnswerError for a word that names nothing."""
    if word and key not in known:
        raise CannotAnswerError(f'no {what} is called "{word[:80]}"; {_instead(word, known.values())}')


def _instead(word: str, choices: Iterable[str]) -> str:
    there_are = sorted(choices)
    if hint := did_you_mean(word, there_are):
        return hint
    more = f" and {len(there_are) - _LISTED} more" if len(there_are) > _LISTED else ""
    return f"there are {listed(there_are[:_LISTED])}{more}" if there_are else "there is none yet"
