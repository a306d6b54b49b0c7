"""`postmortems new`, from its words to the file on disk."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from postmortems.cli.check import command as check
from postmortems.cli.new import command
from postmortems.cli.new_file import folder_name, write_new
from postmortems.model.diagnostic import Level
from postmortems.model.front_matter import Status
from postmortems.model.postmortem import Postmortem
from postmortems.model.source import Source
from postmortems.pipeline import run_pipeline
from postmortems.read.front_matter import split_front_matter
from postmortems.read.postmortem import read_postmortem
from postmortems.settings import Settings

TEMPLATE = "---\n# What happened.\ntitle: '[What]'\nowner: '[Team]'\n---\n\n## Timeline\n\n| [14:23] |\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A knowledge base with a template and two patterns, as the working directory, on a fixed day."""
    for path, text in {
        "mkdocs.yml": "plugins: [postmortems]\n",
        "docs/templates/postmortem-template.md": TEMPLATE,
        "docs/patterns/database-issues.md": "",
        "docs/patterns/monitoring-failures.md": "",
    }.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795478400")  # 2026-11-24
    return tmp_path


def run(*words: str, answers: str | None = None) -> Result:
    """The command in a pipe; in a terminal where there are answers."""
    return CliRunner().invoke(command, words, input=answers, obj=answers is not None)


def written(project: Path) -> list[str]:
    home = project / "docs/postmortems"
    return sorted(str(path.relative_to(home)) for path in home.rglob("*")) if home.exists() else []


def read(path: str) -> Postmortem:
    return read_postmortem(path, Path("docs", path).read_bytes(), Settings())


def test_writes_the_next_file_and_says_where_and_what_comes_next(project: Path) -> None:
    result = run("Checkout latency", "--started", "2026-11-20T14:23Z", "--severity", "SEV2")

    path = "docs/postmortems/2026/01-checkout-latency/postmortem.md"
    assert result.exit_code == 0
    assert result.output == f"{path}\nNext: fill it in, then `postmortems check {path}`\n"
    assert Path(path).read_text("utf-8") == (
        "---\n# What happened.\ntitle: Checkout latency\n# owner:\n"
        "status: draft\nseverity: SEV2\nservices: []\nstarted_at: 2026-11-20T14:23:00Z\ndetected_at: '[to be found out]'\n"
        "mitigated_at: '[to be found out]'\nresolved_at: '[to be found out]'\nroot_cause: '[to be found out]'\n"
        "patterns: []\n"
        "---\n\n## Timeline\n\n| [14:23] |\n"
    )
    assert written(project) == ["2026", "2026/01-checkout-latency", "2026/01-checkout-latency/postmortem.md"]


@pytest.mark.parametrize(
    "options", [(), ("--started", "2026-11-20T14:23Z", "--service", "cart")], ids=["bare", "given"]
)
def test_the_template_that_ships_gives_a_draft_without_errors(project: Path, options: tuple[str, ...]) -> None:
    (project / "docs/templates/postmortem-template.md").unlink()
    assert run("Slow", "--severity", "SEV2", *options).exit_code == 0

    found = [one for one in run_pipeline(project / "docs", Settings()).diagnostics if "2026" in one.place.path]
    assert {one.code for one in found if one.level is Level.ERROR} == set()
    assert "PM103" in {one.code for one in found}


@pytest.mark.parametrize(
    ("languages", "own", "words", "heading"),
    [
        pytest.param("[nb, en]", False, (), "## Tidslinje", id="the first of the settings"),
        pytest.param("[nb, en]", True, (), "## Ours", id="the repository's own before it"),
        pytest.param("[nb, en]", True, ("--language", "nb"), "## Ours", id="which is in the first"),
        pytest.param("[nb, en]", True, ("--language", "en"), "## Timeline", id="another one of the settings"),
        pytest.param("[en, ja]", True, ("--language", "ja"), "## タイムライン", id="in any order"),
        pytest.param("[nb]", False, ("--language", "en"), "## Timeline", id="English is always read"),
    ],
)
def test_the_template_is_in_a_language_of_the_settings(
    project: Path, languages: str, own: bool, words: tuple[str, ...], heading: str
) -> None:
    Path("mkdocs.yml").write_text(f"plugins: [postmortems: {{languages: {languages}}}]\n", "utf-8")
    file = Path("docs/templates/postmortem-template.md")
    if own:
        file.write_text(f"{TEMPLATE}\n## Ours\n")
    else:
        file.unlink()
    assert run("Slow", "--severity", "SEV2", *words).exit_code == 0
    assert f"\n{heading}\n" in Path("docs/postmortems/2026/01-slow/postmortem.md").read_text("utf-8")


