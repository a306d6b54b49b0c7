"""The front matter of a postmortem, as one typed declaration.

The declaration serves three ends: it validates what authors write, it is the source of the JSON Schema that
editors use, and the guide's table of keys is checked against it. Every field may be absent here, because a
postmortem with a part missing must still be shown under `mkdocs serve`; what must be present is REQUIRED.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from postmortems.model.duration import Duration
from postmortems.model.pattern import Role
from postmortems.model.quick_pickle import QuickModel
from postmortems.text.slug import composed

UNKNOWN = "unknown"
TO_BE_FOUND_OUT = "[to be found out]"
"""Value in a new postmortem that its author has not looked up yet: `unknown` is an answer, and this is none."""

REQUIRED = (
    "title",
    "status",
    "severity",
    "services",
    "started_at",
    "detected_at",
    "mitigated_at",
    "resolved_at",
    "root_cause",
    "patterns",
)
"""The keys that every postmortem has. `date` joins them where `started_at` is unknown, and `published_on` once
the status is `published`. A near miss needs no moments, only one of `date` and `started_at`."""

EVEN_IN_DRAFTS = ("title", "status", "severity")
"""Keys of these that a draft has, too."""

MOMENTS = ("started_at", "detected_at", "mitigated_at", "resolved_at")

HOST_KEYS = ("tags", "description", "hide", "template", "icon", "subtitle", "search", "image")
"""Keys of MkDocs and Material that pass through unread."""

FREE_TEXT = (
    *("title", "owner", "services", "authors", "root_cause", "trigger", "description", "subtitle", "tags"),
    *("family", "aliases", "signals"),
)
"""The keys, of patterns and of the host too, whose values are an author's own words."""


class Status(StrEnum):
    """Progress of the document (not of the incident)."""

    DRAFT = "draft"
    IN_REVIEW = "in-review"
    PUBLISHED = "published"


class IncidentKind(StrEnum):
    """Subject of the postmortem. Drills are left out of all metrics."""

    INCIDENT = "incident"
    NEAR_MISS = "near-miss"
    DRILL = "drill"


class DetectedBy(StrEnum):
    """The person or system that noticed first."""

    ALERT = "alert"
    CUSTOMER = "customer"
    STAFF = "staff"
    THIRD_PARTY = "third-party"


def _moment(value: object) -> datetime | None:
    if value is None:
        raise PydanticCustomError("moment_empty", "is empty")
    if not isinstance(value, str):
        raise PydanticCustomError("moment_type", "is not a time")
    text = value.strip()
    if text.lower() == UNKNOWN:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError("moment_format", "is not an ISO 8601 time") from None
    if len(text) <= len("2026-11-20"):
        raise PydanticCustomError("moment_day_only", "names a day but no time")
    if moment.tzinfo is None:
        raise PydanticCustomError("time_without_zone", "has no time zone")
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise PydanticCustomError("moment_format", "is out of range") from None


def _day(value: object) -> date:
    if not isinstance(value, str):
        raise PydanticCustomError("day_type", "is not a date")
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        raise PydanticCustomError("day_format", "is not a date of the form 2026-11-20") from None


def _day_or_unknown(value: object) -> date | None:
    return None if isinstance(value, str) and value.strip().lower() == UNKNOWN else _day(value)


def _url(value: object) -> str:
    if not isinstance(value, str) or not value.startswith(("https://", "http://")):
        raise PydanticCustomError("url_format", "is not a URL that starts with https:// or http://")
    if any(character.isspace() for character in value):
        raise PydanticCustomError("url_format", "is not a URL: it contains a space")
    return value


def _as_occurrence(value: object) -> object:
    return {"pattern": value} if isinstance(value, str) else value


def _as_list(value: object) -> object:
    return value if isinstance(value, list | tuple) else [value]


