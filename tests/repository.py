"""A git repository of a few postmortems, with the day of each commit."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from postmortems.analyse.analysis import Analysis
from postmortems.pipeline import run_pipeline
from postmortems.settings import Settings

PATH = "postmortems/2026/01-one/postmortem.md"


@dataclass(frozen=True)
class Repository:
    """A repository with the docs folder in it; `day` is such as 2026-03-01, and is that of author and committer."""

    root: Path

    @property
    def docs(self) -> Path:
        return self.root / "docs"

    def git(self, *arguments: str, day: str = "2026-01-01", written: str = "") -> str:
        identity = ("-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "protocol.file.allow=always")
        dates = {"GIT_COMMITTER_DATE": f"{day}T12:00:00Z", "GIT_AUTHOR_DATE": f"{written or day}T12:00:00Z"}
        return subprocess.run(
            ["git", *identity, *arguments],
            cwd=self.root,
            env=os.environ | dates,
            check=True,
            capture_output=True,
            text=True,
            errors="replace",
        ).stdout

    def save(self, text: str | bytes, path: str = PATH) -> None:
        file = self.docs / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())

    def commit(self, day: str, text: str | bytes | None = None, path: str = PATH, *, written: str = "") -> None:
        """Commit everything on a day; with `text`, that as the content of a file."""
        if text is not None:
            self.save(text, path)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "change", day=day, written=written)

    def analysis(self, today: date = date(2026, 11, 29), **options: object) -> Analysis:
        return run_pipeline(self.docs, Settings.model_validate(options), today).analysis


def make_repository(folder: Path) -> Repository:
    """An empty repository on the branch main."""
    made = Repository(folder)
    made.docs.mkdir(parents=True)
    made.git("init", "--quiet", "--initial-branch=main")
    return made


def postmortem(status: str = "published", *actions: str, resolved: str = "2026-01-10", extra: str = "") -> str:
    """The text of a postmortem, with lines of action items."""
    listed = "\n".join(actions)
    return f"""---
title: Checkout down
status: {status}
severity: SEV2
services: [checkout]
started_at: {resolved}T08:00:00Z
detected_at: {resolved}T08:05:00Z
mitigated_at: {resolved}T09:00:00Z
resolved_at: {resolved}T10:00:00Z
root_cause: expired certificate
patterns: []
{extra}---

# Checkout down

## Executive Summary

Checkout failed for all users because a certificate had expired.

## Action Items

{listed}
"""
