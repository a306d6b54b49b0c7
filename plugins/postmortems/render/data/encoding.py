"""Published figures as JSON, and the declaration that their schema is made from, both from `published` of a class."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, Field, create_model

from postmortems.analyse.findings.finding import Claim, Others
from postmortems.model.postmortem import Postmortem
from postmortems.model.published import Figure, Form
from postmortems.render.data.json_text import Count, Day, Seconds, day_text, one_of, seconds
from postmortems.render.words.findings import claim_words


def encoded(value: Any) -> Any:
    """A value as it is published: the id of a postmortem, a length in seconds, a claim in words, figures by key."""
    match value:
        case Postmortem():
            return value.id
        case timedelta():
            return seconds(value)
        case date():
            return day_text(value)
        case StrEnum():
            return value.value
        case Claim() | Others():
            return claim_words(value)
        case tuple():
            return [encoded(member) for member in value]
    published: Form | None = getattr(type(value), "published", None)
    return {figure.key: encoded(figure.of(value)) for figure in published.figures} if published else value


@cache
def declaration(owner: type) -> type[BaseModel]:
    """The published form of a class as a model; its description is the first paragraph of the docstring."""
    published: Form = owner.published  # type: ignore[attr-defined]
    fields: dict[str, Any] = {
        figure.key: (_published_type(owner, figure), Field(description=figure.meaning)) for figure in published.figures
    }
    summary = " ".join((owner.__doc__ or "").partition("\n\n")[0].split())
    return create_model(published.name, __doc__=summary, **fields)


def _published_type(owner: type, figure: Figure) -> Any:
    if figure.is_number:
        return Count
    declared: Any = owner
    is_optional = False
    for name in figure.source.split("."):
        (declared, may_be_none) = _without_none(_hints(declared)[name])
        is_optional |= may_be_none
    published = figure.type or _converted(declared)
    return published | None if is_optional else published


@cache
def _hints(owner: type) -> Mapping[str, Any]:
    """The types of the attributes and properties of a class."""
    properties = {
        name: get_type_hints(found.fget, include_extras=True)["return"]
        for name, found in vars(owner).items()
        if isinstance(found, property)
    }
    return get_type_hints(owner, include_extras=True) | properties


def _without_none(declared: Any) -> tuple[Any, bool]:
    if get_origin(declared) not in (Union, UnionType):
        return declared, False
    (known,) = (choice for choice in get_args(declared) if choice is not NoneType)
    return known, True


_SIMPLE: Mapping[Any, Any] = {int: Count, timedelta: Seconds, date: Day, Postmortem: str, Claim: str, Others: str}


def _converted(declared: Any) -> Any:
    """The type of a value as `encoded` gives it."""
    if get_origin(declared) is tuple:
        return list[_converted(get_args(declared)[0])]  # type: ignore[misc]
    if hasattr(declared, "published"):
        return declaration(declared)
    if isinstance(declared, type) and issubclass(declared, StrEnum):
        return Annotated[str, one_of(declared)]
    return _SIMPLE.get(declared, declared)