Text = Annotated[
    str,
    StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=1000),
    AfterValidator(composed),
]
# The patterns are for editors, and admit whatever the validators do.
UNKNOWN_IN_ANY_CASE = "".join(f"[{letter.upper()}{letter}]" for letter in UNKNOWN)
_DAY_PATTERN = "[0-9]{4}-?(?:[0-9]{2}-?[0-9]{2}|W[0-9]{2}(?:-?[0-9])?)"
_MOMENT_PATTERN = rf"{_DAY_PATTERN}.[0-9:.,]+(?:[Zz]|[+-][0-9:.]+)"
MomentText = Annotated[str, Field(pattern=rf"^\s*(?:{UNKNOWN_IN_ANY_CASE}|{_MOMENT_PATTERN})\s*$")]
DayText = Annotated[str, Field(pattern=rf"^\s*{_DAY_PATTERN}\s*$")]
DayOrUnknownText = Annotated[str, Field(pattern=rf"^\s*(?:{UNKNOWN_IN_ANY_CASE}|{_DAY_PATTERN})\s*$")]
UrlText = Annotated[str, Field(pattern=r"^https?://\S*$")]

Moment = Annotated[
    datetime | None,
    BeforeValidator(_moment, json_schema_input_type=MomentText),
    Field(description="ISO 8601 with an offset or Z, or `unknown`"),
]
Day = Annotated[date, BeforeValidator(_day, json_schema_input_type=DayText)]
DayOrUnknown = Annotated[date | None, BeforeValidator(_day_or_unknown, json_schema_input_type=DayOrUnknownText)]
Url = Annotated[str, BeforeValidator(_url, json_schema_input_type=UrlText)]


def _known_or_none(value: str) -> str | None:
    return None if value.lower() == UNKNOWN else value


class _Frozen(QuickModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Occurrence(_Frozen):
    """A pattern in one incident, and what it did there."""

    pattern: Text
    role: Role | None = None


class NotRepeat(_Frozen):
    """An earlier postmortem that this one resembles and does not repeat."""

    id: Text
    reason: Text


class FrontMatter(_Frozen):
    """Front matter as read; a missing or unreadable value is None or empty."""

    title: Text | None = Field(None, description="What happened, in one line")
    status: Status | None = Field(None, description="Status of the document")
    severity: Annotated[Text, AfterValidator(_known_or_none)] | None = Field(
        None, description="One of the configured scale, such as SEV2"
    )
    kind: IncidentKind = Field(IncidentKind.INCIDENT, description="An incident, a near miss or a drill")
    services: tuple[Text, ...] = Field((), description="The services that were affected")
    owner: Text | None = Field(None, description="Owning team or organisation")
    authors: tuple[Text, ...] = Field((), description="Who wrote the postmortem")
    started_at: Moment = Field(None, description="The earlier of the fault taking effect and the first user impact")
    detected_at: Moment = Field(None, description="When it was first detected")
    mitigated_at: Moment = Field(None, description="When user impact ended")
    resolved_at: Moment = Field(None, description="When the fault was fixed")
    date: Day | None = Field(None, description="Day of the incident, where started_at is unknown")
    detected_by: DetectedBy | None = Field(None, description="What detected it first")
    detection_target: Duration | None = Field(None, description="Detection target, such as 5m")
    root_cause: Text | None = Field(None, description="Short label, counted across incidents, or `unknown`")
    trigger: Text | None = Field(None, description="What triggered it")
    patterns: tuple[
        Annotated[Occurrence, BeforeValidator(_as_occurrence, json_schema_input_type=Text | Occurrence)], ...
    ] = Field((), description="The patterns it belongs to, each with an optional role")
    repeat_of: Annotated[tuple[Text, ...], BeforeValidator(_as_list, json_schema_input_type=Text | list[Text])] = Field(
        (), description="The earlier postmortems that this one repeats"
    )
    not_repeat_of: Annotated[
        tuple[NotRepeat, ...], BeforeValidator(_as_list, json_schema_input_type=NotRepeat | list[NotRepeat])
    ] = Field((), description="Similar earlier postmortems that it does not repeat, each with a reason")
    published_on: DayOrUnknown = Field(None, description="Day of publication, or `unknown`")
    sources: tuple[Url, ...] = Field((), description="Where the facts come from")
    host: dict[str, Any] = Field({}, exclude=True, description="Keys of MkDocs, Material and `x-` keys, unread")


KEYS = tuple(name for name in FrontMatter.model_fields if name != "host")
"""Every key of ours, in the order in which authors write them."""
