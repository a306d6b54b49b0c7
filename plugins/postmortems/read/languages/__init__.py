"""Words of human languages that reading knows, one YAML file a language: `en.yml` says its form.

A file is parsed when its first word is asked for, and once in a process.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

LANGUAGES = ("en",)
"""The languages that are read, by their code."""

_APOSTROPHES = str.maketrans("", "", "'’‘`´")
_NOT_A_WORD = re.compile(r"[\W_]+")


@cache
def words(topic: str, languages: tuple[str, ...] = LANGUAGES) -> Mapping[str, str]:
    """Map each word of a topic to what it means. Where two languages differ, the first one counts."""
    meanings: dict[str, str] = {}
    for language in languages:
        for meaning, listed in (_file(language).get(topic) or {}).items():
            for word in listed:
                meanings.setdefault(word, meaning)
    return MappingProxyType(meanings)


@cache
def word_list(topic: str, languages: tuple[str, ...] = LANGUAGES) -> frozenset[str]:
    """Return the words of a topic that is a plain list."""
    return frozenset(word for language in languages for word in _file(language).get(topic) or ())


def pattern_of(known: Iterable[str]) -> str:
    """Return a regular expression for any of some words or phrases, the longest first."""
    longest_first = sorted(known, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s") for word in longest_first) + ")"


def plain_word(text: str) -> str:
    """Return `text` in the form in which words are in the files: lower case, letters and digits joined by blanks."""
    folded = unicodedata.normalize("NFKC", text[:500]).casefold().translate(_APOSTROPHES)
    return _NOT_A_WORD.sub(" ", folded).strip()


@cache
def _file(language: str) -> Mapping[str, Any]:
    text = files(__package__).joinpath(f"{language}.yml").read_text(encoding="utf-8")
    content: Mapping[str, Any] = yaml.load(text, yaml.CSafeLoader)
    return content
