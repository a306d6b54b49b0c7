"""Headers of tables → what their columns hold, by the words of a language and those of the setting `columns`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from postmortems.model.column import Column
from postmortems.model.section import Row
from postmortems.read.languages import chosen, plain_word, word_list, words

ACTIONS = "action_columns"
TIMELINE = "timeline_columns"

_SAME: Mapping[str, Mapping[Column, Column]] = {
    ACTIONS: {Column.ACTOR: Column.OWNER, Column.LINK: Column.TICKET, Column.EVENT: Column.ACTION},
    TIMELINE: {Column.OWNER: Column.ACTOR, Column.TICKET: Column.LINK},
}
"""A team's word for a column of one table helps in the other, where that has a column of the same sense."""


def columns_of(header: Row, table: str, own: Mapping[str, Column]) -> list[Column | None]:
    """The meaning of each column of a table, None where its header is not known. `own` is the setting `columns`."""
    known = _known(table, tuple(own.items()), chosen())
    return [known.get(plain_word(cell)) for cell in header.cells]


def column_named(words: str, table: str, own: Mapping[str, Column]) -> Column | None:
    """The meaning of a column with this header, None where it is not known."""
    return _known(table, tuple(own.items()), chosen()).get(plain_word(words))


def names_time(cell: str, column: Column | None) -> bool:
    """True if a header names a column of times or days: `Time (UTC)`."""
    return column is Column.TIME or not word_list("timeline_time_words").isdisjoint(plain_word(cell).split())


@lru_cache(16)  # the settings of a run, for both tables
def _known(table: str, own: tuple[tuple[str, Column], ...], languages: tuple[str, ...]) -> Mapping[str, Column]:
    found = {word: Column(meaning) for word, meaning in words(table, languages).items()}
    allowed = {*found.values(), *({Column.TIME} if table == TIMELINE else ())}
    for word, column in own:
        meant = _SAME[table].get(column, column)
        if meant in allowed:
            found[plain_word(word)] = meant
    return MappingProxyType(found)
