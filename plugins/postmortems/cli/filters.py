"""The options that say which postmortems a command is about."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import click

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.selection import Selection
from postmortems.cli.completion import (
    Complete,
    complete_owners,
    complete_patterns,
    complete_services,
    complete_severities,
    complete_statuses,
)
from postmortems.cli.project import Day, refuse
from postmortems.model.front_matter import Status
from postmortems.settings import Settings
from postmortems.text.slug import slug
from postmortems.text.spelling import did_you_mean, listed

_Command = TypeVar("_Command", bound=Callable[..., Any])
_LISTED = 12


def _several(option: str, metavar: str, complete: Complete, help_text: str) -> Callable[[_Command], _Command]:
    return click.option(
        option, metavar=metavar, multiple=True, shell_complete=complete, help=f"{help_text} Repeatable."
    )


severity_option = _several("--severity", "NAME", complete_severities, "Only incidents of this severity.")
service_option = _several(
    "--service", "NAME", complete_services, "Only incidents of this service, however it is spelt."
)
pattern_option = _several("--pattern", "ID", complete_patterns, "Only incidents with this pattern.")
status_option = _several(
    "--status", "NAME", complete_statuses, "Only postmortems with this status: draft, in-review or published."
)
since_option = click.option("--since", metavar="DATE", type=Day(), help="Only incidents on or after this date.")
until_option = click.option("--until", metavar="DATE", type=Day(), help="Only incidents on or before this date.")
owner_option = _several("--owner", "NAME", complete_owners, "Only postmortems owned by this team.")


def incident_options(command: _Command) -> _Command:
    """The options that are about the incident, whatever a command shows of it."""
    for option in (until_option, since_option, status_option, pattern_option, service_option, severity_option):
        command = option(command)
    return command


def read_selection(asked: Mapping[str, Any], analysis: Analysis, settings: Settings) -> Selection:
    """The selection that the options name; ends the command with exit code 2 where a value is none that there is.

    `asked` are the values of the options by their names, of those that the command has.
    """
    problems: list[str] = []

    def known(option: str, choices: Iterable[str], key: Callable[[str], str] = str.casefold) -> frozenset[str]:
        by_key = {key(choice): choice for choice in choices}
        found = set()
        for word in asked.get(option, ()):
            if (choice := by_key.get(key(word))) is not None:
                found.add(choice)
            else:
                problems.append(unknown_value(option, word, by_key.values()))
        return frozenset(found)

    matters = [postmortem.front_matter for postmortem in analysis.postmortems]
    spellings = (name for service in analysis.services.values() for name in service.spellings)
    owners = dict.fromkeys(matter.owner for matter in matters if matter.owner)
    in_use = (matter.severity for matter in matters if matter.severity)
    selection = Selection(
        severities=known("severity", dict.fromkeys([*settings.severities, *in_use])),
        services=frozenset(map(slug, known("service", spellings, slug))),
        patterns=known("pattern", analysis.occurrences),
        owners=frozenset(map(slug, known("owner", owners, slug))),
        statuses=frozenset(Status(status) for status in known("status", Status)),
        since=asked.get("since"),
        until=asked.get("until"),
    )
    problems += _empty_stretch(selection.since, selection.until)
    if problems:
        refuse(*problems)
    return selection


def unknown_value(option: str, word: str, choices: Iterable[str]) -> str:
    """Message on a value that cannot be used, and what may have been meant."""
    there_are = sorted(choices)
    hint = did_you_mean(word, there_are)
    if not hint:
        more = f" and {len(there_are) - _LISTED} more" if len(there_are) > _LISTED else ""
        hint = f"there are {listed(there_are[:_LISTED])}{more}" if there_are else "there is none yet"
    return f'--{option} is "{word[:80]}", which matches no postmortem; {hint}'


def _empty_stretch(since: datetime.date | None, until: datetime.date | None) -> list[str]:
    if since and until and until < since:
        return [f"--until {until} is before --since {since}"]
    return []
