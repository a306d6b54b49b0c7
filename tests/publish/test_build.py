"""`mkdocs build`: the gate before the old site is touched, and pages that cannot be made to run anything."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import MKDOCS_YML, SURVEY

Run = Callable[..., subprocess.CompletedProcess[str]]
Write = Callable[[dict[str, str | bytes]], Path]


def without_section(text: str, heading: str) -> str:
    """`text` without the heading and what stands below it, up to the next heading."""
    before, _, after = text.partition(f"{heading}\n")
    rest = after[after.index("\n#") + 1 :] if "\n#" in after else ""
    return before + rest


def test_a_sound_knowledge_base_becomes_a_site(write: Write, run_in: Run) -> None:
    folder = write({})
    done = run_in(folder, "mkdocs", "build", "--strict")
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    for page in (
        "index.html",
        "postmortems/index.html",
        "postmortems/2026/index.html",
        "postmortems/2026/01-checkout/index.html",
        "patterns/index.html",
        "patterns/database-issues/index.html",
        "services/index.html",
        "services/checkout/index.html",
        "actions/index.html",
        "owners/index.html",
        "owners/payments/index.html",
        "reviews/index.html",
        "reviews/2026-03/index.html",
        "guide/settings/index.html",
        "guide/rules/missing-section/index.html",
    ):
        assert (folder / "site" / page).is_file(), page
    # Backstage takes a style sheet only if it is called like Material's.
    sheets = [path.name for path in (folder / "site/assets/postmortems").glob("*.css")]
    assert [name for name in sheets if not re.fullmatch(r"[a-z]+\.main\.[0-9a-f]{8}\.min\.css", name)] == []
    assert len(sheets) == 2


@pytest.mark.parametrize("features", ["[]", "[navigation.instant]"])
def test_pictures_are_protected_only_where_the_theme_loads_pages(features: str, write: Write, run_in: Run) -> None:
    text = MKDOCS_YML.replace("  font: false", f"  font: false\n  features: {features}")
    folder = write({"mkdocs.yml": f"{text}site_url: https://example.org/\n"})
    assert run_in(folder, "mkdocs", "build", "--strict").returncode == 0
    page = (folder / "site/patterns/index.html").read_text("utf-8")
    script = '<script src="../assets/postmortems/instant.js"></script>'
    assert (script in page.partition("</head>")[0]) is ("navigation.instant" in features)


def test_what_is_out_of_the_navigation_lights_its_tab(write: Write, run_in: Run, sound: dict[str, str]) -> None:
    with_tabs = MKDOCS_YML.replace("  font: false", "  font: false\n  features: [navigation.indexes, navigation.tabs]")
    folder = write({"mkdocs.yml": with_tabs})
    done = run_in(folder, "mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    for page, tab in (
        ("actions", "Actions"),
        ("owners/payments", "Actions"),
        ("owners", "Actions"),
        ("reviews/2026-03", "Postmortems"),
        ("services/checkout", "Services"),
    ):
        html = (folder / "site" / page / "index.html").read_text("utf-8")
        lit = html.partition("md-tabs__item--active")[2].partition("</li>")[0]
        assert tab in lit, page


@pytest.mark.parametrize(
    ("page", "tab"),
    [
        ("", "Home"),
        ("postmortems/2018/01-github-mysql-split/", "Postmortems"),
        ("postmortems/2025/", "Postmortems"),
        ("patterns/database-issues/", "Patterns"),
        ("services/cloudflare-waf/", "Services"),
        ("metrics/", "Metrics"),
        ("owners/", "Actions"),
        ("reviews/", "Postmortems"),
        ("guide/rules/", "Guide"),
        ("templates/postmortem-template/", "Guide"),
    ],
)
def test_one_tab_of_this_repositorys_site_is_lit(page: str, tab: str, built: Callable[[str], Path]) -> None:
    html = (built("own") / page / "index.html").read_text("utf-8")
    items = re.findall(r'<li class="([^"]*md-tabs__item[^"]*)">(.*?)</li>', html, re.DOTALL)
    lit = [re.sub("<[^>]*>", "", item).strip() for classes, item in items if "md-tabs__item--active" in classes.split()]
    assert len(items) >= 5
    assert lit == [tab]


def test_names_that_look_alike_or_are_markup_have_a_page_each(write: Write, run_in: Run, sound: dict[str, str]) -> None:
    names = ("API team", "api-team", "<img src=x onerror=alert(1)>", "決済", "خدمة الدفع", "x" * 300)
    files: dict[str, str | bytes] = {}
    for number, name in enumerate(names, 2):
        named = sound["postmortem"].replace("owner: Payments", f"owner: '{name}'")
        files[f"docs/postmortems/2026/{number:02}-x/postmortem.md"] = named
    folder = write(files)
    done = run_in(folder, "mkdocs", "build")
    assert done.returncode == 0, done.stderr
    found = {path.parent.name for path in (folder / "site/owners").glob("*/index.html")}
    assert len(found) == 6
    assert found >= {"payments", "api-team", "img-src-x-onerror-alert-1", "決済", "خدمة-الدفع"}
    pages = [path.read_text("utf-8") for path in (folder / "site").rglob("*.html")]
    assert not [page for page in pages if "<img src=x" in page]


@pytest.mark.parametrize("flags", [[], ["--strict"], ["-q"], ["-q", "--strict"]], ids=" ".join)
def test_a_missing_section_fails_the_build_and_leaves_the_old_site(
    flags: list[str], write: Write, run_in: Run, sound: dict[str, str]
) -> None:
    folder = write({sound["path"]: without_section(sound["postmortem"], "### Contributing Factors")})
    (folder / "site").mkdir()
    (folder / "site" / "index.html").write_text("the old site", "utf-8")
    done = run_in(folder, "mkdocs", "build", *flags)
    assert done.returncode == 1
    line = sound["postmortem"].split("\n").index("## Root Cause Analysis") + 1
    assert f"{sound['path']}:{line}:1 PM101 missing-section" in done.stderr
    assert '"Contributing Factors"' in done.stderr
    assert "Traceback" not in done.stderr
    assert (folder / "site" / "index.html").read_text("utf-8") == "the old site"


def test_one_error_lists_everything(write: Write, run_in: Run, sound: dict[str, str]) -> None:
    broken = sound["postmortem"].replace("[database-issues]", "[database-isues]").replace("severity:", "severty:")
    folder = write({sound["path"]: broken, "docs/postmortems/2026/02-empty/postmortem.md": ""})
    done = run_in(folder, "mkdocs", "build")
    assert done.returncode == 1
    assert done.stderr.count("ERROR") == 1
    for part in (
        "PM401",
        'did you mean "database-issues"?',
        "PM006",
        'did you mean "severity"?',
        "PM002",
        "the file is empty",
    ):
        assert part in done.stderr


def test_a_wrong_setting_is_an_error_of_mkdocs(write: Write, run_in: Run) -> None:
    folder = write({"mkdocs.yml": "site_name: x\nplugins:\n  - postmortems:\n      severitys: [A]\n"})
    done = run_in(folder, "mkdocs", "build")
    assert done.returncode == 1
    assert "option 'severitys': unknown option; did you mean \"severities\"?" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(b"", ["PM002", "the file is empty"], id="an empty file"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00", ["PM001", "not UTF-8"], id="binary bytes"),
        pytest.param(b"---\ntitle: x\n---\n" + b"a" * 10_000_000, ["PM001", "10,000,017 bytes"], id="10 MB"),
        pytest.param(b"# No front matter\n", ["PM002"], id="no front matter"),
        pytest.param(b"---\ntitle: a: b\n---\n", ["PM003", ":2:9 "], id="broken YAML"),
    ],
)
def test_bad_input_is_one_exact_message(content: bytes, expected: list[str], write: Write, run_in: Run) -> None:
    folder = write({"docs/postmortems/2026/02-bad/postmortem.md": content})
    for done in (run_in(folder, "mkdocs", "build", "-q"), run_in(folder, "postmortems", "check")):
        output = done.stdout + done.stderr
        assert done.returncode == 1, output
        assert "Traceback" not in output
        for part in expected:
            assert part in output


def test_an_authored_page_wins_and_gets_the_generated_part(write: Write, run_in: Run) -> None:
    folder = write({"docs/postmortems/index.md": "# Our incidents\n\nRead the newest first.\n"})
    done = run_in(folder, "mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    page = (folder / "site/postmortems/index.html").read_text("utf-8")
    assert "Read the newest first." in page
    assert "Checkout times out" in page
    assert page.count("<h1") == 1


def test_links_inside_postmortems_are_followed_and_checked(write: Write, run_in: Run, sound: dict[str, str]) -> None:
    second = sound["postmortem"].replace("owner:", "repeat_of: 2026/01-checkout\nowner:")
    second = second.replace(
        "Connections leaked on one error path.",
        "As in [the first](../01-checkout/postmortem.md#primary-cause), see ![the graph](artifacts/graph.svg)"
        " and [database issues](../../../patterns/database-issues.md).",
    )
    files = {
        "docs/postmortems/2026/02-again/postmortem.md": second,
        "docs/postmortems/2026/02-again/artifacts/graph.svg": "<svg/>",
    }
    folder = write(dict(files))
    done = run_in(folder, "mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    page = (folder / "site/postmortems/2026/02-again/index.html").read_text("utf-8")
    assert 'href="../01-checkout/#primary-cause"' in page
    assert 'src="artifacts/graph.svg"' in page
    broken = second.replace("#primary-cause", "#no-such-heading")
    (folder / "docs/postmortems/2026/02-again/postmortem.md").write_text(broken, "utf-8")
    assert run_in(folder, "mkdocs", "build", "--strict").returncode == 1


def test_it_works_without_directory_urls(write: Write, run_in: Run) -> None:
    theme = "theme: {name: material, font: false}"
    folder = write(
        {"mkdocs.yml": f"site_name: x\nuse_directory_urls: false\n{theme}\nplugins: [search, postmortems]\n"}
    )
    done = run_in(folder, "mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    index = (folder / "site/postmortems/index.html").read_text("utf-8")
    assert "01-checkout/index.html" in index


def test_it_runs_under_properdocs(write: Write, run_in: Run) -> None:
    folder = write({})
    done = run_in(folder, "properdocs", "build", "--strict", "-f", "mkdocs.yml")
    assert done.returncode == 0, done.stderr
    assert (folder / "site/postmortems/2026/01-checkout/index.html").is_file()


REGISTER = "docs/postmortems/register.yml"
OVERDUE = """\
- id: INC-7
  severity: SEV1
  resolved_at: 2026-03-01T10:00:00Z
