"""The page of one incident: what stands above the authored text, and below it."""

from __future__ import annotations

from postmortems.analyse.actions import dated_actions
from postmortems.analyse.agenda.offered import is_offered
from postmortems.analyse.facets import Group
from postmortems.analyse.neighbours import PrevNext
from postmortems.analyse.occurrences import involvements
from postmortems.analyse.passages import saved_by
from postmortems.analyse.response.card import response_card
from postmortems.model.durations import Durations
from postmortems.model.pattern import Role
from postmortems.model.postmortem import Postmortem
from postmortems.render.authored.generated_blocks import drawn_parts
from postmortems.render.base.context import PageContext
from postmortems.render.base.page import Page
from postmortems.render.pages.layout import render, render_with_headings
from postmortems.render.words.formats import day_words, duration_words
from postmortems.render.words.past import past_words
from postmortems.render.words.plain import first_sentence
from postmortems.text.slug import slug

_ROLES = (
    (Role.TRIGGER, "Set off by"),
    (Role.CONTRIBUTING, "Made worse by"),
    (Role.DETECTION, "Hidden by"),
    (Role.MITIGATION, "Repair slowed by"),
    (None, "Patterns"),
)
_MOST_ALIKE = 3


def postmortem_page(postmortem: Postmortem, *, context: PageContext) -> Page:
    """The generated parts of one postmortem's page; costs what the postmortem holds, never the corpus."""
    analysis = context.analysis
    lengths = analysis.durations_of(postmortem)
    items = context.addresses.section(postmortem, "Action Items").partition("#")[2]
    before = render(
        "postmortem/before.html",
        context=context,
        incident=postmortem,
        lengths=lengths,
        by_role=_by_role(postmortem),
        saved=next(iter(saved_by([postmortem], context.corpus)), None),
        items=items,
    )
    after, headings = render_with_headings(
        "postmortem/after.html",
        context=context,
        incident=postmortem,
        # Declared repeats stand above already.
        related=analysis.worth_reading(postmortem)[:_MOST_ALIKE],
        beside=analysis.neighbours.get(postmortem.path, PrevNext()),
        more=_more(postmortem, context),
        card=response_card(postmortem, analysis),
        items=items,
        has_agenda=is_offered(postmortem, analysis),
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
            postmortem,
            dated_actions(postmortem, analysis.settings, analysis.today),
            progress,
            analysis.today,
            {action.item: past_words(action, analysis) for action in analysis.actions_of(postmortem)},
        ),
    )


def _by_role(postmortem: Postmortem) -> list[tuple[str, list[str]]]:
    """The patterns of a postmortem by their role in it, each role with what it is called on the page."""
    found = involvements(postmortem)
    by_role = ((title, [name for name, part in found.items() if part.role is role]) for role, title in _ROLES)
    return [(title, names) for title, names in by_role if names]


def _more(postmortem: Postmortem, context: PageContext) -> list[tuple[str, str, int]]:
    """The groups of several incidents that this one is in: name, address and number of each, patterns first."""
    analysis, filtered = context.analysis, context.addresses.filtered
    pages = [page for name in involvements(postmortem) if (page := context.corpus.pattern_by_id.get(name))]
    found = [
        (page.title, filtered([(Group.PATTERN, page.id)]), len(analysis.occurrences[page.id].counted)) for page in pages
    ]
    if name := postmortem.front_matter.owner:
        owner = analysis.owners[slug(name)]
        found.append((owner.name, filtered([(Group.OWNER, owner.name)]), len(owner.incidents)))
    return [group for group in found if group[2] > 1]


def _description(postmortem: Postmortem, lengths: Durations) -> str:
    """The facts, for search engines and link previews where there is no summary."""
    matter = postmortem.front_matter
    parts = [matter.severity or "", day_words(postmortem.day) if postmortem.day else ""]
    if lengths.to_recover is not None:
        parts.append(f"resolved after {duration_words(lengths.to_recover)}")
    parts.append(f"root cause: {postmortem.root_cause}" if postmortem.root_cause else "")
    return ", ".join(part for part in parts if part)