def test_a_near_miss_gets_its_short_form_in_any_language_of_the_settings(project: Path) -> None:
    Path("mkdocs.yml").write_text("plugins: [postmortems: {languages: [en, de]}]\n", "utf-8")
    words = ("--kind", "near-miss", "--severity", "SEV2", "--started", "2025-11-20")
    assert run("Disk", *words).exit_code == 0
    assert run("Platte", *words, "--language", "de").exit_code == 0
    assert run("Cache", *words).exit_code == 0

    english, german, cache = (
        Path(f"docs/postmortems/2025/{name}/postmortem.md").read_text("utf-8")
        for name in ("01-disk", "02-platte", "03-cache")
    )
    assert "\nkind: near-miss\n" in english
    assert "\ndate: 2025-11-20\n" in english
    assert re.findall(r"^## .*", english, re.MULTILINE) == [
        "## Executive Summary",
        "## What Saved Us",
        "## Action Items",
    ]
    assert re.findall(r"^## .*", german, re.MULTILINE)[1] == "## Was uns gerettet hat"
    assert cache == english.replace("title: Disk", "title: Cache")
    found = [one for one in run_pipeline(project / "docs", Settings()).diagnostics if "2025/01" in one.place.path]
    assert {one.level for one in found} == {Level.WARNING, Level.INFO}
    assert {one.code for one in found} <= {"PM005", "PM103", "PM503"}


def test_a_repositorys_own_template_for_near_misses_comes_first(project: Path) -> None:
    Path("docs/templates/near-miss-template.md").write_text("---\nowner: Ours\n---\n\n## Ours\n", "utf-8")
    assert run("Disk", "--kind", "near-miss", "--severity", "SEV2").exit_code == 0
    assert Path("docs/postmortems/2026/01-disk/postmortem.md").read_text("utf-8") == (
        "---\nowner: Ours\ntitle: Disk\nstatus: draft\nseverity: SEV2\nkind: near-miss\nservices: []\n"
        "date: '[to be found out]'\nroot_cause: '[to be found out]'\npatterns: []\n---\n\n## Ours\n"
    )


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        pytest.param((), {"date": "[to be found out]"}, id="no day"),
        pytest.param(("--started", "unknown"), {"started_at": "unknown", "date": "[to be found out]"}, id="unknown"),
        pytest.param(
            ("--started", "2025-11-20T14:23Z", "--detected", "2025-11-20T14:30Z"),
            {"started_at": "2025-11-20T14:23:00Z", "detected_at": "2025-11-20T14:30:00Z"},
            id="times",
        ),
    ],
)
def test_a_near_miss_has_the_times_that_are_known(project: Path, words: tuple[str, ...], keys: dict[str, str]) -> None:
    assert run("Disk", "--kind", "near-miss", "--severity", "SEV2", *words).exit_code == 0
    [file] = Path("docs/postmortems").glob("*/01-disk/postmortem.md")
    read = split_front_matter(Source("", file.read_text("utf-8")))
    assert {key: value for key, value in read.values.items() if key == "date" or key.endswith("_at")} == keys


@pytest.mark.parametrize("kind", ["incident", "drill"])
def test_another_kind_gets_the_whole_template(project: Path, kind: str) -> None:
    assert run("Failover", "--kind", kind, "--severity", "SEV2", "--started", "2025-11-20T14:23Z").exit_code == 0
    text = Path("docs/postmortems/2025/01-failover/postmortem.md").read_text("utf-8")
    assert f"\nkind: {kind}\n" in text
    assert "\n## Timeline\n" in text


