"""`postmortems show ID`: one postmortem on a screen."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import click

from postmortems.analyse.passages import saved_by
from postmortems.cli.completion import complete_ids
from postmortems.cli.data_format import format_option, put, terminal_width, wants_colour
from postmortems.cli.knowledge import load_project, named_content
from postmortems.cli.project import config_option, today_option
from postmortems.cli.registered import show_incident
from postmortems.cli.table import labelled, wrapped
from postmortems.loading import LoadedProject
from postmortems.model.durations import Durations, TargetSource
from postmortems.model.postmortem import Postmortem
from postmortems.render.data.action_record import ActionRecord
from postmortems.render.data.data_context import DataContext
from postmortems.render.data.lists import postmortems_csv
from postmortems.render.data.postmortem_record import PostmortemRecord
from postmortems.render.data.whole_record import whole_record_json
from postmortems.render.words.formats import UNKNOWN, duration_words, moment_words
from postmortems.render.words.plain import plain_words
from postmortems.text.spelling import listed

_LISTED = 10
_NARROWEST, _WIDEST = 40, 100
_NOT_ASKED = frozenset(("Detected", "Mitigated", "Resolved", "Detected by", "Trigger"))
"""Facts that a near miss need not have."""


@click.command("show")
@click.argument("name", metavar="ID", shell_complete=complete_ids)
@click.option("--incident", "is_incident", is_flag=True, help="ID is an incident's: exit code 1 if none has it.")
@format_option
@today_option
@config_option
@click.pass_context
def command(
    context: click.Context,
    name: str,
    is_incident: bool,
    form: str,
    today: datetime.date | None,
    config: Path | None,
) -> None:
    """Show one postmortem: key times, causes, patterns and action items.

    ID is its id (2018/01-github-mysql-split), its file or folder, or any unique part of the id. JSON is its whole
    record, with its events and its text, as in the site's folder data/postmortems/.

    With --incident, ID is an incident of the register, whether it has a postmortem yet or not, or the whole id of a
    postmortem. Words may follow an id, as in the name of a branch: INC-412-checkout.

    \b
    Exit codes: 0 shown; 1 with --incident, no incident or postmortem has this ID; 2 invalid usage or settings.

    \b
    Examples:
      postmortems show 2018/01-github-mysql-split
      postmortems show github-mysql
      postmortems show docs/postmortems/2018/01-github-mysql-split/postmortem.md
      postmortems show github-mysql --format json
      postmortems show --incident INC-412
    """
    if is_incident:
        if form != "table":
            raise click.UsageError(f"--incident has no --format {form}: its entry in the register is the data")
        context.exit(show_incident(name, load_project(config, today)))
    knowledge = load_project(config, today)
    postmortem = named_content(name, knowledge)
    data_context = knowledge.data_context
    put(
        form,
        {
            "table": lambda: _card(postmortem, data_context, knowledge),
            "json": lambda: whole_record_json(data_context, postmortem),
            "csv": lambda: postmortems_csv([data_context.record(postmortem)]),
        },
    )


def _card(postmortem: Postmortem, data_context: DataContext, knowledge: LoadedProject) -> str:
    record, lengths = data_context.record(postmortem), data_context.pages.analysis.durations_of(postmortem)
    widest = min(max(terminal_width() or _WIDEST, _NARROWEST), _WIDEST)
    bold = "\x1b[1m{}\x1b[0m" if wants_colour() else "{}"
    title = "\n".join(bold.format(line) for line in wrapped(record["title"], widest))
    facts = [*_moments(postmortem, lengths), *_facts(record)]
    if postmortem.is_near_miss:
        facts = [(name, words) for name, words in facts if name not in _NOT_ASKED or words.split()[0] != UNKNOWN]
    lines = [title, "", *(line for name, words in facts for line in labelled(name, words, widest))]
    if record["summary"]:
        lines += ["", *wrapped(record["summary"], widest)]
    for saved in saved_by([postmortem], data_context.pages.corpus):
        lines += ["", bold.format("Saved by")]
        lines += [line for point in saved.points for line in _point(plain_words(point), widest)]
    items = data_context.actions_of(postmortem)
    if items:
        lines += ["", bold.format(f"Action items, as of {data_context.pages.analysis.today}")]
        lines += [line for item in items for line in _item(item, widest)]
    lines += ["", *labelled("File", knowledge.run.report().shown(postmortem.path), None)]
    lines += chain.from_iterable(labelled("Source", source, None) for source in record["sources"])
    return "\n".join(lines) + "\n"


def _moments(postmortem: Postmortem, lengths: Durations) -> Iterator[tuple[str, str]]:
    matter = postmortem.front_matter
    yield (
        "Started",
        moment_words(matter.started_at)
        if matter.started_at or not postmortem.day
        else f"{postmortem.day}, time {UNKNOWN}",
    )
    target = ""
    if lengths.target is not None:
        whose = "own" if lengths.target_source is TargetSource.POSTMORTEM else matter.severity
        over = f", {duration_words(lengths.over_target)} over" if lengths.over_target else ""
        target = f" ({whose} target: {duration_words(lengths.target)}{over})"
    yield "Detected", f"{_after(matter.detected_at, lengths.to_detect)}{target}"
    yield "Mitigated", _after(matter.mitigated_at, lengths.to_mitigate)
    yield "Resolved", _after(matter.resolved_at, lengths.to_recover)
    yield "Detected by", matter.detected_by or UNKNOWN


def _after(moment: datetime.datetime | None, length: datetime.timedelta | None) -> str:
    if length is None:
        return moment_words(moment)
    after = duration_words(length)
    return f"{moment_words(moment)}, {after}" + ("" if not length else " after start")


def _facts(record: PostmortemRecord) -> Iterator[tuple[str, str]]:
    yield "Severity", record["severity"] or UNKNOWN
    yield "Status", (record["status"] or UNKNOWN) + (f" on {record['published_on']}" if record["published_on"] else "")
    if record["kind"] != "incident":
        yield "Kind", record["kind"]
    yield "Owner", record["owner"] or "none"
    yield "Services", listed(record["services"]) or "none"
    yield "Root cause", record["root_cause"] or UNKNOWN
    yield "Trigger", record["trigger"] or UNKNOWN
    patterns = (pattern["id"] + (f" ({pattern['role']})" if pattern["role"] else "") for pattern in record["patterns"])
    yield "Patterns", listed(patterns) or "none"
    if record["repeat_of"]:
        yield "Repeat of", listed(record["repeat_of"])
    for other in record["not_repeat_of"]:
        yield "Not a repeat", f"of {other['id']}:  {other['reason']}"


def _point(words: str, widest: int) -> Iterator[str]:
    for place, line in enumerate(wrapped(words, widest - 2)):
        yield f"{'  ' if place else '- '}{line}"


def _item(item: ActionRecord, widest: int) -> Iterator[str]:
    boxes = {"open": "[ ]", "done": "[x]", "dropped": "[-]", "unknown": "[?]"}
    facts = [
        item["kind"] or "",
        f"done {item['done']}" if item["done"] else "",
        _due(item),
        f"dropped: {item['dropped_because']}" if item["dropped_because"] else "",
        "status unknown" if item["state"] == "unknown" else "",
        item["ticket"] or "",
    ]
    told = listed(fact for fact in facts if fact)
    owner = f"{item['owner']}: " if item["owner"] else ""
    lines = wrapped(f"{owner}{item['text']}" + (f" ({told})" if told else ""), widest - 4)
    for place, line in enumerate(lines):
        yield f"{boxes[item['state']] if place == 0 else '   '} {line}"


def _due(item: ActionRecord) -> str:
    if not item["due"] or item["done"]:
        return ""
    derived = " (from its heading)" if item["due_is_derived"] else ""
    return ("overdue since " if item["is_overdue"] else "due ") + item["due"] + derived
