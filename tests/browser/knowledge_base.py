"""Small knowledge bases for the browser, written as a list of incidents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from tests.commands import run
from tests.conftest import BODY, MKDOCS_YML, PATTERN

TIMELINE_DAY = "2026-03-02"


@dataclass(frozen=True)
class Made:
    """An incident that began at `at`; `detected` and `resolved` are minutes later, and the other keys front matter."""

    name: str
    at: str
    severity: str = "SEV2"
    title: str = ""
    services: tuple[str, ...] = ("checkout",)
    owner: str = "Payments"
    patterns: tuple[str, ...] = ("database-issues",)
    status: str = "published"
    kind: str = "incident"
    root_cause: str = "unknown"
    detected: int | None = 3
    resolved: int | None = 60

    def write(self, docs: Path) -> None:
        """Its file below the docs folder."""
        start = datetime.fromisoformat(self.at)
        after = {
            key: "unknown" if minutes is None else (start + timedelta(minutes=minutes)).isoformat()
            for key, minutes in (
                ("detected_at", self.detected),
                ("mitigated_at", self.resolved),
                ("resolved_at", self.resolved),
            )
        }
        matter: dict[str, Any] = {
            "title": self.title or f"Outage {self.name}",
            "status": self.status,
            "kind": self.kind,
            "severity": self.severity,
            "services": list(self.services),
            "owner": self.owner,
            "started_at": start.isoformat(),
            **after,
            "root_cause": self.root_cause,
            "patterns": list(self.patterns),
            "published_on": (start + timedelta(days=60)).date().isoformat(),
        }
        front = yaml.safe_dump({key: str(value) if key.endswith("_at") else value for key, value in matter.items()})
        file = docs / "postmortems" / f"{start:%Y}" / f"{start:%m%d}-{self.name}" / "postmortem.md"
        file.parent.mkdir(parents=True)
        file.write_text(f"---\n{front}---\n{BODY.replace(TIMELINE_DAY, f'{start:%Y-%m-%d}')}", "utf-8")


def build(folder: Path, incidents: tuple[Made, ...], features: str = "[]", address: str = "") -> Path:
    """The site of some incidents; `address` is its own, which the theme needs to load pages without a reload."""
    docs = folder / "docs"
    (docs / "patterns").mkdir(parents=True)
    (docs / "index.md").write_text("# Home\n\n[Search is slow](postmortems/index.md?service=search)\n", "utf-8")
    (docs / "patterns" / "database-issues.md").write_text(PATTERN, "utf-8")
    deployment = PATTERN.replace("Database issues", "Deployment problems").replace("database", "deployment")
    (docs / "patterns" / "deployment-problems.md").write_text(deployment.replace("[db]", "[]"), "utf-8")
    for one in incidents:
        one.write(docs)
    theme = f"  features: {features}\n"
    text = MKDOCS_YML.replace("  font: false\n", f"  font: false\n{theme}") + f"site_url: {address}\n"
    (folder / "mkdocs.yml").write_text(text, "utf-8")
    done = run(folder, "mkdocs", "build", "-q")
    assert done.returncode == 0, done.stderr[-3000:]
    return folder / "site"
