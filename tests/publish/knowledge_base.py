"""A small knowledge base whose pages show something of each other, to be changed in every way."""

from __future__ import annotations

from collections.abc import Mapping

from tests.conftest import BODY, FRONT_MATTER, PATTERN

FIRST, SECOND, THIRD = (
    f"docs/postmortems/{name}/postmortem.md" for name in ("2026/01-checkout", "2026/02-cart", "2025/07-dns")
)
LINKS = """\

See the [checkout](../01-checkout/postmortem.md#executive-summary), the [page](../../../runbook.md#first-steps) and
the [data](data.csv).
"""


def told(title: str, day: str, *, more: str = "", body: str = BODY, patterns: str = "database-issues") -> str:
    """A postmortem of another day."""
    matter = FRONT_MATTER.replace("Checkout times out", title).replace("[database-issues]", f"[{patterns}]")
    text = matter.replace("2026-03-02T", f"{day}T") + body.replace("2026-03-02", day)
    return text.replace("detected_by:", f"{more}detected_by:") if more else text


FILES: Mapping[str, str | bytes] = {
    "docs/index.md": "# Home\n\nSee the [runbook](runbook.md).\n",
    "docs/runbook.md": "# Runbook\n\n## First steps\n\nStay calm.[^1]\n\n[^1]: It helps.\n",
    "docs/other/deep/page.md": "---\ntitle: Deep\n---\n\nSome words and a [link](../../index.md).\n",
    "docs/patterns/database-issues.md": PATTERN,
    "docs/patterns/lost-leader.md": PATTERN.replace("Database issues", "Lost leader").replace("db", "leader"),
    FIRST: told("Checkout times out", "2026-03-02"),
    SECOND: told("Cart is empty", "2026-03-09") + LINKS,
    THIRD: told("Names are gone", "2025-07-01", patterns="lost-leader").replace("[checkout]", "[dns, checkout]"),
    "docs/postmortems/2026/02-cart/data.csv": "a,b\n1,2\n",
}
