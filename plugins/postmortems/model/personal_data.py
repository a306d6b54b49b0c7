"""Personal data beyond what everybody would take for it: the settings of one knowledge base."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

_LONGEST_PATTERN = 500


def _pattern(value: object) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST_PATTERN:
        raise PydanticCustomError("pattern", "is not a regular expression of at most 500 characters")
    try:
        matches_nothing = re.compile(value).search("") is not None
    except (re.error, OverflowError, RecursionError) as error:
        raise PydanticCustomError("pattern", "is not a regular expression: {why}", {"why": str(error)}) from None
    if matches_nothing:
        raise PydanticCustomError("pattern", "matches empty text, so it would be found everywhere")
    return value


def _region(value: object) -> str:
    from phonenumbers import SUPPORTED_REGIONS  # only whoever gives a region pays for the tables

    if not isinstance(value, str) or value not in SUPPORTED_REGIONS:
        raise PydanticCustomError("region", "is not a country code of two capital letters such as GB or DE")
    return value


class PersonalData(BaseModel):
    """Settings on personal data of one knowledge base.

    `identifiers` are regular expressions for the numbers of customers, contracts and the like; `allow` are values
    that may be in the text, with `*` for any characters; `phone_region` is the country whose telephone numbers are
    found without their country code, too.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    identifiers: Annotated[tuple[Annotated[str, BeforeValidator(_pattern)], ...], Field(max_length=50)] = ()
    allow: Annotated[tuple[str, ...], Field(max_length=1000)] = ()
    phone_region: Annotated[str, BeforeValidator(_region)] | None = None

    @cached_property
    def patterns(self) -> tuple[re.Pattern[str], ...]:
        """The identifiers, compiled."""
        return tuple(re.compile(pattern) for pattern in self.identifiers)
