"""The settings: the one declaration of every option, its type, its default and what it means.

They are in the plugin's block of `mkdocs.yml`. The plugin hands that block over, the command reads the same
block itself; both come here, so they always agree. The guide's settings page is made from this declaration.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ByteSize, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from postmortems.model.action_item import ActionState, Horizon
from postmortems.model.column import Column
from postmortems.model.docs_folder import FilePatterns, PostmortemsFolder
from postmortems.model.duration import Duration
from postmortems.model.front_matter import Status
from postmortems.model.personal_data import PersonalData
from postmortems.text.spelling import did_you_mean, listed

DEFAULT = "default"

REQUIRED_SECTIONS = (
    "Executive Summary",
    "Timeline",
    "Root Cause Analysis",
    "Primary Cause",
    "Contributing Factors",
    "Impact Assessment",
    "Response Evaluation",
    "What Went Well",
    "Areas for Improvement",
    "Action Items",
)

PUBLISH_WITHIN = timedelta(days=14)


class Completeness(StrEnum):
    """Completeness of the postmortems, taken together."""

    COMPLETE = "complete"
    SAMPLE = "sample"


class DateOrder(StrEnum):
    """Order in which `04-03-2026` is read."""

    ISO = "iso"
    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


class RuleLevel(StrEnum):
    """The level that a setting gives to a rule."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    OFF = "off"


def _zone(value: object) -> str:
    try:
        return ZoneInfo(str(value)).key
    except (KeyError, ValueError, OSError):
        raise PydanticCustomError("zone", "is not a time zone such as UTC or Europe/Berlin") from None


def _scale(value: object) -> object:
    if not isinstance(value, list):
        return value
    if any(isinstance(name, list | dict) for name in value):
        raise PydanticCustomError("scale", "holds a list or a mapping; name the severities, such as [SEV1, SEV2]")
    return dict.fromkeys(value, "")


def _by_severity(value: object) -> object:
    return value if isinstance(value, dict) else {DEFAULT: value}


def _names(value: object) -> object:
    names = [value] if isinstance(value, str) else value
    if names is None:
        return None
    if not isinstance(names, list | tuple):
        raise PydanticCustomError("names", "is not a list of severities such as [SEV1, SEV2]")
    if not names:
        raise PydanticCustomError("names", "names no severity; leave it out where all need a postmortem")
    return names


def _level(value: object) -> RuleLevel:
    # YAML reads a bare `off` as false, and nobody who switches a rule off means anything else.
    found = RuleLevel.OFF if value is False else next((level for level in RuleLevel if level == value), None)
    if found is None:
        raise PydanticCustomError("level", "is none of error, warning, info and off")
    return found


def _for_all(value: object) -> object:
    return value if isinstance(value, dict) else {DEFAULT: _level(value)}


RuleLevels = Annotated[
    dict[str, Annotated[RuleLevel, BeforeValidator(_level)]],
    BeforeValidator(_for_all),
]
"""The levels of one rule by status, by severity and for all others (`default`); a plain level is one for all."""


def _one_of(choices: type[StrEnum], noun: str) -> BeforeValidator:
    """Return a validator that takes one of the choices, and otherwise suggests the nearest."""

    def chosen(value: object) -> StrEnum:
        if isinstance(value, str) and value.strip().lower() in list(choices):
            return choices(value.strip().lower())
        hint = (isinstance(value, str) and did_you_mean(value, choices)) or f"the {noun}s are {listed(choices)}"
        raise PydanticCustomError(noun, "is no {noun}; {hint}", {"noun": noun, "hint": hint})

    return BeforeValidator(chosen)


_SIZE = TypeAdapter(ByteSize)


def _size(value: object) -> ByteSize:
    try:
        return _SIZE.validate_python("" if isinstance(value, bool) else value)
    except ValidationError:
        raise PydanticCustomError("size", "is not a size such as 500kB or 2MB") from None


def _inside_docs(value: object) -> object:
    if isinstance(value, str) and (value.startswith(("/", "\\")) or ".." in value.replace("\\", "/").split("/")):
        raise PydanticCustomError("outside", "must stay inside the project: a relative path without ..")
    return value


