"""Incremental builds: after whatever change, the site is the one that a whole build makes, byte for byte."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from tests.conftest import SURVEY
from tests.publish.knowledge_base import FILES, FIRST, SECOND, THIRD, told
from tests.publish.random_changes import edited
from tests.publish.twins import Step, Twins, steps


def moved(old: str, new: str) -> Callable[[Path], None]:
    """What moves a file or a folder."""

    def move(folder: Path) -> None:
        (folder / new).parent.mkdir(parents=True, exist_ok=True)
        (folder / old).rename(folder / new)

    return move


NEW = "docs/postmortems/2026/03-search/postmortem.md"

CONTENT: Sequence[Step] = (
    ("nothing", {}),
    ("prose", edited(FIRST, "Connections leaked on one error path.", "Connections leaked on *two* error paths.")),
    ("title", edited(FIRST, "Checkout times out", "Checkout is slow")),
    ("summary", edited(SECOND, "Checkout answered slowly", "The cart answered slowly")),
    ("severity", edited(FIRST, "severity: SEV2", "severity: SEV1")),
    ("times", edited(FIRST, "resolved_at: 2026-03-02T16:00:00Z", "resolved_at: 2026-03-02T18:30:00Z")),
    ("an action is done", edited(SECOND, "- [ ] [Payments] Test the error path (kind: prevent, due: 2026-12-20)",
                                 "- [x] [Payments] Test the error path (kind: prevent, done: 2026-03-20)")),
    ("owner", edited(SECOND, "owner: Payments", "owner: Carts")),
    ("services", edited(SECOND, "services: [checkout]", "services: [checkout, cart]")),
    ("new", {NEW: told("Search finds nothing", "2026-04-02")}),
    ("repeat declared", edited(NEW, "detected_by:", "repeat_of: [2026/01-checkout]\ndetected_by:")),
    ("near miss", edited(THIRD, "severity: SEV2", "severity: SEV2\nkind: near-miss")),
    ("pattern named", edited(SECOND, "[database-issues]", "[lost-leader, {pattern: database-issues, role: mitigation}]")),
    ("pattern's prose", edited("docs/patterns/lost-leader.md", "Sessions wait.", "Nobody leads.")),
    ("pattern renamed", lambda folder: [  # type: ignore[dict-item]
        edit(folder) for edit in (
            moved("docs/patterns/lost-leader.md", "docs/patterns/no-leader.md"),
            edited(SECOND, "lost-leader", "no-leader"), edited(THIRD, "lost-leader", "no-leader"),
        )
    ] and None),
    ("pattern's title", edited("docs/patterns/no-leader.md", "Lost leader", "No leader")),
    ("another page", edited("docs/runbook.md", "Stay calm.", "Breathe.")),
    ("another page's title", edited("docs/runbook.md", "# Runbook", "# What to do")),
    ("anchor gone", edited("docs/runbook.md", "## First steps", "## Begin")),
    ("anchor back", edited("docs/runbook.md", "## Begin", "## First steps")),
    ("page moved away", moved("docs/runbook.md", "docs/runbooks/runbook.md")),
    ("page back", moved("docs/runbooks/runbook.md", "docs/runbook.md")),
    ("data changed", {"docs/postmortems/2026/02-cart/data.csv": "a,b\n1,3\n"}),
    ("timeline beside", {"docs/postmortems/2026/03-search/timeline.json":
                         '[{"at": "2026-04-02T14:20:00Z", "event": "Only here"}]'}),
    ("moved", moved("docs/postmortems/2026/03-search", "docs/postmortems/2026/04-search")),
    ("removed", {"docs/postmortems/2026/04-search": None}),
    ("page added", {"docs/other/new.md": "# New\n\n<!-- nothing -->\n"}),
    ("an author's own index", {"docs/patterns/index.md": "# Our patterns\n\nRead these.\n"}),
    ("and it goes", {"docs/patterns/index.md": None}),
    ("register", {"docs/postmortems/register.yml": "- id: INC-1\n  severity: SEV1\n  resolved_at: 2026-03-02T18:30:00Z\n  postmortem: 2026/01-checkout\n"}),
    ("a survey", {"docs/reviews/2026-q1.yml": SURVEY}),
    ("other answers", edited("docs/reviews/2026-q1.yml", "[0, 0, 1, 2, 3]", "[1, 0, 1, 2, 2]")),
    ("no survey", {"docs/reviews/2026-q1.yml": None}),
    ("a template", {"docs/templates/postmortem-template.md": "---\ntitle: \n---\n\n## Timeline\n"}),
)  # fmt: skip


@pytest.mark.large
def test_the_site_is_that_of_a_whole_build(tmp_path: Path) -> None:
    twins = Twins(tmp_path, FILES)
    assert twins.build() == []
    assert steps(twins, CONTENT) == []
