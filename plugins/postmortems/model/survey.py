"""Survey of a team in its quarterly review: four statements, and how many agreed with each. Never who."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from postmortems.model.place import Place
from postmortems.model.quarter import Quarter

FOLDER = "reviews"
"""The folder of surveys below the docs folder, one file a quarter."""

FILE_NAME = re.compile(r"(\d{4})-q([1-4])\.ya?ml")

SCALE = ("strongly disagree", "disagree", "neither", "agree", "strongly agree")
"""The answers, in the order of their counts."""

FEWEST = 4
"""The number of answers below which none are shown: of three, a reader may know who gave which."""


class Statement(StrEnum):
    """Statement that people agree or disagree with."""

    SAFE = "safe_to_speak_up"
    SHARE = "we_share_what_we_learn"
    IMPROVE = "improvements_happen"
    TOGETHER = "teams_work_together"


@dataclass(frozen=True, slots=True)
class Survey:
    """The answers of one team in a quarter: for each statement the counts along the scale."""

    quarter: Quarter
    place: Place
    counts: Mapping[Statement, tuple[int, ...]]
    team: str = ""
    day: date | None = None


_MEANT = re.compile(r"\d{4}-?q[1-4]\.(?:ya?ml|json)", re.IGNORECASE)


def is_survey(path: str) -> bool:
    """True if a path below the docs folder is that of a survey, or is meant to be: no site has such a file as it is."""
    folder, _, name = path.rpartition("/")
    if folder == FOLDER and name.casefold().endswith((".yml", ".yaml")):
        return True
    return f"{folder}/".startswith(f"{FOLDER}/") and bool(_MEANT.fullmatch(name))


def named_quarter(path: str) -> Quarter | None:
    """The quarter that a survey's path says, `reviews/2026-q3.yml`; None for any other name, and in another folder."""
    folder, _, name = path.rpartition("/")
    found = FILE_NAME.fullmatch(name.casefold()) if folder == FOLDER else None
    return Quarter(int(found[1]), int(found[2])) if found and int(found[1]) else None
