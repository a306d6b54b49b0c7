"""`postmortems report`, from a repository to the Markdown of its comment."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from tests.check.made_secrets import made_secret

Run = Callable[..., subprocess.CompletedProcess[str]]
Write = Callable[[dict[str, str | bytes]], Path]

NEW = "docs/postmortems/2026/02-new/postmortem.md"


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.com")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(write: Write, sound: dict[str, str]) -> Path:
    """A sound knowledge base on main, whose one postmortem has an action item that is due on 2026-12-20."""
    folder = write({})
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "begin")
    return folder


def add(repository: Path, text: str, path: str = NEW) -> None:
    (repository / path).parent.mkdir(parents=True, exist_ok=True)
    (repository / path).write_text(text, "utf-8")


def report(repository: Path, run_in: Run, *options: str) -> str:
    done = run_in(repository, "postmortems", "report", "--changed-since", "main", "--today", "2027-01-30", *options)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def later(text: str) -> str:
    return text.replace("2026-03-", "2026-04-").replace("Checkout times out", "Checkout times out again")


def test_a_change_without_a_postmortem(repository: Path, run_in: Run) -> None:
    add(repository, "changed", "docs/index.md")
    assert report(repository, run_in) == (
        "<!-- postmortems report -->\n"
        "## Effect of merging\n"
        "\n"
        "This change affects no postmortems or patterns.\n"
        "\n"
        "As of 30 Jan 2027.\n"
    )


def test_the_card_what_it_adds_and_what_resembles_it(repository: Path, run_in: Run, sound: dict[str, str]) -> None:
    add(repository, later(sound["postmortem"]).replace("14:23:00Z", "14:50:00Z", 1).replace("alert\n", "customer\n", 1))
    text = report(repository, run_in)
    assert text.startswith("<!-- postmortems report -->\n## Effect of merging\n")
    assert "### Checkout times out again\n" in text
    assert f"SEV2 · published · 2 Apr 2026 · Payments · `{NEW}`" in text
    assert "| 2 Apr 2026, 14:20 UTC | **after 30 min**, 15 min over target (15 min) | after 25 min |" in text
    assert "- second incident with `database-issues` in 180 days\n" in text
    assert "- second incident on `checkout` in 180 days\n" in text
    assert "- other incidents with `database-issues` have 1 open action item, 1 overdue by up to 41 days\n" in text
    assert re.search(
        r"^1\. Checkout times out \(SEV2, 2 Mar 2026, `2026/01-checkout`\) – .*same root cause: connection pool exhaustion",
        text,
        re.M,
    )
    assert "- [ ] Detection took 30 min, 15 min over its target." in text
    assert "- [ ] Customers or third parties detected it first." in text
    assert 'Is it a repeat of "2026/01-checkout"? The front matter does not say.' in text
    assert text.endswith("The whole agenda of its review: `postmortems agenda 2026/02-new`.\n\nAs of 30 Jan 2027.\n")


EXERCISE = "An exercise to practise it, 6 steps, about 45 min: `postmortems exercise 2026/02-new`.\n"


@pytest.mark.parametrize(
    ("more", "status", "ends"),
    [
        pytest.param(3, "published", EXERCISE, id="an incident of enough entries"),
        pytest.param(1, "published", "", id="too few entries"),
        pytest.param(4, "draft", "", id="a draft"),
    ],
)
def test_the_card_ends_with_the_exercise_where_the_incident_makes_one(
    repository: Path, run_in: Run, sound: dict[str, str], more: int, status: str, ends: str
) -> None:
    rows = "".join(f"| 14:3{minute} | Response time rises | |\n" for minute in range(more))
    text = later(sound["postmortem"]).replace("| 14:45 |", f"{rows}| 14:45 |")
    add(repository, text.replace("status: published\n", f"status: {status}\n"))
    agenda = "The whole agenda of its review: `postmortems agenda 2026/02-new`.\n"
    assert report(repository, run_in).endswith(f"{agenda}{ends}\nAs of 30 Jan 2027.\n")


def test_a_declared_repeat_asks_why_the_first_promises_did_not_hold(
    repository: Path, run_in: Run, sound: dict[str, str]
) -> None:
    add(repository, later(sound["postmortem"]).replace("---\n", "---\nrepeat_of: 2026/01-checkout\n", 1))
    text = report(repository, run_in)
    assert "- declares a repeat of `2026/01-checkout`\n" in text
    assert '- [ ] It repeats "2026/01-checkout". Why did the earlier action items not prevent it?' in text


def test_what_blocks_and_what_advises(repository: Path, run_in: Run, sound: dict[str, str]) -> None:
    add(repository, later(sound["postmortem"]).replace("## Timeline\n", "## Course\n"))
    text = report(repository, run_in)
    assert "**Blocks** (" in text
    assert 'PM101 missing-section: section "Timeline" is missing' in text
    assert re.search(r"^\*\*\d+ findings? to fix before merging\*\*, \d+ findings? to consider\.$", text, re.M)
    blocking = [
        int(re.findall(r"Blocks\*\* \((\d+)\)", one)[0]) for one in (text, report(repository, run_in, "--strict"))
    ]
    assert blocking[0] < blocking[1]


def test_removed_files_and_patterns_are_named_and_what_they_break_is_found(repository: Path, run_in: Run) -> None:
    (repository / "docs/patterns/database-issues.md").unlink()
    text = report(repository, run_in)
    assert "Removed: `docs/patterns/database-issues.md`." in text
    assert "### Other files" in text
    assert "PM401 unknown-pattern" in text


def test_a_sample_says_nothing_of_how_often(repository: Path, run_in: Run, sound: dict[str, str]) -> None:
    config = (repository / "mkdocs.yml").read_text("utf-8")
    (repository / "mkdocs.yml").write_text(
        config.replace("- postmortems\n", "- postmortems: {corpus: sample}\n"), "utf-8"
    )
    add(repository, later(sound["postmortem"]))
    assert "in 180 days" not in report(repository, run_in)


def test_a_drill_adds_nothing(repository: Path, run_in: Run, sound: dict[str, str]) -> None:
    add(repository, later(sound["postmortem"]).replace("---\n", "---\nkind: drill\n", 1))
    assert "- nothing: drills and near misses are not counted\n" in report(repository, run_in)


def test_what_authors_write_stays_text(repository: Path, run_in: Run, sound: dict[str, str]) -> None:
    nasty = "'<img src=x onerror=alert(1)> [a](javascript:x) @team #12 www.example.com https://x.y `x` | ## y'"
    text = later(sound["postmortem"]).replace("Checkout times out again", nasty, 1)
    add(repository, text.replace("owner: Payments", f"owner: {nasty}", 1).replace("[checkout]", f"[{nasty}]", 1))
    written = report(repository, run_in)
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(written)
    html = [token.content for token in tokens if token.type == "html_block"]
    assert html == ["<!-- postmortems report -->\n"]
    inline = {child.type for token in tokens for child in token.children or ()}
    assert not inline & {"html_inline", "link_open", "image"}
    assert not re.findall(r"@team|#12|www\.|https:", re.sub("`[^`]+`", "", written))


def test_a_report_always_fits_into_a_comment(repository: Path, run_in: Run, sound: dict[str, str]) -> None:
    for number in range(2, 90):
        add(repository, later(sound["postmortem"]), f"docs/postmortems/2026/{number:02}-new/postmortem.md")
    text = report(repository, run_in)
    assert len(text) < 65_536
    assert "did not fit in a comment." in text


def test_what_blocks_comes_before_what_does_not_fit(repository: Path, run_in: Run, sound: dict[str, str]) -> None:
    for number in range(2, 40):
        add(repository, later(sound["postmortem"]), f"docs/postmortems/2026/{number:02}-new/postmortem.md")
    wrong = later(sound["postmortem"]).replace("severity: SEV2", "severity: P7")
    add(repository, wrong, "docs/postmortems/2026/99-wrong/postmortem.md")
    text = report(repository, run_in)
    assert "did not fit in a comment." in text
    assert text.index("**Blocks** (1)") < text.index("**Questions for the reviewer**")
    assert text.index("2026/99-wrong/postmortem.md") < text.index("2026/02-new/postmortem.md")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "report needs --changed-since REF: the target branch, such as origin/main"),
        (
            ["--changed-since", "nowhere"],
            "--changed-since: no commit, branch or tag named nowhere: `git branch --all` lists the branches",
        ),
    ],
)
def test_without_something_to_compare_with(repository: Path, run_in: Run, options: list[str], said: str) -> None:
    done = run_in(repository, "postmortems", "report", *options)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"postmortems: {said}\n")


def test_a_secret_and_personal_data_in_what_it_quotes_are_masked(
    repository: Path, run_in: Run, sound: dict[str, str]
) -> None:
    token = "".join(made_secret("a GitHub token", 1))
    text = later(sound["postmortem"]).replace(
        "Checkout times out again", f"Checkout shows {token} to joan@wholesale.shop"
    )
    add(repository, text.replace("owner: Payments", f"owner: {token}"))
    found = report(repository, run_in)
    assert token not in found.replace("\\", "")
    assert "joan" not in found
    assert found.count("… \\(40 characters\\)") >= 4


def test_nothing_is_said_of_a_pattern_without_a_page(repository: Path, run_in: Run, sound: dict[str, str]) -> None:
    misspelt = "patterns: [no-such-pattern]"
    add(repository, later(sound["postmortem"]).replace("patterns: [database-issues]", misspelt))
    also = (
        later(later(sound["postmortem"]))
        .replace("2026-04-", "2026-05-")
        .replace("patterns: [database-issues]", misspelt)
    )
    add(repository, also, NEW.replace("02-new", "03-newer"))
    text = report(repository, run_in)
    named = [line for line in text.splitlines() if "no-such-pattern" in line]
    # What the check finds quotes it; nothing else does.
    assert all(line.startswith("- line ") for line in named), named
    assert sum("PM401 unknown-pattern" in line for line in named) == 2
