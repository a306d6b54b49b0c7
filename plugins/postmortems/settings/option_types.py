"""Types of options that are more than text and numbers, with what is said of a value that does not fit."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, ByteSize, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from postmortems.text.spelling import did_you_mean, listed

DEFAULT = "default"
"""The key of what holds for every severity or status that is not named."""


class RuleLevel(StrEnum):
    """The level that a setting gives to a rule."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    OFF = "off"


def zone_name(value: object) -> str:
    try:
        return ZoneInfo(str(value)).key
    except (KeyError, ValueError, OSError):
        raise PydanticCustomError("zone", "is not a time zone such as UTC or Europe/Berlin") from None


def severity_scale(value: object) -> object:
    if not isinstance(value, list):
        return value
    if any(isinstance(name, list | dict) for name in value):
        raise PydanticCustomError("scale", "contains a list or a mapping; list the severities, such as [SEV1, SEV2]")
    return dict.fromkeys(value, "")


def language_codes(value: object) -> object:
    # YAML reads a bare `no` as false, which is what a team in Norway may well write.
    codes = value if isinstance(value, list | tuple) else [value]
    if not codes or value is None:
        raise PydanticCustomError("languages", "is empty; write a list such as [en, nb]")
    return ["nb" if code is False or code == "no" else code for code in codes]


def by_severity(value: object) -> object:
    return value if isinstance(value, dict) else {DEFAULT: value}


def severity_names(value: object) -> object:
    names = [value] if isinstance(value, str) else value
    if names is None:
        return None
    if not isinstance(names, list | tuple):
        raise PydanticCustomError("names", "is not a list of severities such as [SEV1, SEV2]")
    if not names:
        raise PydanticCustomError("names", "is empty; leave it out if all severities need a postmortem")
    return names


def _level(value: object) -> RuleLevel:
    # YAML reads a bare `off` as false, and nobody who switches a rule off means anything else.
    found = RuleLevel.OFF if value is False else next((level for level in RuleLevel if level == value), None)
    if found is None:
        raise PydanticCustomError("level", "is not one of error, warning, info, off")
    return found


def _for_all(value: object) -> object:
    return value if isinstance(value, dict) else {DEFAULT: _level(value)}


RuleLevels = Annotated[
    dict[str, Annotated[RuleLevel, BeforeValidator(_level)]],
    BeforeValidator(_for_all),
]
"""The levels of one rule by status, by severity and for all others (`default`); a plain level is one for all."""


def one_of(choices: type[StrEnum], noun: str) -> BeforeValidator:
    """Return a validator that takes one of the choices, and otherwise suggests the nearest."""

    def chosen(value: object) -> StrEnum:
        if isinstance(value, str) and value.strip().lower() in list(choices):
            return choices(value.strip().lower())
        hint = (isinstance(value, str) and did_you_mean(value, choices)) or f"the {noun}s are {listed(choices)}"
        raise PydanticCustomError(noun, "is not a {noun}; {hint}", {"noun": noun, "hint": hint})

    return BeforeValidator(chosen)


_SIZE = TypeAdapter(ByteSize)


def file_size(value: object) -> ByteSize:
    try:
        return _SIZE.validate_python("" if isinstance(value, bool) else value)
    except ValidationError:
        raise PydanticCustomError("size", "is not a size such as 500kB or 2MB") from None


def inside_docs(value: object) -> object:
    if isinstance(value, str) and (value.startswith(("/", "\\")) or ".." in value.replace("\\", "/").split("/")):
        raise PydanticCustomError("outside", "must stay inside the project: a relative path without ..")
    return value
