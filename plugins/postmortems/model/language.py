"""The languages of which the words of postmortems are known."""

from __future__ import annotations

from enum import StrEnum


class Language(StrEnum):
    """A language by its code in ISO 639-1; each has a file of its words in `read/languages/`."""

    ENGLISH = "en"
    GERMAN = "de"
    FRENCH = "fr"
    SPANISH = "es"
    PORTUGUESE = "pt"
    ITALIAN = "it"
    NORWEGIAN = "nb"
    SWEDISH = "sv"
    DUTCH = "nl"
    POLISH = "pl"
    JAPANESE = "ja"
    CHINESE = "zh"
    KOREAN = "ko"
