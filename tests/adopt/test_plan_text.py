"""The plan at a terminal."""

from __future__ import annotations

from postmortems.adopt.plan import make_plan
from postmortems.adopt.plan_text import plan_lines
from postmortems.adopt.sources import folder
from postmortems.adopt.sources.given import Given
from postmortems.settings import Settings


def shown(files: dict[str, str]) -> str:
    given = Given({path: text.encode() for path, text in files.items()}, Settings())
    return "\n".join(plan_lines(make_plan(folder.read(given), Settings())))


def test_the_whole_plan() -> None:
    assert shown(
        {
            "slow.md": "# 2024-05-02, Slow\n\n**Severity:** High\n\n**Services:** shop, cart\n\n"
            "- **Detected:** 2024-05-02 10:00 UTC\n\n## Notes\n",
            "fast.md": "# Fast\n\n## Summary\n\nFast.\n\n## Notes\n",
            "README.md": "# Incidents\n",
        }
    ) == (
        """\
2024/01-slow  <-  slow.md
  title          Slow
? status         draft  (nothing says that it was published)
? severity       SEV2  (line 3: "High")
  services       shop, cart
  detected_at    2024-05-02T10:00Z
  date           2024-05-02
  unknown        owner, authors, started_at, mitigated_at, resolved_at, detected_by, root_cause, published_on, tags
  0 events, 0 action items (0 done, 0 with an owner, 0 with a ticket), 0 sections

fast  <-  fast.md
  title          Fast
? status         draft  (nothing says that it was published)
  unknown        severity, services, owner, authors, started_at, detected_at, mitigated_at, resolved_at, date, """
        """detected_by, root_cause, published_on, tags
  0 events, 0 action items (0 done, 0 with an owner, 0 with a ticket), 1 section

Left out:
  README.md: index

Severities (settle them with --severity):
  High: SEV2

Services:
     1  cart
     1  shop

Headings that mean no section yet (settle them with the setting `synonyms`):
     2  Notes

2 postmortems, 1 left out: 5 values stated, 3 to check, 22 unknown
Most often unknown: owner (2), authors (2), started_at (2), mitigated_at (2), resolved_at (2)"""
    )


def test_nothing_of_a_document_reaches_the_terminal_as_a_command() -> None:
    assert "\x1b" not in shown({"a\x1b[2J.md": "# Slow \x1b[31m down\n\n**Severity:** \x1b]0;x\n"})


def test_an_empty_plan() -> None:
    assert shown({}) == "0 postmortems, 0 left out: 0 values stated, 0 to check, 0 unknown"
