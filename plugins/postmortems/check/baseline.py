"""The findings that were there when a team switched the check on: known, listed, and only ever fewer.

A baseline is a JSON file that a person can review, sorted by path and fingerprint. Findings are known again by their
text, so they move with it. Calendar rules stay out: they never fail a run, and come and go without a commit.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from postmortems.check.fingerprint import fingerprints
from postmortems.check.registry import BY_NAME
from postmortems.check.report import Report
from postmortems.model.diagnostic import Diagnostic

VERSION = 1
_ABOUT = (
    "Known findings, which do not fail a run. The list can only shrink: when one is fixed, update it with "
    "postmortems check --baseline {name} --write-baseline"
)


class Entry(BaseModel):
    """One known finding. `path` is below the docs folder; `message` is for the reader, `fingerprint` tells it apart."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    path: str
    rule: str
    message: str
    fingerprint: str = Field(pattern=r"^[0-9a-f]{32}$")


class Baseline(BaseModel):
    """All known findings."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    about: str = ""
    version: int = Field(ge=VERSION, le=VERSION)
    findings: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """A run beside its baseline: the diagnostics that are `new`, the entries still found, and those that are `gone`."""

    new: tuple[Diagnostic, ...]
    known: tuple[Entry, ...]
    gone: tuple[Entry, ...]


class NotABaselineError(Exception):
    """A text that is no baseline; the message begins with line and column, and says why."""


def parse_baseline(text: str) -> Baseline:
    """The baseline in `text`; NotABaselineError where it is none."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise NotABaselineError(f"{error.lineno}:{error.colno}: is not valid JSON: {error.msg}") from None
    except (RecursionError, ValueError):
        raise NotABaselineError("1:1: is not a baseline: it is nested too deeply, or holds too long a number") from None
    try:
        return Baseline.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise NotABaselineError(f"1:1: is not a baseline: {where}: {first['msg']}") from None


def write_baseline(entries: tuple[Entry, ...], name: str) -> str:
    """The text of a baseline with these findings; `name` is how its file is called on the command line."""
    ordered = sorted(entries, key=lambda entry: (entry.path, entry.rule, entry.message, entry.fingerprint))
    whole = Baseline(about=_ABOUT.format(name=name), version=VERSION, findings=tuple(ordered))
    return json.dumps(whole.model_dump(), indent=1, ensure_ascii=True) + "\n"


def entries_of(report: Report) -> tuple[Entry, ...]:
    """All findings of a report as entries of a baseline."""
    return tuple(
        Entry(path=diagnostic.place.path, rule=diagnostic.rule, message=diagnostic.message, fingerprint=fingerprint)
        for diagnostic, fingerprint in zip(report.diagnostics, fingerprints(report), strict=True)
        if not BY_NAME[diagnostic.rule].follows_calendar
    )


def compare(report: Report, baseline: Baseline) -> Compared:
    """Compare a report with a baseline: what is new, and what is gone. The report must not be narrowed before."""
    listed = {entry.fingerprint: entry for entry in baseline.findings}
    new: list[Diagnostic] = []
    met: set[str] = set()
    for diagnostic, fingerprint in zip(report.diagnostics, fingerprints(report), strict=True):
        if fingerprint in listed and not BY_NAME[diagnostic.rule].follows_calendar:
            met.add(fingerprint)
        else:
            new.append(diagnostic)
    return Compared(
        tuple(new),
        tuple(entry for name, entry in listed.items() if name in met),
        tuple(entry for name, entry in listed.items() if name not in met),
    )


def narrowed(compared: Compared, keep: Callable[[str], bool]) -> Compared:
    """The comparison for some files only, by their paths."""
    return replace(
        compared,
        known=tuple(entry for entry in compared.known if keep(entry.path)),
        gone=tuple(entry for entry in compared.gone if keep(entry.path)),
    )
