"""The page of one incident: what stands above the authored text, and below it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from postmortems.analyse.actions import ActionCounts
from postmortems.analyse.neighbours import PrevNext
from postmortems.model.durations import Durations, TargetSource
from postmortems.model.front_matter import DetectedBy, FrontMatter
from postmortems.model.postmortem import Postmortem
from postmortems.render.authored.generated_blocks import drawn_parts
from postmortems.render.base.context import PageContext
from postmortems.render.base.environment import render, render_with_headings
from postmortems.render.base.families import mark_of
from postmortems.render.base.page import Page
from postmortems.render.charts.phase_bar import phase_bar
from postmortems.render.pages.facts import Fact
from postmortems.render.pages.related_list import related_lines
from postmortems.render.pages.row import chips
from postmortems.render.words.actions import closure_words, rest_words
from postmortems.render.words.formats import MONTHS, day_words, duration_words, time_words
from postmortems.render.words.plain import first_sentence
from postmortems.render.words.severity import severity_weight
from postmortems.text.slug import slug

_NOTICED_BY = {
    DetectedBy.ALERT: "an alert",
    DetectedBy.CUSTOMER: "customers",
    DetectedBy.STAFF: "staff",
    DetectedBy.THIRD_PARTY: "a third party",
}


def postmortem_page(postmortem: Postmortem, *, context: PageContext) -> Page:
    """The generated parts of one postmortem's page; costs what the postmortem holds, never the corpus."""
    matter = postmortem.front_matter
    lengths = context.analysis.durations_of(postmortem)
    progress = context.analysis.action_counts_of(postmortem)
    before = render(
        "postmortem/before.html",
        matter=matter,
        title=postmortem.title,
        day=postmortem.day,
        weight=severity_weight(matter.severity, context.settings.severities),
        chips=chips(postmortem, context, with_roles=True),
        facts=_facts(matter, lengths, progress, context),
        bar=phase_bar(matter, lengths),
        root_cause=postmortem.root_cause,
        counted=context.analysis.root_causes.get(slug(postmortem.root_cause), 0) if postmortem.root_cause else 0,
        services=[(name, context.addresses.service(name)) for name in dict.fromkeys(matter.services)],
        noticed_by=_NOTICED_BY.get(matter.detected_by) if matter.detected_by else None,
        repeated_by=context.analysis.repeated_by.get(postmortem.id, ()),
        by_id=context.corpus.by_id,
        addresses=context.addresses,
    )
    related = related_lines(postmortem, context)
    after, headings = render_with_headings(
        "postmortem/after.html",
        related=related,
        sources=matter.sources,
        lines=_lines(postmortem, context),
        addresses=context.addresses,
    )
    return Page(
        title=postmortem.title,
        before=before,
        after=after,
        headings=headings,
        description=first_sentence(postmortem) or _description(postmortem, lengths),
        parts=drawn_parts(postmortem, context.analysis.actions_of(postmortem), progress, context.analysis.today),
    )


def _facts(matter: FrontMatter, lengths: Durations, progress: ActionCounts, context: PageContext) -> Iterable[Fact]:
    over = lengths.over_target
    held_against = ""
    if lengths.target is not None:
        own = lengths.target_source is TargetSource.POSTMORTEM
        target = f"{'its own' if own else matter.severity} target {duration_words(lengths.target)}"
        if over:
            held_against = f"{duration_words(over)} over {target}"
        else:
            held_against = f"{target}: met" if lengths.to_detect is not None else target
    return (
        Fact(
            "Detected after" if lengths.to_detect != timedelta() else "Detected",
            duration_words(lengths.to_detect),
            held_against,
            is_bad=over is not None,
        ),
        Fact("Mitigated after", duration_words(lengths.to_mitigate), _when(matter.mitigated_at, matter)),
        Fact("Recovered after", duration_words(lengths.to_recover), _when(matter.resolved_at, matter)),
        _action_fact(progress, context),
    )


def _action_fact(progress: ActionCounts, context: PageContext) -> Fact:
    if not progress.total:
        return Fact("Actions", "none listed")
    if progress.unknown == progress.total:
        return Fact("Actions", f"{progress.total} named", "closure not public")
    as_of = f"as of {day_words(context.analysis.today)}"
    notes = ", ".join(filter(None, (rest_words(progress), as_of)))
    return Fact("Actions", closure_words(progress), notes, is_bad=progress.overdue > 0)


def _when(moment: datetime | None, matter: FrontMatter) -> str:
    if moment is None:
        return ""
    started = matter.started_at
    if started is not None and started.date() == moment.date():
        return f"{time_words(moment)} UTC"
    same_year = started is not None and started.year == moment.year
    day = f"{moment.day} {MONTHS[moment.month - 1]}" if same_year else day_words(moment.date())
    return f"{day}, {time_words(moment)} UTC"


def _lines(postmortem: Postmortem, context: PageContext) -> list[tuple[str, str, PrevNext]]:
    """The series that one can walk from here, as name, mark and neighbours: all incidents, and those of a pattern."""
    neighbours = context.analysis.neighbours.get(postmortem.path)
    if neighbours is None:
        return []
    lines = [("All incidents", "", neighbours.in_time)]
    for name, between in neighbours.by_pattern.items():
        if pattern := context.corpus.pattern_by_id.get(name):
            lines.append((pattern.title, mark_of(pattern.family, context.settings), between))
    return [line for line in lines if line[2].previous or line[2].next]


def _description(postmortem: Postmortem, lengths: Durations) -> str:
    """The facts, for search engines and link previews where there is no summary."""
    matter = postmortem.front_matter
    parts = [matter.severity or "", day_words(postmortem.day) if postmortem.day else ""]
    if lengths.to_recover is not None:
        parts.append(f"recovered after {duration_words(lengths.to_recover)}")
    parts.append(f"root cause: {postmortem.root_cause}" if postmortem.root_cause else "")
    return ", ".join(part for part in parts if part)
