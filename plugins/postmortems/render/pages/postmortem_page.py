"""The page of one incident: what stands above the authored text, and below it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
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
from postmortems.render.pages.related_list import related_lines
from postmortems.render.words.actions import closure_words, rest_words
from postmortems.render.words.formats import MONTHS, UNKNOWN, day_words, duration_words, time_words
from postmortems.render.words.plain import first_sentence
from postmortems.render.words.severity import severity_weight
from postmortems.text.slug import slug

_NOTICED_BY = {
    DetectedBy.ALERT: "an alert",
    DetectedBy.CUSTOMER: "customers",
    DetectedBy.STAFF: "staff",
    DetectedBy.THIRD_PARTY: "a third party",
}
_MOST_OF_A_TITLE = 160


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure of the summary card; `note` is what it rests on, or what it is held against."""

    name: str
    value: str
    note: str = ""
    is_bad: bool = False

    @property
    def is_unknown(self) -> bool:
        """Whether the value says that nobody knows."""
        return self.value == UNKNOWN


@dataclass(frozen=True, slots=True)
class Other:
    """A link to another page; without `href` only its name, where there is no such page."""

    title: str
    href: str = ""
    note: str = ""
    mark: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class PrevNextLine:
    """A line of incidents that one can walk: all of them, or those of one pattern."""

    name: str
    mark: str
    previous: Other | None
    next: Other | None


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
        chips=_chips(postmortem, context),
        facts=_facts(matter, lengths, progress, context),
        bar=phase_bar(matter, lengths),
        root_cause=postmortem.root_cause,
        counted=context.analysis.root_causes.get(slug(postmortem.root_cause), 0) if postmortem.root_cause else 0,
        services=[(name, context.addresses.service(name)) for name in dict.fromkeys(matter.services)],
        noticed_by=_NOTICED_BY.get(matter.detected_by) if matter.detected_by else None,
        repeats=[_known(other, "", context) for other in matter.repeat_of],
        repeated_by=[_known(other.id, "", context) for other in context.analysis.repeated_by.get(postmortem.id, ())],
        no_repeats=[_known(other.id, other.reason, context) for other in matter.not_repeat_of],
    )
    related = related_lines(postmortem, context)
    after, headings = render_with_headings(
        "postmortem/after.html",
        related=related,
        sources=matter.sources,
        ways=_ways(postmortem, context),
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


def _chips(postmortem: Postmortem, context: PageContext) -> list[Other]:
    chips: dict[str, Other] = {}
    for one in postmortem.front_matter.patterns:
        pattern = context.corpus.pattern_by_id.get(one.pattern)
        if pattern is None:
            chips.setdefault(one.pattern, Other(one.pattern))
        else:
            href, mark = context.addresses.pattern(pattern.id), mark_of(pattern.family, context.settings)
            chips.setdefault(one.pattern, Other(pattern.title, href, "", mark, one.role.value if one.role else ""))
    return list(chips.values())


def _known(identity: str, note: str, context: PageContext) -> Other:
    """Another postmortem by its id; one that does not exist is named as written."""
    found = context.corpus.by_id.get(identity)
    return Other(found.title, context.addresses.postmortem(found), note) if found else Other(identity, "", note)


def _ways(postmortem: Postmortem, context: PageContext) -> list[PrevNextLine]:
    neighbours = context.analysis.neighbours.get(postmortem.path)
    if neighbours is None:
        return []
    ways = [_way("All incidents", "", neighbours.in_time, context)]
    for name, between in neighbours.by_pattern.items():
        if pattern := context.corpus.pattern_by_id.get(name):
            ways.append(_way(pattern.title, mark_of(pattern.family, context.settings), between, context))
    return [way for way in ways if way.previous or way.next]


def _way(name: str, mark: str, between: PrevNext, context: PageContext) -> PrevNextLine:
    return PrevNextLine(name, mark, _neighbour(between.previous, context), _neighbour(between.next, context))


def _neighbour(postmortem: Postmortem | None, context: PageContext) -> Other | None:
    if postmortem is None:
        return None
    day = postmortem.day
    month = f"{MONTHS[day.month - 1]} {day.year}" if day else "day unknown"
    title = postmortem.title
    title = title if len(title) <= _MOST_OF_A_TITLE else title[: _MOST_OF_A_TITLE - 1].rstrip() + "…"
    return Other(title, context.addresses.postmortem(postmortem), month)


def _description(postmortem: Postmortem, lengths: Durations) -> str:
    """The facts, for search engines and link previews where there is no summary."""
    matter = postmortem.front_matter
    parts = [matter.severity or "", day_words(postmortem.day) if postmortem.day else ""]
    if lengths.to_recover is not None:
        parts.append(f"recovered after {duration_words(lengths.to_recover)}")
    parts.append(f"root cause: {postmortem.root_cause}" if postmortem.root_cause else "")
    return ", ".join(part for part in parts if part)
