"""Answer of each tool: a knowledge base in, a bounded answer out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Literal, get_args

from postmortems.analyse.search.evidence import Evidence
from postmortems.analyse.search.index import search_index_of, told
from postmortems.desk.mcp_server.answers import OnePattern, OnePostmortem, OpenActions, Similar, head
from postmortems.desk.mcp_server.bounded import LONGEST_ANSWER, bounded, masked
from postmortems.desk.mcp_server.refusals import CannotAnswerError, no_such
from postmortems.loading import LoadedProject, content_named
from postmortems.model.action_item import ActionState
from postmortems.render.data.action_record import ActionRecord
from postmortems.render.data.answers import answer_record
from postmortems.render.data.text_records import section_records
from postmortems.render.data.whole_record import whole_record
from postmortems.text.slug import slug

Part = Literal[
    "facts", "events", "sections", "actions", "links", "related", "repeated_by", "suspected_repeats", "response"
]
PARTS: tuple[Part, ...] = get_args(Part)
DEFAULT_PARTS: tuple[Part, ...] = ("facts", "events", "actions")

LONGEST_QUESTION = 1_000


def similar(loaded: LoadedProject, text: str, name: str, limit: int) -> Similar:
    """Patterns and postmortems that resemble a text, or the postmortem with an id."""
    if bool(text.strip()) == bool(name.strip()):
        raise CannotAnswerError("give either `text`, what you see, or `id`, a postmortem")
    if len(text) > LONGEST_QUESTION:
        raise CannotAnswerError(f"`text` has {len(text):,} characters; give the {LONGEST_QUESTION:,} that say most")
    found: Sequence[Any]
    record_of: Callable[[Any], Any] = dict
    unknown: list[str] = []
    if name.strip():
        found = whole_record(content_named(name, loaded), loaded.data_context)["related"]
    else:
        index = loaded.run.analysis.once(search_index_of)
        question = index.question(text)
        patterns, postmortems = told(index.answers(question))
        found, limit = (*patterns, *postmortems), limit + len(patterns)
        record_of = partial(answer_record, evidence=Evidence(index, question))
        unknown = list(question.unknown)

    def shown(each: Any) -> Any:
        record = record_of(each)
        return _masked(record, record["id"], loaded)

    answers = bounded(found, 0, limit, shown=shown)
    left = len(found) - len(answers.elements)
    more = [f"{left} more; raise `limit`"] if left else []
    return Similar(
        **head(loaded.run.today, [*more, *answers.cut("answers")]),
        from_files=answers.elements,
        not_known=unknown,
        total=len(found),
    )


def one_postmortem(loaded: LoadedProject, name: str, parts: Sequence[Part], offset: int) -> OnePostmortem:
    """Parts of one postmortem, as many elements of each as have room."""
    postmortem = content_named(name, loaded)
    record: dict[str, Any] = dict(whole_record(postmortem, loaded.data_context))
    record["facts"] = [record.pop("postmortem")]
    taken: dict[str, Any] = {}
    room, left = LONGEST_ANSWER, list[str]()
    for part in sorted(dict.fromkeys(parts), key=PARTS.index):
        shown = bounded(
            record[part],
            0 if part == "facts" else offset,
            len(record[part]),
            room,
            lambda each: masked(each, loaded.run.masking, postmortem.path),
            is_first=not any(taken.values()),
        )
        taken[part] = shown.elements[0] if part == "facts" else shown.elements
        room = shown.room
        left += shown.left(part, f'parts=["{part}"], ')
    shown_path = loaded.run.report().shown
    return OnePostmortem(
        **head(loaded.run.today, left),
        id=postmortem.id,
        path=shown_path(postmortem.path),
        events_path=shown_path(record["events_path"]) if record["events_path"] else None,
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
        raise no_such("pattern", name, analysis.occurrences, loaded.run.masking)
    page, occurrences = corpus.pattern_by_id.get(identity), analysis.occurrences[identity]
    unread = next((problem for problem in page.problems if problem.rule == "unreadable-file"), None) if page else None

    def of_page(value: Any) -> Any:
        return masked(value, loaded.run.masking, page.path if page else "")

    facts: dict[str, Any] = {"title": None, "family": None, "aliases": [], "signals": []}
    if page:
        facts = {key: None if unread else getattr(page, key) for key in facts}
    named = bounded([facts], 0, 1, shown=of_page)
    sections = bounded([*section_records(page.body)] if page else [], offset, 100, named.room, of_page)
    newest = [*reversed(occurrences.everywhere)]
    incidents = bounded(
        newest,
        offset,
        20,
        sections.room,
        lambda each: _masked(_brief(loaded.data_context.record(each.postmortem)), each.postmortem.id, loaded),
        is_first=not sections.elements,
    )
    members = {each.postmortem.id for each in occurrences.counted}
    left = [f"its page cannot be read: {unread.message}"] if unread else []
    left += [*named.cut("names"), *sections.left("sections"), *incidents.left("incidents")]
    return OnePattern(
        **head(loaded.run.today, left),
        id=identity,
        path=loaded.run.report().shown(page.path) if page else None,
        roles={(role.value if role else "not stated"): count for role, count in occurrences.by_role.items()},
        open_actions=sum(
            record["state"] == ActionState.OPEN and record["postmortem"] in members
            for record in loaded.data_context.actions
        ),
        from_files={
            **named.elements[0],
            "sections": None if unread else sections.elements,
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
    for what, word, key, names in (
        ("owner", owner, slug(owner), owners),
        ("service", service, slug(service), services),
        ("pattern", pattern, pattern, patterns),
    ):
        if word and key not in names:
            raise no_such(what, word, names.values(), loaded.run.masking)

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
    shown = bounded(wanted, offset, limit, shown=lambda record: _masked(record, record["postmortem"], loaded))
    return OpenActions(
        **head(loaded.run.today, shown.left("action items")),
        total=len(wanted),
        overdue=len(late),
        unknown=sum(record["state"] == ActionState.UNKNOWN for record in meant),
        from_files=shown.elements,
    )


def _masked(record: Any, identity: str, loaded: LoadedProject) -> Any:
    postmortem = loaded.run.corpus.by_id.get(identity)
    pattern = loaded.run.corpus.pattern_by_id.get(identity)
    document = postmortem or pattern
    return masked(record, loaded.run.masking, document.path if document else "")


def _brief(record: Any) -> dict[str, Any]:
    keys = ("id", "title", "summary", "day", "severity", "kind", "services", "root_cause", "to_recover_seconds")
    return {key: record[key] for key in keys}
