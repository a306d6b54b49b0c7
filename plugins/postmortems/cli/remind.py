"""`postmortems remind`: what each owner promised that is overdue or soon due."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.reminders import Reminders, reminders
from postmortems.cli.completion import complete_owners
from postmortems.cli.data_format import put
from postmortems.cli.filters import unknown_value
from postmortems.cli.knowledge import load_project
from postmortems.cli.project import Length, config_option, refuse, today_option
from postmortems.loading import LoadedProject
from postmortems.model.dated_action import DatedAction
from postmortems.render.base.action_ids import action_href
from postmortems.render.data.reminders import reminders_json
from postmortems.render.words.plain import plain_words
from postmortems.report.reminder import Reminder
from postmortems.report.reminder_chat import reminder_chat
from postmortems.report.reminder_markdown import reminder_markdown
from postmortems.text.slug import slug


@click.command("remind")
@click.option(
    "--within",
    metavar="DURATION",
    type=Length(),
    default="14d",
    help="Include open items due within this time, today included (default: 14d).",
)
@click.option(
    "--owner",
    metavar="NAME",
    multiple=True,
    shell_complete=complete_owners,
    help="Only items owned by this person or team. Repeatable.",
)
@click.option("--mention", is_flag=True, help="Mention owners that are written as @name or @organisation/team.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["markdown", "chat", "json"]),
    default="markdown",
    help="Output format: markdown (default) for an issue, chat for a short message, or json.",
)
@today_option
@config_option
def command(
    within: datetime.timedelta,
    owner: tuple[str, ...],
    mention: bool,
    form: str,
    today: datetime.date | None,
    config: Path | None,
) -> None:
    """List overdue and due-soon action items by owner; items without an owner come last.

    Links lead to the site if `site_url` is set, and are file and line if not. The guide has a scheduled job that keeps
    one issue up to date.

    \b
    Exit codes: 0 whatever is due; 2 invalid usage or settings.

    \b
    Examples:
      postmortems remind > reminder.md
      postmortems remind --within 7d --owner payments --format chat
      postmortems remind --format json
    """
    knowledge = load_project(config, today)
    analysis = knowledge.run.analysis
    if knowledge.run.nothing_found:
        refuse(knowledge.run.nothing_found)
    found = reminders(_of_owners(owner, analysis), analysis.today, within)
    reminder = _told(found, knowledge, mention)
    put(
        form,
        {
            "markdown": lambda: reminder_markdown(reminder),
            "chat": lambda: reminder_chat(reminder),
            "json": lambda: reminders_json(found, knowledge.data_context, knowledge.run.report().repository_path),
        },
    )


def _of_owners(names: tuple[str, ...], analysis: Analysis) -> list[DatedAction]:
    """The action items of all postmortems, or of some owners; ends the command for a name that owns none."""
    actions = [action for postmortem in analysis.postmortems for action in analysis.actions_of(postmortem)]
    owners = {slug(action.item.owner): action.item.owner for action in actions if action.item.owner}
    if problems := [unknown_value("owner", name, owners.values()) for name in names if slug(name) not in owners]:
        refuse(*problems)
    wanted = {slug(name) for name in names}
    return [action for action in actions if not wanted or (action.item.owner and slug(action.item.owner) in wanted)]


def _told(found: Reminders, knowledge: LoadedProject, mention: bool) -> Reminder:
    """The reminders with what a reader is shown of each: words without secrets, and an address."""
    run, context, data_context = knowledge.run, knowledge.data_context.pages, knowledge.data_context
    path = run.report().repository_path

    def words(action: DatedAction) -> str:
        return run.masking.message(action.postmortem.path, plain_words(action.item.text))

    def on_site(action: DatedAction) -> str:
        return data_context.url(action_href(action.postmortem, action.item, context.addresses))

    def in_file(action: DatedAction) -> str:
        return f"{path(action.item.place.path)}:{action.item.place.line}"

    has_site = bool(data_context.site_url)
    overview = data_context.url(context.addresses.actions()) if has_site else ""
    return Reminder(found, words, on_site if has_site else in_file, overview, mention)
