"""The page of one incident: what stands above the authored text, and below it."""

from __future__ import annotations

from postmortems.analyse.actions import dated_actions
from postmortems.analyse.neighbours import PrevNext
from postmortems.model.durations import Durations
from postmortems.model.pattern import Pattern
from postmortems.model.postmortem import Postmortem
from postmortems.render.authored.generated_blocks import drawn_parts
from postmortems.render.base.context import PageContext
from postmortems.render.base.page import Page
from postmortems.render.pages.layout import render, render_with_headings
from postmortems.render.words.formats import day_words, duration_words
from postmortems.render.words.plain import first_sentence


def postmortem_page(postmortem: Postmortem, *, context: PageContext) -> Page:
    """The generated parts of one postmortem's page; costs what the postmortem holds, never the corpus."""
    analysis, matter = context.analysis, postmortem.front_matter
    lengths = analysis.durations_of(postmortem)
    before = render("postmortem/before.html", context=context, incident=postmortem, lengths=lengths)
    # Those that its author names stand above already.
    named = {*matter.repeat_of, *(other.id for other in analysis.repeated_by.get(postmortem.id, ()))}
    after, headings = render_with_headings(
        "postmortem/after.html",
        context=context,
        related=analysis.related.worth_reading(postmortem, named),
        sources=matter.sources,
        series=_series(postmortem, context),
    )
    progress = analysis.action_counts_of(postmortem)
    return Page(
        title=postmortem.title,
        before=before,
        after=after,
        headings=headings,
        description=first_sentence(postmortem) or _description(postmortem, lengths),
        # Samples of the template, too, which stand in the text: only figures and lists leave them out.
        parts=drawn_parts(
            postmortem, dated_actions(postmortem, analysis.settings, analysis.today), progress, analysis.today
        ),
    )


def _series(postmortem: Postmortem, context: PageContext) -> list[tuple[Pattern | None, PrevNext]]:
    """The series that one can walk from here: all incidents, as None, and those of each pattern that has a page."""
    neighbours = context.analysis.neighbours.get(postmortem.path)
    if neighbours is None:
        return []
    pages = context.corpus.pattern_by_id
    of_patterns = ((pages[name], beside) for name, beside in neighbours.by_pattern.items() if name in pages)
    series: list[tuple[Pattern | None, PrevNext]] = [(None, neighbours.in_time), *of_patterns]
    return [(pattern, beside) for pattern, beside in series if beside.previous or beside.next]


def _description(postmortem: Postmortem, lengths: Durations) -> str:
    """The facts, for search engines and link previews where there is no summary."""
    matter = postmortem.front_matter
    parts = [matter.severity or "", day_words(postmortem.day) if postmortem.day else ""]
    if lengths.to_recover is not None:
        parts.append(f"recovered after {duration_words(lengths.to_recover)}")
    parts.append(f"root cause: {postmortem.root_cause}" if postmortem.root_cause else "")
    return ", ".join(part for part in parts if part)
