"""Small knowledge bases for the browser, written as a list of incidents."""

from __future__ import annotations

from pathlib import Path

from tests.builders import IncidentFile
from tests.commands import run
from tests.conftest import MKDOCS_YML, PATTERN


def build(folder: Path, incidents: tuple[IncidentFile, ...], features: str = "[]", address: str = "") -> Path:
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
