"""Given names, so that *Alice* is a person and *Prometheus* is not.

The list holds given names of some eighty countries, in lower case, one a line. Left out are names that are also English
words (Mark, Grace, Will), places (Virginia, Sydney) or well-known software (Hugo, Jenkins, Julia, Ruby). Names of a
postmortem's own authors are added where it is read.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def given_names() -> frozenset[str]:
    """All given names, read once when a capitalised word is first judged."""
    return frozenset(files(__package__).joinpath("given_names.txt").read_text("utf-8").split())