class Settings(BaseModel):
    """All options of the plugin. Each has a default, so an empty block is a valid one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    enabled: bool = Field(True, description="Whether the plugin does anything at all.")
    folder: PostmortemsFolder = Field(
        "postmortems",
        description="The postmortems' folder below the docs folder. Their pages' addresses begin with it.",
    )
    ignore: FilePatterns = Field(
        (),
        description="Files below the docs folder that are neither a postmortem nor a pattern, and stay ordinary pages:"
        " patterns like those of a `.gitignore`: `pir-template.md` anywhere, `archive/` with all that is in it,"
        " `postmortems/2019/**/draft-*.md`.",
    )
    severities: Annotated[dict[str, str], BeforeValidator(_scale)] = Field(
        {
            "SEV1": "most users lost the main function for hours, or data was lost or money destroyed",
            "SEV2": "a main function for many users, or everything for less than an hour",
            "SEV3": "part of a product or of the users",
            "SEV4": "noticed by few",
        },
        min_length=1,
        description="The severity scale, worst first: each name with what it means, or a plain list of names.",
    )
    detection_targets: dict[str, Duration] = Field(
        {"SEV1": timedelta(minutes=5), "SEV2": timedelta(minutes=15), "SEV3": timedelta(hours=1)},
        description="How soon an incident of each severity should be noticed; a severity without one has no target.",
    )
    publish_within: Annotated[dict[str, Duration], BeforeValidator(_by_severity)] = Field(
        {DEFAULT: PUBLISH_WITHIN},
        description="How long after the end of an incident its postmortem may take to be published: a duration, or a"
        " duration for each severity and `default`.",
    )
    postmortem_required: Annotated[tuple[str, ...] | None, BeforeValidator(_names)] = Field(
        None,
        description="The severities whose incidents need a postmortem, such as `[SEV1, SEV2]`; all, where it is left"
        " out.",
    )
    services: Annotated[str | None, BeforeValidator(_inside_docs)] = Field(
        None,
        description="A YAML file with the catalogue of services, relative to `mkdocs.yml`: names, mappings with `name`,"
        " or a mapping from names to details (`aliases`, `owner`, `description`), alone or below a key `services`."
        " A service in front matter that it does not list is then an error.",
    )
    sections: Annotated[dict[str, tuple[str, ...]], BeforeValidator(_by_severity)] = Field(
        {DEFAULT: REQUIRED_SECTIONS},
        description="The sections that a postmortem must have: a list, or a list for each severity and `default`.",
    )
    synonyms: dict[str, str] = Field(
        {},
        description="Further headings that count as one of the sections, such as `Summary of events: Timeline`.",
    )
    columns: dict[str, Annotated[Column, _one_of(Column, "column")]] = Field(
        {},
        description="A team's own words for the columns of its tables, such as `Verantwortlich: owner`. Of action"
        " items: `action`, `owner`, `due`, `state`, `is_done` (a column to tick), `ticket`, `kind` and `done` (the day"
        " of closing); of timelines: `time`, `event`, `action` (the action taken), `actor`, `phase` and `link`.",
    )
    states: dict[str, Annotated[ActionState, _one_of(ActionState, "state")]] = Field(
        {},
        description="A team's own words and marks for the state of an action item, such as `Superseded: dropped` or"
        ' `"[~]": dropped`: `done`, `open`, `dropped`, or `unknown` where nobody can tell.',
    )
    time_zone: Annotated[str, BeforeValidator(_zone)] = Field(
        "UTC", description="The zone of times in a timeline that states none."
    )
    date_order: DateOrder = Field(
        DateOrder.ISO,
        description="How an ambiguous date such as `04-03-2026` in a timeline is read; `iso` reports it instead.",
    )
    horizons: dict[Horizon, Duration] = Field(
        {
            Horizon.IMMEDIATE: timedelta(days=7),
            Horizon.SHORT_TERM: timedelta(days=30),
            Horizon.LONG_TERM: timedelta(days=90),
        },
        description="When action items without a date of their own fall due, counted from the publication.",
    )
    repeat_window: Duration = Field(
        timedelta(days=180), description="How far apart two like incidents may be to count as a repeat."
    )
    largest_artifact: Annotated[ByteSize, BeforeValidator(_size)] = Field(
        ByteSize(1024 * 1024), description="How large a file beside a postmortem may be, such as `500kB` or `2MB`."
    )
    levels: dict[str, RuleLevels] = Field(
        {},
        description="The level of a rule, by its name or code: `error`, `warning`, `info` or `off`; or one for each"
        " status, severity and `default`, such as `single-cause: {default: warning, SEV1: error, draft: off}`.",
    )
    baseline: Annotated[str | None, BeforeValidator(_inside_docs)] = Field(
        None,
        description="A file of findings that are known and count no more, relative to `mkdocs.yml`; "
        "`postmortems check --baseline FILE --write-baseline` makes one.",
    )
    active_html: bool = Field(
        False,
        description="Whether pages keep HTML that runs, loads or sends something: scripts, frames, forms, handlers."
        " Only where everybody who can change a file below the docs folder may run code for all who read the site.",
    )
    families: tuple[str, ...] = Field(
        (
            "database",
            "deployment",
            "configuration",
            "network",
            "capacity",
            "dependency",
            "monitoring",
            "security",
        ),
        max_length=8,
        description="The families of patterns; the place in the list gives a family its mark and its colour.",
    )
    personal_data: PersonalData = Field(
        PersonalData(),
        description="What counts as personal data: `identifiers` are regular expressions for the numbers of customers,"
        r" such as `CUST-\d{6}`; `allow` lets values through, with `*` for any characters, such as"
        " `'*@status.example'`; with `phone_region`, such as `GB`, telephone numbers of that country are found without"
        " their country code, too.",
    )
    corpus: Completeness = Field(
        Completeness.COMPLETE,
        description="`complete`, or `sample` for a collection whose frequency and completion mean nothing.",
    )

    def required_sections(self, severity: str | None) -> tuple[str, ...]:
        """The canonical names of the sections that a postmortem of this severity must have."""
        return self.sections.get(severity or "", self.sections.get(DEFAULT, REQUIRED_SECTIONS))

    def time_to_publish(self, severity: str | None) -> timedelta:
        """Time until the postmortem of an incident of this severity is due, counted from its end."""
        return self.publish_within.get(severity or "", self.publish_within.get(DEFAULT, PUBLISH_WITHIN))

    def requires_postmortem(self, severity: str | None) -> bool:
        """True if an incident of this severity needs a postmortem; one of unknown severity does."""
        required = self.postmortem_required
        return required is None or severity in required or severity not in self.severities


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
        SettingProblem(f"{option}.{severity}", f"is not in the severity scale ({', '.join(settings.severities)})")
        for option, named, further in (
            ("detection_targets", settings.detection_targets, ()),
            ("sections", settings.sections, (DEFAULT,)),
            ("publish_within", settings.publish_within, (DEFAULT,)),
            ("postmortem_required", settings.postmortem_required or (), ()),
        )
        for severity in named
        if option in known and severity not in settings.severities and severity not in further
    ]
    return settings, (*unknown, *strange, *_strange_levels(settings))


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
                yield SettingProblem(f"levels.{rule}.{key}", f"is no status, no severity and not {DEFAULT}; {hint}")


_WORDS = {
    "bool_type": "is neither true nor false",
    "bool_parsing": "is neither true nor false",
    "dict_type": "is not a mapping, such as {SEV1: 5m}",
    "model_type": "is not a mapping of options",
    "string_type": "is not a text",
    "string_unicode": "is not a text",
    "tuple_type": "is not a list",
    "too_short": "is empty",
}
"""Pydantic's errors that speak of Python's types."""


def _said(error: ErrorDetails) -> str:
    """One of pydantic's errors; only an option inside an option has no other words for being unknown."""
    if error["type"] == "extra_forbidden":
        known = PersonalData.model_fields
        return f"unknown option; {did_you_mean(str(error['loc'][-1]), known) or 'the options are ' + ', '.join(known)}"
    if error["type"] == "invalid_key":
        return "has a name that is not a text"
    return _WORDS.get(error["type"], error["msg"].replace("Input should be", "is none of"))