- id: INC-8
  severity: SEV2
  resolved_at: 2026-03-02T16:00:00Z
  postmortem: 2026/01-checkout
"""


def test_the_register_stays_out_of_the_site_and_the_calendar_fails_no_build(write: Write, run_in: Run) -> None:
    folder = write({REGISTER: OVERDUE, "docs/postmortems/other.yml": "a: b\n"})
    done = run_in(folder, "mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert "PM902 incident-without-postmortem" in done.stderr
    assert not (folder / "site/postmortems/register.yml").exists()
    assert (folder / "site/postmortems/other.yml").exists()


def test_answers_of_a_team_are_on_no_page_as_they_are(write: Write, run_in: Run) -> None:
    answers = SURVEY.replace("- {", "- {team: Ferrets, ")
    folder = write({
        "docs/reviews/2026-q1.yml": answers,
        "docs/reviews/ferrets/2026-q1.yml": answers,
        "docs/reviews/2025-q4.json": "[]",
        "docs/reviews/ferrets/api.yml": "a: b\n",
    })  # fmt: skip
    done = run_in(folder, "mkdocs", "build")
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("PM009 misplaced-file") == 2
    site = folder / "site"
    assert "5 of 6 agree" in (site / "reviews/index.html").read_text("utf-8")
    assert [path.name for path in (site / "reviews").rglob("*.*") if path.suffix in (".yml", ".json")] == ["api.yml"]
    pages = [path for path in site.rglob("*") if path.is_file() and path.suffix in (".html", ".json", ".md", ".txt")]
    assert [path for path in pages if b"Ferrets" in path.read_bytes()] == []


def test_a_broken_register_fails_the_build_with_its_line(write: Write, run_in: Run) -> None:
    folder = write({REGISTER: OVERDUE.replace("INC-8", "INC-7").replace("2026/01-checkout", "2026/01-chekout")})
    done = run_in(folder, "mkdocs", "build")
    assert done.returncode == 1
    assert f"{REGISTER}:4:7 PM004 duplicate-key [error]" in done.stderr
    assert "Traceback" not in done.stderr
