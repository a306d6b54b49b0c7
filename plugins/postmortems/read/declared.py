"""A mapping in YAML → the values that fit its declaration, and a problem at the place of everything else.

Front matter, the register and patterns declare with pydantic what people may write; its errors become problems here,
in the words of the product.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from postmortems.model.diagnostic import Problem
from postmortems.model.place import Place
from postmortems.model.postmortem import KeyPath
from postmortems.read.yaml_nodes import YamlDocument
from postmortems.text.spelling import did_you_mean, listed

_Model = TypeVar("_Model", bound=BaseModel)
_Known = TypeVar("_Known")


@dataclass(frozen=True, slots=True)
class Declaration(Generic[_Model]):
    """Declaration of the keys that people may write in one kind of mapping.

    `keys` are those of the model that are read, `others` those of other programs. `holder` is what messages call the
    mapping. `empty` makes the problem of a key without a value, `wrong` that of a value that does not fit, whose path
    in the document it is given.
    """

    model: type[_Model]
    keys: tuple[str, ...]
    holder: str
    empty: Callable[[str, Place], Problem]
    wrong: Callable[[ErrorDetails, YamlDocument, KeyPath], Problem]
    others: tuple[str, ...] = ()

    def read(
        self, values: Mapping[str, object], document: YamlDocument, at: KeyPath = ()
    ) -> tuple[_Model, dict[str, object], list[Problem]]:
        """The values that fit, those of keys that are not ours, and the problems. The mapping is `at` a path."""
        own: dict[str, object] = {}
        others: dict[str, object] = {}
        problems: list[Problem] = []
        for key, value in values.items():
            if key in self.keys:
                if value is None:
                    problems.append(self.empty(key, document.keys[(*at, key)]))
                else:
                    own[key] = value
            elif key in self.others or key.startswith("x-"):
                others[key] = value
            else:
                problems.append(unknown_key(document.keys[(*at, key)], key, self.holder, self.keys + self.others))
        try:
            return self.model.model_validate(own), others, problems
        except ValidationError as error:
            wrong = error.errors(include_url=False, include_context=True)
        problems += [self.wrong(details, document, (*at, *details["loc"])) for details in wrong]
        kept, dropped = _without(own, [details["loc"] for details in wrong])
        for key, indexes in dropped.items():
            _close_gaps(document, (*at, key), indexes)
        return self.model.model_validate(kept), others, problems


def _without(
    values: Mapping[str, object], locations: list[KeyPath]
) -> tuple[dict[str, object], Mapping[str, Collection[int]]]:
    """The values without those that do not fit, of a list only the items, and which items those were."""
    kept = dict(values)
    items: dict[str, set[int]] = {}
    for location in locations:
        key = str(location[0])
        if len(location) > 1 and isinstance(location[1], int) and isinstance(values.get(key), list):
            items.setdefault(key, set()).add(location[1])
        else:
            kept.pop(key, None)
    for key, indexes in items.items():
        if isinstance(whole := kept.get(key), list):
            kept[key] = [item for index, item in enumerate(whole) if index not in indexes]
    return kept, items


def _close_gaps(document: YamlDocument, at: KeyPath, dropped: Collection[int]) -> None:
    """Let what is known of a list's items follow them to their new indexes once others have been dropped."""
    in_order = sorted(dropped)
    _renumber(document.places, at, in_order)
    _renumber(document.keys, at, in_order)
    _renumber(document.spelling, at, in_order)


def _renumber(known: dict[KeyPath, _Known], at: KeyPath, dropped: list[int]) -> None:
    depth = len(at)
    of_items = [(path, value) for path, value in known.items() if path[:depth] == at and len(path) > depth]
    for path, _ in of_items:
        del known[path]
    for path, value in of_items:
        index = path[depth]
        if isinstance(index, int):
            before = bisect_left(dropped, index)
            if dropped[before : before + 1] != [index]:
                known[(*at, index - before, *path[depth + 1 :])] = value


def unknown_key(place: Place, key: str, holder: str, known: Iterable[str], *, own: bool = True) -> Problem:
    """The problem of a key that means nothing in `holder`, such as "the front matter".

    `own` tells whether authors may have keys of their own there.
    """
    known = tuple(known)
    choice = f"the keys are {listed(known)}" + ('; keys of your own start with "x-"' if own else "")
    help_text = did_you_mean(key, known) or choice
    return Problem("unknown-field", place, f'"{key[:80]}" is not a valid key in {holder}', help_text)


def wrong_value(
    error: ErrorDetails, document: YamlDocument, location: KeyPath, key: str, advice: str, *, quotable: bool = True
) -> Problem:
    """One of pydantic's errors as a problem.

    `location` is the value's path in the document, `key` that of the declaration, `advice` what to write instead.
    `quotable` tells whether a number or a truth value of YAML would be right in quotes.
    """
    kind, value = error["type"], error["input"]
    place = nearest_place(location, document)
    written = document.spelling.get(location)
    name = f"{key}[{location[1]}]" if len(location) > 1 and isinstance(location[1], int) else key
    innermost = next((str(part) for part in reversed(location) if isinstance(part, str)), key)
    quoted = f'"{_shortened(written)}"' if written is not None else "a list" if isinstance(value, list) else "a mapping"
    if kind == "time_without_zone":
        message = f'"{name}" is "{written}", a time without a time zone'
        return Problem("time-without-zone", place, message, f'write the offset or Z for UTC: "{written}Z"')
    if kind == "tuple_type":
        item = f'"{written}"' if not isinstance(value, str) else written
        example = f"{innermost}: [{item}]" if written else f"{innermost}: [first, second]"
        return Problem("invalid-value", place, f'"{name}" is {quoted}, not a list', f"write {example}")
    if isinstance(value, bool | int | float) and written is not None:
        seen = ("true" if value else "false") if isinstance(value, bool) else f"the number {value}"
        message = f'"{name}" is {written}, which YAML reads as {seen}'
        return Problem(
            "invalid-value", place, message, f'put it in quotes: {innermost}: "{written}"' if quotable else advice
        )
    if kind == "enum":
        choices = [word.strip(" '") for word in str(error["ctx"]["expected"]).replace(" or ", ", ").split(",")]
        hint = did_you_mean(str(value), choices)
        help_text = f"{hint} the values are {listed(choices)}" if hint else f"write one of {listed(choices)}"
        return Problem("invalid-value", place, f'"{name}" is {quoted}, which is not an allowed value', help_text)
    if kind in ("string_type", "model_type", "dict_type"):
        return Problem("invalid-value", place, f'"{name}" is {quoted}, not one line of text', advice)
    if kind == "string_too_short":
        return Problem("invalid-value", place, f'"{name}" is empty', advice)
    if kind == "string_too_long":
        message = f'"{name}" is {len(str(value)):,} characters, over the limit of 1,000'
        return Problem("invalid-value", place, message, "shorten it; the details belong in the text")
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