def test_a_near_miss_is_asked_for_a_day(project: Path) -> None:
    answers = "Disk\n2999-01-01\ntomorrow\n2025-11-20\nSEV2\norders\n\n"
    result = run("--kind", "near-miss", answers=answers)
    assert result.exit_code == 0
    assert "Day or time (such as 2026-11-20 or 2026-11-20T14:23Z; Enter for later)" in result.output
    assert "which is in the future" in result.output
    assert "Severity it would have had" in result.output
    assert "\ndate: 2025-11-20\n" in Path("docs/postmortems/2025/01-disk/postmortem.md").read_text("utf-8")


def test_sample_action_items_are_shown_and_count_nowhere(project: Path) -> None:
    (project / "docs/templates/postmortem-template.md").unlink()
    assert run("Slow", "--severity", "SEV2").exit_code == 0
    file = Path("docs/postmortems/2026/01-slow/postmortem.md")

    def counted() -> list[str]:
        analysis = run_pipeline(project / "docs", Settings()).analysis
        assert analysis.action_counts_of(analysis.postmortems[0]).total == len(analysis.incident_actions)
        return [action.item.text for action in analysis.incident_actions]

    assert counted() == []
    text = file.read_text("utf-8")
    file.write_text(text.replace("[Owner] Document Z procedure", "[payments] Write down how to fail over"), "utf-8")
    assert counted() == ["Write down how to fail over"]
    file.write_text(text.replace("[Owner] Document", "[payments] Document"), "utf-8")
    assert counted() == []  # an owner alone promises nothing


def test_what_is_left_of_the_template_of_any_language_of_the_settings_is_found(project: Path) -> None:
    """The repository's own takes the place of the package's in the first language, and of no other."""
    Path("mkdocs.yml").write_text("plugins: [postmortems: {languages: [en, nb]}]\n", "utf-8")
    assert run("Slow", "--severity", "SEV2", "--language", "nb").exit_code == 0
    result = CliRunner().invoke(check, ["--verbose"])
    assert '"[Grundig forklaring av den tekniske feilen]" is template text' in result.output
    assert "PM101" not in result.output


def test_every_option_is_read_back(project: Path) -> None:
    result = run(
        *("Pool empty", "--severity", "sev1", "--service", "cart", "--service", "checkout", "--service", "cart"),
        *("--pattern", "database-issues", "--pattern", "monitoring-failures:detection", "--owner", "payments"),
        *("--author", "Ada", "--author", "Grace", "--detected-by", "alert", "--started", "2026-01-01T00:30+01:00"),
        *("--detected", "2025-12-31 23:40Z", "--mitigated", "20251231T2350Z", "--resolved", "unknown"),
    )
    assert result.exit_code == 0

    path = "postmortems/2025/01-pool-empty/postmortem.md"  # the year in UTC
    text = Path("docs", path).read_text("utf-8")
    assert "started_at: 2026-01-01T00:30:00+01:00\n" in text
    assert "detected_at: 2025-12-31T23:40:00Z\nmitigated_at: 2025-12-31T23:50:00Z\nresolved_at: unknown\n" in text
    matter = read(path).front_matter
    assert (matter.title, matter.status, matter.severity) == ("Pool empty", Status.DRAFT, "SEV1")
    assert (matter.services, matter.owner, matter.authors) == (("cart", "checkout"), "payments", ("Ada", "Grace"))
    assert [(one.pattern, one.role) for one in matter.patterns] == [
        ("database-issues", None),
        ("monitoring-failures", "detection"),
    ]
    assert matter.detected_by == "alert"


