"""Keys and values of YAML that do not fit their declaration → problems in the words of the product.

Front matter and the register both declare with pydantic what people may write; its errors become problems here, each
at the place of the value that it is about.
"""

from __future__ import annotations

from collections.abc import Iterable

from pydantic_core import ErrorDetails

from postmortems.model.diagnostic import Problem
from postmortems.model.place import Place
from postmortems.model.postmortem import KeyPath
from postmortems.read.yaml_nodes import YamlDocument
from postmortems.text.spelling import did_you_mean, listed


def unknown_key(place: Place, key: str, holder: str, known: Iterable[str], *, own: bool = True) -> Problem:
    """The problem of a key that means nothing in `holder`, such as "the front matter".

    `own` tells whether authors may have keys of their own there.
    """
    known = tuple(known)
    choice = f"the keys are {listed(known)}" + ('; a key of your own begins with "x-"' if own else "")
    help_text = did_you_mean(key, known) or choice
    return Problem("unknown-field", place, f'"{key[:80]}" is not a key of {holder}', help_text)


def wrong_value(
    error: ErrorDetails, document: YamlDocument, location: KeyPath, name: str, advice: str, *, quotable: bool = True
) -> Problem:
    """One of pydantic's errors as a problem.

    `location` is the value's path in the document, `name` what messages call it, `advice` what to write instead.
    `quotable` tells whether a number or a truth value of YAML would be right in quotes.
    """
    kind, value = error["type"], error["input"]
    place = nearest_place(location, document)
    written = document.spelling.get(location)
    key = next((str(part) for part in reversed(location) if isinstance(part, str)), name)
    if kind == "time_without_zone":
        message = f'"{name}" is "{written}", a time without a time zone'
        return Problem("time-without-zone", place, message, f'write the offset or Z for UTC: "{written}Z"')
    if isinstance(value, bool | int | float) and written is not None:
        seen = ("true" if value else "false") if isinstance(value, bool) else f"the number {value}"
        message = f'"{name}" is {written}, which YAML reads as {seen}'
        return Problem("invalid-value", place, message, f'put it in quotes: {key}: "{written}"' if quotable else advice)
    quoted = f'"{_shortened(written)}"' if written is not None else "a list" if isinstance(value, list) else "a mapping"
    if kind == "enum":
        choices = [word.strip(" '") for word in str(error["ctx"]["expected"]).replace(" or ", ", ").split(",")]
        hint = did_you_mean(str(value), choices)
        help_text = f"{hint} the values are {listed(choices)}" if hint else f"write one of {listed(choices)}"
        return Problem("invalid-value", place, f'"{name}" is {quoted}, which is none of its values', help_text)
    if kind == "tuple_type":
        example = f"{key}: [{written}]" if written else f"{key}: [first, second]"
        return Problem("invalid-value", place, f'"{name}" is {quoted}, not a list', f"write {example}")
    if kind in ("string_type", "model_type", "dict_type"):
        return Problem("invalid-value", place, f'"{name}" is {quoted}, not one text', advice)
    if kind == "string_too_short":
        return Problem("invalid-value", place, f'"{name}" is empty', advice)
    if kind == "string_too_long":
        message = f'"{name}" has {len(str(value)):,} characters, more than 1,000'
        return Problem("invalid-value", place, message, "shorten it; the details belong into the text")
    return Problem("invalid-value", place, f'"{name}" is {quoted}, which {error["msg"]}', advice)


def nearest_place(location: KeyPath, document: YamlDocument) -> Place:
    """The place of a value, or of the nearest one around it that has any."""
    for length in range(len(location), 0, -1):
        if place := document.places.get(location[:length]):
            return place
    return next(iter(document.places.values()))


def _shortened(text: str | None) -> str:
    text = " ".join((text or "").split())
    return text if len(text) <= 80 else text[:79] + "…"
