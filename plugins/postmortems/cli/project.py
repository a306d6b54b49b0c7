"""Options and failures that several commands share."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import NoReturn

import click

from postmortems.check.levels import unknown_rules
from postmortems.cli.streams import say
from postmortems.model.duration import parse_duration
from postmortems.read.config_file import ProjectError
from postmortems.read.settings_file import Project, find_config, read_project, setting_lines

USAGE = 2
"""Exit code for wrong usage and for settings that cannot be used."""


class Day(click.ParamType[datetime.date]):
    """A day as an option's value: 2026-11-20."""

    name = "date"

    def convert(
        self, value: str | datetime.date, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime.date:
        if isinstance(value, datetime.date):
            return value
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            self.fail(f'"{value}" is not a date of the form 2026-11-20', param, ctx)


class Length(click.ParamType[datetime.timedelta]):
    """A length of time as an option's value: 14d."""

    name = "duration"

    def convert(
        self, value: str | datetime.timedelta, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime.timedelta:
        if isinstance(value, datetime.timedelta):
            return value
        found = parse_duration(value)
        if found is None:
            self.fail(f'"{value}" is not a duration such as 14d', param, ctx)
        return found


config_option = click.option(
    "--config",
    "config",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The mkdocs.yml to use (default: the nearest one in this folder or above).",
)
today_option = click.option(
    "--today",
    metavar="DATE",
    type=Day(),
    help="Use this date (UTC) as today; SOURCE_DATE_EPOCH does the same.",
)


def open_project(config: Path | None) -> Project:
    """The knowledge base that a command is about; ends the command with exit code 2 where there is none."""
    try:
        path = config or find_config(Path.cwd())
        if not path.is_file():
            raise ProjectError(f"{path}: no such file")
        project = read_project(path)
        if problems := unknown_rules(project.settings):
            raise ProjectError(*setting_lines(path, problems))
    except ProjectError as error:
        refuse(*error.lines)
    return project


def refuse(*lines: str) -> NoReturn:
    """Say what is wrong on stderr, a line each, and end with exit code 2."""
    say(*lines)
    raise SystemExit(USAGE)