@pytest.mark.parametrize(
    ("there", "expected"),
    [
        ([], "01-x"),
        (["01-a/postmortem.md", "07-b/postmortem.md"], "08-x"),
        (["09-flat.md"], "10-x"),
        (["99-a/postmortem.md"], "100-x"),
        (["2026-11-20-by-day/postmortem.md", "notes/a.md", "index.md"], "01-x"),
        (["03-x/postmortem.md"], "04-x"),
        ([".05/left"], "01-x"),
    ],
)
def test_the_number_is_one_more_than_the_highest_of_the_year(project: Path, there: list[str], expected: str) -> None:
    for name in there:
        file = project / "docs/postmortems/2026" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("mine")

    assert run("X", "--severity", "SEV2").output.startswith(f"docs/postmortems/2026/{expected}/postmortem.md\n")
    assert all((project / "docs/postmortems/2026" / name).read_text() == "mine" for name in there)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Checkout latency", "checkout-latency"),
        ("決済の遅延", "決済の遅延"),
        ("?!", "unnamed"),
        ("../../etc/passwd", "etc-passwd"),
        ("a" * 80, "a" * 60),
        ("word " * 20, "-".join(["word"] * 12)),
        ("a" * 60 + " b", "a" * 60),
    ],
)
def test_the_folder_is_named_after_the_title(title: str, name: str) -> None:
    assert folder_name(title) == name


RIGHT = ("X", "--severity", "SEV2")


@pytest.mark.parametrize(
    ("words", "line"),
    [
        pytest.param(
            ("X", "--severity", "SVE2"),
            '--severity is "SVE2", which is not in the severity scale (SEV1, SEV2, SEV3, SEV4); did you mean "SEV2"?',
            id="severity",
        ),
        pytest.param(
            (*RIGHT, "--started", "2026-11-20T14:23"),
            '--started is "2026-11-20T14:23", a time without a time zone; for UTC write "2026-11-20T14:23Z"',
            id="no zone",
        ),
        pytest.param(
            (*RIGHT, "--started", "2026-11-20"),
            '--started is "2026-11-20", which names a day but no time; write day, time and zone, such as 2026-11-20T14:23Z, or unknown',
            id="a day",
        ),
        pytest.param(
            (*RIGHT, "--kind", "near-miss", "--started", "2027-01-01"),
            "--started is 2027-01-01, which is in the future",
            id="a near miss to come",
        ),
        pytest.param(
            (*RIGHT, "--kind", "nearmiss"),
            '--kind is "nearmiss", which is not one of incident, near-miss, drill; did you mean "near-miss"?',
            id="kind",
        ),
        pytest.param(
            (*RIGHT, "--detected", "last night"),
            '--detected is "last night", which is not an ISO 8601 time; '
            "write day, time and zone, such as 2026-11-20T14:23Z, or unknown",
            id="no time",
        ),
        pytest.param(
            (*RIGHT, "--pattern", "databse-issues"),
            '--pattern is "databse-issues", which is not a pattern; did you mean "database-issues"?',
            id="pattern",
        ),
        pytest.param(
            (*RIGHT, "--pattern", "zebra"),
            '--pattern is "zebra", which is not a pattern; the patterns are database-issues, monitoring-failures',
            id="pattern unlike any",
        ),
        pytest.param(
            (*RIGHT, "--pattern", "database-issues:detecton"),
            '--pattern is "database-issues:detecton", where "detecton" is not a role '
            '(trigger, contributing, detection, mitigation); did you mean "detection"?',
            id="role",
        ),
        pytest.param(
            (*RIGHT, "--detected-by", "costumer"),
            '--detected-by is "costumer", which is not one of alert, customer, staff, third-party; '
            'did you mean "customer"?',
            id="detected by",
        ),
        pytest.param(
            (*RIGHT, "--started", "2026-11-20T14:23Z", "--detected", "2026-11-20T14:00Z"),
            "--detected is 2026-11-20T14:00:00Z, before --started, 2026-11-20T14:23:00Z",
            id="order",
        ),
        pytest.param(
            (*RIGHT, "--started", "9026-11-20T14:23Z"),
            "--started is 9026-11-20T14:23:00Z, which is in the future",
            id="future",
        ),
        pytest.param((" \n", "--severity", "SEV2"), "the title is empty", id="empty title"),
        pytest.param(
            ("x" * 1001, "--severity", "SEV2"),
            "the title is 1,001 characters, over the limit of 1,000: shorten it",
            id="long title",
        ),
        pytest.param(
            ("--severity", "SEV2"),
            'the title is missing: postmortems new "Checkout latency" --severity SEV2',
            id="no title",
        ),
        pytest.param(("X",), "--severity is missing: one of SEV1, SEV2, SEV3, SEV4", id="no severity"),
        pytest.param(
            (*RIGHT, "--language", "nb"),
            '--language is "nb", which is not read here (en); add it to the settings: languages: [en, nb]',
            id="a language that is not read",
        ),
        pytest.param(
            (*RIGHT, "--language", "norsk"),
            '--language is "norsk", which is not one of en, de, fr, es, pt, it, nb, sv, nl, pl, ja, zh, ko',
            id="no language",
        ),
        pytest.param((*RIGHT, "--config", "none.yml"), "none.yml: no such file", id="no configuration"),
    ],
)
def test_refuses_in_one_line_and_writes_nothing(project: Path, words: tuple[str, ...], line: str) -> None:
    result = run(*words)

    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"postmortems: {line}\n")
    assert written(project) == []


