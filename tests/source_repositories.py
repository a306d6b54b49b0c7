"""A site of three repositories: its own, and two that lie below `sources/` as a checkout would."""

from __future__ import annotations

from collections.abc import Mapping

from tests.conftest import BODY, FRONT_MATTER, MKDOCS_YML, PATTERN

PAYMENTS, SEARCH = "sources/payments/docs", "sources/search/handbook"
CARDS = f"{PAYMENTS}/postmortems/2026/01-cards/postmortem.md"
REFUNDS = f"{PAYMENTS}/postmortems/2026/02-refunds/postmortem.md"
INDEX = f"{SEARCH}/incidents/2026/01-index/postmortem.md"

SETTINGS = """\
  - postmortems:
      levels: {undeclared-repeat: off}
      sources:
        - {folder: sources/payments/docs, name: payments}
        - folder: sources/search/handbook
          name: search
          postmortems: incidents
          url: https://git.example/search/blob/main/handbook
"""


def told(title: str, day: str, *, more: str = "", end: str = "", pattern: str = "database-issues") -> str:
    """A sound postmortem without an owner; `more` are lines of its front matter, `end` those of its last section."""
    matter = FRONT_MATTER.replace("Checkout times out", title).replace("owner: Payments\n", more)
    matter = matter.replace("[database-issues]", f"[{pattern}]").replace("2026-03-02T", f"{day}T")
    return matter.replace("2026-03-09", "2026-11-20") + BODY.replace("2026-03-02", day) + end


LINKS = """
See the [pattern](../../../patterns/card-network.md#what-helps), the [other](../02-refunds/postmortem.md), all
[patterns](../../../patterns/index.md), the [year](../index.md), its [index](../../index.md) and [again](/postmortems/2026/02-refunds/postmortem.md).

![Graph](artifacts/graph.png)
"""
RUNBOOK = "\nSee the [runbook](../../../runbooks/index.md#first-steps).\n"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)

SOURCES: Mapping[str, str | bytes] = {
    "mkdocs.yml": MKDOCS_YML.replace("  - postmortems\n", SETTINGS),
    CARDS: told("Cards are refused", "2026-04-02", end=LINKS, pattern="card-network"),
    f"{PAYMENTS}/postmortems/2026/01-cards/artifacts/graph.png": PNG,
    REFUNDS: told("Refunds are late", "2026-05-02", more="repeat_of: 2026/01-cards\n"),
    f"{PAYMENTS}/patterns/card-network.md": PATTERN.replace("Database issues", "Card network").replace("db", "cards")
    + "\nFirst seen in [cards](../postmortems/2026/01-cards/postmortem.md).\n",
    f"{PAYMENTS}/patterns/database-issues.md": PATTERN,
    f"{PAYMENTS}/index.md": "# Payments\n",
    INDEX: told(
        "Index is old", "2026-06-02", more="owner: Ranking\nrepeat_of: [payments/2026/01-cards]\n", end=RUNBOOK
    ),
    f"{SEARCH}/runbooks/index.md": "# Runbook\n\n## First steps\n",
}
"""Files of the sources, and the settings of the site that shows them."""
