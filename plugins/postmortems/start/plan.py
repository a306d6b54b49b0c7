"""Plan of `postmortems init`: files to write, files to add lines to, and files that stay as they are."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from postmortems.model.front_matter import IncidentKind
from postmortems.model.language import Language
from postmortems.read.templates import packaged_template, template_path
from postmortems.start.ci_files import ci_files
from postmortems.start.forge import Forge
from postmortems.start.requirement import Requirement, version_of
from postmortems.start.scaffold import scaffold_files, shared_docs
from postmortems.text.slug import plain_slug

CONFIG = "mkdocs.yml"
REQUIREMENTS = "requirements.txt"
_GROWING = (".gitignore", REQUIREMENTS)
"""Files of lines, to which lines are added where they exist."""
_DRILL_TITLE = "The day we began to write postmortems"
_DRILL_LENGTH = timedelta(minutes=30)

ReadFile = Callable[[str], bytes | None]
"""The bytes of a file by its path below the folder; None if there is none."""


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file to write. `before` are the bytes that it has now, None if it is new."""

    path: str
    before: bytes | None
    after: bytes


@dataclass
class StartPlan:
    """The files to write, in this order; those that are there already as they would be written; and those that exist
    with other contents, and stay."""

    files: list[PlannedFile] = field(default_factory=list)
    there: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    def add(self, path: str, text: str, read: ReadFile) -> None:
        """Plan a file, which stays as it is where there is one already."""
        before, after = read(path), text.encode("utf-8")
        if before is None:
            self.files.append(PlannedFile(path, None, after))
        elif before == after:
            self.there.append(path)
        elif path in _GROWING:
            grown = with_lines(before, text)
            if grown == before:
                self.there.append(path)
            else:
                self.files.append(PlannedFile(path, before, grown))
        else:
            self.kept.append(path)


@dataclass(frozen=True, slots=True)
class StartValues:
    """Values of a new knowledge base. `now` has a zone; `language` is that of its postmortems, None where nobody says;
    `below` is its path from the repository's root on."""

    name: str
    forge: Forge
    requirement: Requirement
    now: datetime
    language: Language | None = None
    below: str = ""


def new_site(values: StartValues, has_postmortems: bool, read: ReadFile) -> StartPlan:
    """The plan for a folder without a `mkdocs.yml`, which is written last: a folder that has one is complete."""
    plan = StartPlan()
    site = scaffold_files("site", _placeholders(values))
    config = site.pop(CONFIG)
    language = values.language or Language.ENGLISH
    add_docs(plan, "docs", "postmortems", "SEV4", language, values.now, has_postmortems, read)
    if values.below:
        del site[".pre-commit-config.yaml"]
    site |= ci_files(values.forge, values.below)
    for path, text in site.items():
        plan.add(path, text, read)
    plan.add(CONFIG, config, read)
    return plan


def add_docs(
    plan: StartPlan,
    docs: str,
    folder: str,
    severity: str,
    language: Language,
    now: datetime,
    has_postmortems: bool,
    read: ReadFile,
    with_patterns: bool = True,
) -> None:
    """Plan patterns, templates and, where there is no postmortem yet, the first one, below the docs folder `docs`."""
    templates = {template_path(kind): packaged_template(language, kind) for kind in IncidentKind}
    for path, text in (shared_docs() | templates).items():
        if not with_patterns and path.startswith("patterns/"):
            continue
        plan.add(f"{docs}/{path}", text, read)
    if not has_postmortems:
        for path, text in first_record(now, severity).items():
            plan.add(f"{docs}/{folder}/{path}", text, read)


def first_record(now: datetime, severity: str) -> dict[str, str]:
    """The files of the first postmortem, a drill that ends now, by their paths below the postmortems' folder."""
    end = now.astimezone(UTC).replace(second=0, microsecond=0)
    moments = {
        "started": end - _DRILL_LENGTH,
        "detected": end - _DRILL_LENGTH * 2 / 3,
        "mitigated": end - _DRILL_LENGTH / 3,
        "resolved": end,
    }
    values = {f"{name}_at": f"{at:%Y-%m-%dT%H:%M:%SZ}" for name, at in moments.items()}
    values |= {name: f"{at:%H:%M}" for name, at in moments.items()}
    values |= {"day": f"{moments['started']:%Y-%m-%d}", "published_on": f"{end:%Y-%m-%d}"}
    values["severity"] = severity if severity.isalnum() else json.dumps(severity)
    home = f"{moments['started']:%Y}/01-{plain_slug(_DRILL_TITLE)}"
    return {f"{home}/{path}": text for path, text in scaffold_files("record", values).items()}


def with_lines(before: bytes, text: str) -> bytes:
    """A file with those lines of `text` that it lacks added at its end; comments are not added.

    In a `requirements.txt` a package that is named counts as there, whatever its version.
    """
    lines = before.decode("utf-8", "replace").splitlines()
    there = {_key(line) for line in lines}
    new = [line for line in text.splitlines() if line and not line.startswith("#") and _key(line) not in there]
    if not new:
        return before
    end = b"\r\n" if b"\r\n" in before else b"\n"
    head = before if not before or before.endswith(b"\n") else before + end
    return head + b"".join(line.encode("utf-8") + end for line in new)


def _key(line: str) -> str:
    """Key by which lines are the same: a pattern without its slashes, a package without its version."""
    bare = line.strip().strip("/").lower().replace("_", "-")
    for sign in ("==", ">=", "~=", "<", ">", "@", "[", ";", " ", "!="):
        bare = bare.partition(sign)[0].strip()
    return bare


def languages_of(language: Language) -> tuple[Language, ...]:
    """The languages that are read where postmortems are written in one; English comes with the package."""
    return tuple(dict.fromkeys((language, Language.ENGLISH)))


def _placeholders(values: StartValues) -> Mapping[str, str]:
    note = "# The next line names what only one machine has: write a release or git+https://… before CI needs it.\n"
    return {
        "name": json.dumps(values.name, ensure_ascii=False),
        "languages": f"[{', '.join(languages_of(values.language or Language.ENGLISH))}]",
        "requirement": (note if values.requirement.is_local else "") + values.requirement.line,
        "mkdocs": version_of("mkdocs"),
        "mkdocs-material": version_of("mkdocs-material"),
    }