def test_says_everything_that_is_wrong_at_once(project: Path) -> None:
    result = run("--started", "now", "--pattern", "a", "--pattern", "b")

    assert result.stderr.count("\n") == 5
    assert written(project) == []


def test_asks_in_a_terminal_for_what_is_missing_until_it_can_be_used(project: Path) -> None:
    answers = "\n".join(
        ["Slow", "noon", "2026-11-20T14:23Z", "SEV9", "sev3", "cart, checkout", "zebra", "database-issues", ""]
    )
    result = run(answers=answers)

    assert result.exit_code == 0
    for line in (
        'Error: the time is "noon", which is not an ISO 8601 time',
        "  SEV1  most users lost the main function",
        'Error: --severity is "SEV9", which is not in the severity scale',
        "  Patterns: database-issues, monitoring-failures",
        'Error: --pattern is "zebra", which is not a pattern',
    ):
        assert line in result.output
    matter = read("postmortems/2026/01-slow/postmortem.md").front_matter
    assert (matter.severity, matter.services, len(matter.patterns)) == ("SEV3", ("cart", "checkout"), 1)


def test_enter_leaves_for_later_what_may_be(project: Path) -> None:
    assert run("Slow", "--severity", "SEV3", answers="\n\n\n").exit_code == 0

    text = Path("docs/postmortems/2026/01-slow/postmortem.md").read_text("utf-8")
    assert "services: []\nstarted_at: '[to be found out]'\n" in text
    assert "patterns: []\n" in text


def test_asks_nothing_that_is_given(project: Path) -> None:
    result = run(*(*RIGHT, "--started", "unknown", "--service", "a", "--pattern", "database-issues"), answers="")

    assert result.exit_code == 0
    assert result.output.startswith("docs/postmortems/2026/01-x/postmortem.md\n")


def test_an_end_of_answers_writes_nothing(project: Path) -> None:
    result = run(answers="Slow\n")

    assert result.exit_code == 1
    assert result.stderr.endswith("postmortems: nothing written\n")
    assert written(project) == []


def test_an_invalid_template_is_said_and_does_not_stop_the_author(project: Path) -> None:
    (project / "docs/templates/postmortem-template.md").write_text("---\ntitle: a: b\n---\n\n## Timeline\n")
    result = run(*RIGHT)

    assert result.exit_code == 0
    assert "postmortem-template.md:2: the front matter is not valid YAML" in result.stderr
    assert {one.rule for one in read("postmortems/2026/01-x/postmortem.md").problems} == {"leftover-template-text"}


def test_a_place_that_cannot_be_written_is_one_line(project: Path) -> None:
    (project / "docs/postmortems").write_text("a file")
    result = run(*RIGHT)

    assert result.exit_code == 1
    assert result.stderr == "postmortems: docs/postmortems/2026: cannot write: Not a directory\n"


