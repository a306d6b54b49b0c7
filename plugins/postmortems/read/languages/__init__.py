"""Words of human languages that reading knows, one YAML file a language: `en.yml` says its form.

A file is parsed when its first word is asked for, and once in a process. Which languages are read is the setting
`languages`. It reaches the word lists as a context variable: every reader of a heading, a cell or a time asks for
words, and none of them would do anything with an argument but hand it on.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from postmortems.model.language import Language

ENGLISH = ("en",)
"""The languages that are read where the settings name none."""

ALL = tuple(language.value for language in Language)
"""All languages, for words that are looked for where a text is too short to tell its own."""

_chosen: ContextVar[tuple[str, ...]] = ContextVar("languages", default=ENGLISH)

_APOSTROPHES = str.maketrans("", "", "'’‘`´")
_NOT_A_WORD = re.compile(r"[\W_]+")


def chosen() -> tuple[str, ...]:
    """Return the codes of the languages that are read, the first one first; English is always among them."""
    return _chosen.get()


def choose(languages: Iterable[str]) -> None:
    """Read these languages, and English, from now on: what the settings of a command or a build say."""
    _chosen.set(_with_english(tuple(languages)))


@contextmanager
def reading_in(languages: Iterable[str]) -> Iterator[None]:
    """Read these languages, and English, for a while."""
    token = _chosen.set(_with_english(tuple(languages)))
    try:
        yield
    finally:
        _chosen.reset(token)


def words(topic: str, languages: tuple[str, ...] | None = None) -> Mapping[str, str]:
    """Map each word of a topic to what it means. Where two languages differ, the first one counts."""
    return _words(topic, languages or _chosen.get())


def word_list(topic: str, languages: tuple[str, ...] | None = None) -> frozenset[str]:
    """Return the words of a topic that is a plain list."""
    return _word_list(topic, languages or _chosen.get())


@cache
def _words(topic: str, languages: tuple[str, ...]) -> Mapping[str, str]:
    meanings: dict[str, str] = {}
    for language in languages:
        for meaning, listed in (_file(language).get(topic) or {}).items():
            for word in listed:
                meanings.setdefault(word, meaning)
    return MappingProxyType(meanings)


@cache
def _word_list(topic: str, languages: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for language in languages for word in _file(language).get(topic) or ())


@cache
def _with_english(languages: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*languages, *ENGLISH)))


def pattern_of(known: Iterable[str]) -> str:
    """Return a regular expression for any of some words or phrases, the longest first."""
    longest_first = sorted(known, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s") for word in longest_first) + ")"


def plain_word(text: str) -> str:
    """Return `text` in the form in which words are in the files: lower case, letters and digits joined by blanks."""
    return _plain_word(text[:500])


@lru_cache(maxsize=4096)
def _plain_word(text: str) -> str:
    # The same headings, columns and states are in every document.
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_APOSTROPHES)
    return _NOT_A_WORD.sub(" ", folded).strip()


@cache
def _file(language: str) -> Mapping[str, Any]:
    text = files(__package__).joinpath(f"{language}.yml").read_text(encoding="utf-8")
    content: Mapping[str, Any] = yaml.load(text, yaml.CSafeLoader)
    return content
