"""The plugin's block of `mkdocs.yml` → settings.

The plugin hands that block over, the command reads the same block itself; both come here, so they always agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from postmortems.model.front_matter import IncidentKind, Status
from postmortems.model.personal_data import PersonalData
from postmortems.model.source_repository import SourceRepository
from postmortems.settings import Settings
from postmortems.settings.option_types import DEFAULT
from postmortems.text.spelling import did_you_mean, listed


@dataclass(frozen=True, slots=True)
class SettingProblem:
    """An option that cannot be used: its name, dotted, and why."""

    option: str
    message: str


def parse_settings(options: Mapping[str, Any]) -> tuple[Settings, tuple[SettingProblem, ...]]:
    """Settings from the plugin's block, and everything that is wrong with it, all at once.

    Where something is wrong the defaults come back beside the problems, and must not be used for a check.
    """
    unknown = [
        SettingProblem(name, f"unknown option; {hint}" if (hint := did_you_mean(name, Settings.model_fields)) else
                       f"unknown option; the options are {', '.join(Settings.model_fields)}")
        for name in map(str, options)
        if name not in Settings.model_fields
    ]  # fmt: skip
    known = {name: value for name, value in options.items() if name in Settings.model_fields}
    try:
        settings = Settings.model_validate(known)
    except ValidationError as error:
        wrong = [
            SettingProblem(_dotted(problem["loc"], known), _said(problem))
            for problem in error.errors(include_url=False, include_context=False)
        ]
        return Settings(), (*unknown, *wrong)
    strange = [
        SettingProblem(f"{option}.{severity}", _off_the_scale(severity, settings.severities, further))
        for option, named, further in (
            ("detection_targets", settings.detection_targets, ()),
            ("sections", settings.sections, (DEFAULT, IncidentKind.NEAR_MISS, IncidentKind.DRILL)),
            ("publish_within", settings.publish_within, (DEFAULT,)),
            ("postmortem_required", settings.postmortem_required or (), ()),
        )
        for severity in named
        if option in known and severity not in settings.severities and severity not in further
    ]
    return settings, (*unknown, *strange, *_strange_levels(settings))


def _off_the_scale(severity: str, scale: Iterable[str], further: Iterable[str]) -> str:
    hint = did_you_mean(severity, (*scale, *further))
    return f"is not in the severity scale ({listed(scale)}){'; ' if hint else ''}{hint}"


def _dotted(location: tuple[str | int, ...], options: Mapping[str, Any]) -> str:
    """An option's name as the author can find it: without the `default` that a lone value was put under."""
    option, *below = location
    if below[:1] == [DEFAULT] and not isinstance(options.get(str(option)), dict):
        below = below[1:]
    return ".".join(str(key) for key in (option, *below) if key != "[key]")


def _strange_levels(settings: Settings) -> Iterator[SettingProblem]:
    """The keys below a rule in `levels` that are no status, no severity and not `default`."""
    known = (DEFAULT, *Status, *settings.severities)
    for rule, table in settings.levels.items():
        for key in table:
            if key not in known:
                hint = did_you_mean(key, known) or f"the keys are {listed(known)}"
                yield SettingProblem(f"levels.{rule}.{key}", f"is not a status, a severity or {DEFAULT}; {hint}")


_WORDS = {
    "bool_type": "is not true or false",
    "bool_parsing": "is not true or false",
    "dict_type": "is not a mapping, such as {SEV1: 5m}",
    "model_type": "is not a mapping of options",
    "string_type": "is not text",
    "string_unicode": "is not text",
    "tuple_type": "is not a list",
    "too_short": "is empty",
}
"""Pydantic's errors that speak of Python's types."""


def _said(error: ErrorDetails) -> str:
    """One of pydantic's errors; only an option inside an option has no other words for being unknown or missing."""
    if error["type"] == "missing":
        return "is missing"
    if error["type"] == "extra_forbidden":
        known = (SourceRepository if error["loc"][0] == "sources" else PersonalData).model_fields
        return f"unknown option; {did_you_mean(str(error['loc'][-1]), known) or 'the options are ' + ', '.join(known)}"
    if error["type"] == "invalid_key":
        return "has a name that is not text"
    return _WORDS.get(error["type"], error["msg"].replace("Input should be", "is not one of"))
