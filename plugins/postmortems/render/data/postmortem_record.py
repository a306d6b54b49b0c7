"""Record of one postmortem in the data files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from postmortems.analyse.document_dates import dates_of
from postmortems.model.durations import TargetSource
from postmortems.model.front_matter import DetectedBy, IncidentKind, Occurrence, Status
from postmortems.model.pattern import Role
from postmortems.model.postmortem import Postmortem
from postmortems.render.base.addresses import record_file
from postmortems.render.base.context import PageContext
from postmortems.render.data.json_text import Count, Day, Moment, Seconds, day_text, moment_text, one_of, seconds
from postmortems.render.words.plain import first_sentence
from postmortems.text.slug import slug

State = Annotated[str, one_of(Status)]
Kind = Annotated[str, one_of(IncidentKind)]
DetectorCount = Annotated[str, one_of(DetectedBy)]
Setter = Annotated[str, one_of(TargetSource)]
Part = Annotated[str, one_of(Role)]


class PatternRecord(TypedDict):
    """A pattern in one postmortem."""

    id: Annotated[str, Field(description="Its page's name, such as `database-issues`")]
    title: Annotated[str, Field(description="The title of its page; its id where it has none")]
    family: Annotated[str | None, Field(description="Its family; null where it has no page")]
    role: Annotated[Part | None, Field(description="What it did in this incident; null where the author does not say")]


class NotRepeatRecord(TypedDict):
    """An earlier postmortem that this one only resembles."""

    id: Annotated[str, Field(description="The earlier postmortem")]
    reason: Annotated[str, Field(description="Why it is no repeat")]


class PostmortemRecord(TypedDict):
    """One postmortem. What is unknown is null."""

    id: Annotated[str, Field(description="Its folder below `postmortems/`, such as `2018/01-github-mysql-split`")]
    url: Annotated[
        str, Field(description="Its page: a whole URL where `site_url` is set, else relative to the site's root")
    ]
    path: Annotated[str, Field(description="Its file below the docs folder")]
    title: Annotated[str, Field(description="What happened, in one line")]
    summary: Annotated[str | None, Field(description="First sentence of the executive summary, of 200 letters at most")]
    status: Annotated[State | None, Field(description="Status of the document")]
    severity: Annotated[str | None, Field(description="One of the severity scale, such as `SEV2`")]
    kind: Annotated[Kind, Field(description="What it is about; figures count incidents alone")]
    services: Annotated[
        list[str], Field(description="The services that were affected, each in its most frequent spelling")
    ]
    owner: Annotated[str | None, Field(description="Owning team or organisation")]
    authors: Annotated[list[str], Field(description="Who wrote it")]
    day: Annotated[Day | None, Field(description="Day of the incident in UTC")]
    started_at: Annotated[Moment | None, Field(description="The earlier of fault and first user impact")]
    detected_at: Annotated[Moment | None, Field(description="When it was first detected")]
    mitigated_at: Annotated[Moment | None, Field(description="When user impact ended")]
    resolved_at: Annotated[Moment | None, Field(description="When the fault was fixed")]
    to_detect_seconds: Annotated[Seconds | None, Field(description="From `started_at` to `detected_at`")]
    to_mitigate_seconds: Annotated[Seconds | None, Field(description="From `started_at` to `mitigated_at`")]
    to_recover_seconds: Annotated[Seconds | None, Field(description="From `started_at` to `resolved_at`")]
    response_seconds: Annotated[Seconds | None, Field(description="From `detected_at` to `resolved_at`")]
    target_seconds: Annotated[Seconds | None, Field(description="Detection target; null if there is none")]
    target_source: Annotated[
        Setter | None, Field(description="Who set the target: this postmortem, or the settings for its severity")
    ]
    over_target_seconds: Annotated[
        Seconds | None,
        Field(description="How far detection is over target; null if within target or unknown"),
    ]
    detected_by: Annotated[DetectorCount | None, Field(description="What detected it first")]
    root_cause: Annotated[str | None, Field(description="Short label, counted across incidents")]
    trigger: Annotated[str | None, Field(description="What triggered it")]
    patterns: Annotated[
        list[PatternRecord],
        Field(description="Its patterns, each once; in CSV `id:role` or `id`"),
    ]
    repeat_of: Annotated[list[str], Field(description="The earlier postmortems that it repeats")]
    not_repeat_of: Annotated[
        list[NotRepeatRecord],
        Field(description="Similar earlier postmortems that it does not repeat, with the reason; in CSV their ids"),
    ]
    published_on: Annotated[Day | None, Field(description="Day of publication")]
    sources: Annotated[list[str], Field(description="Where the facts come from")]
    actions: Annotated[Count, Field(description="Number of action items")]
    open_actions: Annotated[Count, Field(description="Number of open action items, including overdue ones")]
    overdue_actions: Annotated[Count, Field(description="Number of overdue action items")]
    done_actions: Annotated[Count, Field(description="Number of action items done")]
    dropped_actions: Annotated[Count, Field(description="Number of dropped action items")]
    unknown_actions: Annotated[Count, Field(description="Number of action items with unknown status")]
    record: Annotated[
        str, Field(description="The file of its whole record, with its events and its text; an address as `url` is")
    ]
    published_in_git: Annotated[
        Day | None, Field(description="Day of the commit that published it; null if git's history is unknown")
    ]
    review_seconds: Annotated[
        Seconds | None, Field(description="From its first commit to the one that published it, in whole days")
    ]


def postmortem_record(postmortem: Postmortem, context: PageContext, url: Callable[[str], str]) -> PostmortemRecord:
    """The record of one postmortem; `url` makes an address on the site one for the file."""
    matter, lengths, progress = (
        postmortem.front_matter,
        context.analysis.durations_of(postmortem),
        context.analysis.action_counts_of(postmortem),
    )
    dates = dates_of(postmortem, context.analysis)
    services = (context.analysis.services[slug(name)].name for name in matter.services)
    return {
        "id": postmortem.id,
        "url": url(context.addresses.postmortem(postmortem)),
        "path": postmortem.path,
        "title": postmortem.title,
        "summary": first_sentence(postmortem),
        "status": matter.status.value if matter.status else None,
        "severity": matter.severity,
        "kind": matter.kind.value,
        "services": list(dict.fromkeys(services)),
        "owner": context.analysis.owner_name(postmortem),
        "authors": list(matter.authors),
        "day": day_text(postmortem.day),
        "started_at": moment_text(matter.started_at),
        "detected_at": moment_text(matter.detected_at),
        "mitigated_at": moment_text(matter.mitigated_at),
        "resolved_at": moment_text(matter.resolved_at),
        "to_detect_seconds": seconds(lengths.to_detect),
        "to_mitigate_seconds": seconds(lengths.to_mitigate),
        "to_recover_seconds": seconds(lengths.to_recover),
        "response_seconds": seconds(lengths.response),
        "target_seconds": seconds(lengths.target),
        "target_source": lengths.target_source.value if lengths.target_source else None,
        "over_target_seconds": seconds(lengths.over_target),
        "detected_by": matter.detected_by.value if matter.detected_by else None,
        "root_cause": postmortem.root_cause,
        "trigger": matter.trigger,
        "patterns": _patterns(matter.patterns, context),
        "repeat_of": list(matter.repeat_of),
        "not_repeat_of": [NotRepeatRecord(id=other.id, reason=other.reason) for other in matter.not_repeat_of],
        "published_on": day_text(matter.published_on),
        "sources": list(matter.sources),
        "actions": progress.total,
        "open_actions": progress.open,
        "overdue_actions": progress.overdue,
        "done_actions": progress.done,
        "dropped_actions": progress.dropped,
        "unknown_actions": progress.unknown,
        "record": url(context.addresses.file(record_file(postmortem.id))),
        "published_in_git": day_text(dates.published),
        "review_seconds": seconds(dates.review),
    }


def _patterns(named: tuple[Occurrence, ...], context: PageContext) -> list[PatternRecord]:
    found: dict[str, PatternRecord] = {}
    for occurrence in named:
        if occurrence.pattern not in found:
            page = context.corpus.pattern_by_id.get(occurrence.pattern)
            found[occurrence.pattern] = PatternRecord(
                id=occurrence.pattern,
                title=page.title if page else occurrence.pattern,
                family=page.family if page else None,
                role=occurrence.role.value if occurrence.role else None,
            )
    return list(found.values())
