"""Labelled points of an executive summary."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SummaryPoints:
    """Statements of an author in a line each, as Markdown; empty where no label makes one."""

    impact: str = ""
    cause: str = ""
    fix: str = ""