def test_a_read_only_folder_is_one_line(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Not by its permissions: the superuser, whom containers run as, writes anyway.
    def refused(path: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "mkdir", refused)
    result = run(*RIGHT)

    assert result.exit_code == 1
    assert result.stderr == "postmortems: docs/postmortems/2026: cannot write: Permission denied\n"


def test_a_year_that_leads_out_of_the_docs_folder_is_refused(project: Path) -> None:
    (project / "elsewhere").mkdir()
    (project / "docs/postmortems").mkdir()
    (project / "docs/postmortems/2026").symlink_to(project / "elsewhere")
    result = run(*RIGHT)

    assert result.exit_code == 1
    assert "it is outside the docs folder" in result.stderr
    assert list((project / "elsewhere").iterdir()) == []


@pytest.mark.parametrize(
    "failure", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=["full", "Ctrl-C"]
)
def test_nothing_half_written_stays(project: Path, monkeypatch: pytest.MonkeyPatch, failure: BaseException) -> None:
    def fails(*_: object) -> None:
        raise failure

    monkeypatch.setattr(Path, "replace", fails)
    result = run(*RIGHT)

    assert result.exit_code == 1
    assert written(project) == []
    assert not (project / "docs/postmortems").exists()


@pytest.mark.parametrize(
    ("faster", "expected"), [("01-faster", "02-slower"), ("01-slower", "02-slower"), ("07-faster", "01-slower")]
)
def test_a_number_that_another_has_just_taken_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, faster: str, expected: str
) -> None:
    home = tmp_path / "postmortems/2026"
    rename = Path.rename

    def late(path: Path, target: Path) -> Path:
        if not (home / faster).exists():
            (home / faster).mkdir()
            (home / faster / "postmortem.md").touch()
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", late)
    write_new(tmp_path, home, "Slower", "text")

    assert {path.name for path in home.iterdir()} == {faster, expected}


TEN_FILES = """
import sys
from pathlib import Path
from postmortems.cli.new_file import write_new
for count in range(10):
    write_new(Path(sys.argv[1]), Path(sys.argv[1]) / "postmortems/2026", f"Same {count % 2}", f"{sys.argv[2]} {count}")
"""


def test_two_processes_at_once_get_numbers_of_their_own(tmp_path: Path) -> None:
    both = [subprocess.Popen([sys.executable, "-c", TEN_FILES, str(tmp_path), name]) for name in ("a", "b")]
    assert [process.wait() for process in both] == [0, 0]

    folders = sorted((tmp_path / "postmortems/2026").iterdir())
    assert len({int(folder.name.partition("-")[0]) for folder in folders}) == len(folders) == 20
    texts = {(folder / "postmortem.md").read_text("utf-8") for folder in folders}
    assert texts == {f"{name} {count}" for name in ("a", "b") for count in range(10)}


def test_what_is_not_said_is_asked_for_until_the_postmortem_is_whole(project: Path) -> None:
    """In a draft as a warning, in review as an error; `unknown` is an answer, and is not asked for."""
    assert run(*RIGHT, "--started", "2026-11-20T14:23Z", "--resolved", "unknown").exit_code == 0
    (path,) = project.glob("docs/postmortems/2026/*/postmortem.md")

    def asked_for() -> list[tuple[str, Level]]:
        found = run_pipeline(project / "docs", Settings()).diagnostics
        lines = path.read_text("utf-8").split("\n")
        return [
            (lines[one.place.line - 1].partition(":")[0], one.level)
            for one in found
            if one.rule == "leftover-template-text" and "to be found out" in one.message
        ]

    keys = ["detected_at", "mitigated_at", "root_cause"]
    assert asked_for() == [(key, Level.WARNING) for key in keys]
    path.write_text(path.read_text("utf-8").replace("status: draft", "status: in-review"), "utf-8")
    assert asked_for() == [(key, Level.ERROR) for key in keys]
    path.write_text(path.read_text("utf-8").replace("'[to be found out]'", "unknown"), "utf-8")
    assert asked_for() == []
