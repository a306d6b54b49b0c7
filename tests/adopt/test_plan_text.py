"""The plan at a terminal."""

from __future__ import annotations

from postmortems.adopt.plan import make_plan
from postmortems.adopt.plan_text import plan_lines
from postmortems.adopt.sources import folder
from postmortems.adopt.sources.given import Given
from postmortems.settings import Settings


def shown(files: dict[str, str]) -> str:
    given = Given({path: text.encode() for path, text in files.items()}, Settings())
    return "\n".join(plan_lines(make_plan(folder.read(given))))


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
  no events, no action items, no sections

fast  <-  fast.md
  title          Fast
? status         draft  (nothing says that it was published)
  no events, no action items, 1 section

Left out:
  README.md: index

Decide once for all:
  --severity     "High=SEV2"  (as proposed, or as you say)
  synonyms       Notes (2)  (headings that mean no section yet)
  services       cart (1), shop (1)  (one name for each?)

2 postmortems, 1 file left out
Values: 5 stated, 3 derived (marked ?, for you to look at), 22 unknown
Unknown: owner, authors, started_at, mitigated_at, resolved_at, detected_by, root_cause, published_on, tags (2), """
        """severity, services, detected_at, date (1)"""
    )


def test_what_many_have_is_said_once_and_what_differs_at_its_place() -> None:
    files = {f"{name}.md": f"# 2024-05-02, {name}\n\n## Summary\n\nSlow.\n" for name in ("a", "b", "c", "d")}
    text = shown({**files, "d.md": f"{files['d.md']}\n**Status:** Final\n"})
    assert "? status         draft  (nothing says that it was published): 3 of 4\n" in text
    assert text.count("status  ") == 2
    assert "  status         published\n" in text


def test_problems_of_one_kind_are_one_line() -> None:
    rows = "".join(f"| 2024-05-02 HH:{minute} | Deploy |\n" for minute in ("mm", "xx", "zz"))
    text = shown({"a.md": f"# 2024-05-02, Slow\n\n## Timeline\n\n| Time | Event |\n|---|---|\n{rows}"})
    [problem] = [line for line in text.split("\n") if line.startswith("!")]
    assert problem.startswith('! line 7: the time "2024-05-02 HH:mm" cannot be read')
    assert problem.endswith("(and 2 more like it)")


def test_the_end_fits_on_a_screen() -> None:
    files = {
        f"{number}.md": f"# 2024-05-02, {number}\n\n**Severity:** w{number % 9}\n\n**Service:** s{number}\n\n"
        f"**Root cause:** c{number}\n\n## Summary\n\nx\n\n" + "".join(f"## Odd {odd}\n\n" for odd in range(30))
        for number in range(40)
    }
    end = shown(files).rpartition("\n\nDecide once")[2]
    assert sum(len(line) // 80 + 1 for line in end.split("\n")) < 20
    assert "s0 (1), s1 (1), s10 (1)" in end
    assert " more  (one name for each?)" in end


def test_nothing_of_a_document_reaches_the_terminal_as_a_command() -> None:
    assert "\x1b" not in shown({"a\x1b[2J.md": "# Slow \x1b[31m down\n\n**Severity:** \x1b]0;x\n"})


def test_an_empty_plan() -> None:
    assert shown({}) == "Nothing is new"
