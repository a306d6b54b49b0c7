"""`postmortems check` and `explain` as a user runs them: output, exit codes, and never a traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
Write = Callable[[dict[str, str | bytes]], Path]

NO_SUCH_RULE = "plugins: {postmortems: {levels: {mising-section: off}}}"


def test_nothing_to_report(write: Write, run_in: Run) -> None:
    done = run_in(write({}), "postmortems", "check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "2 files, nothing to report\n", "")


def test_the_text_shows_the_line_and_a_caret(write: Write, run_in: Run, sound: dict[str, str]) -> None:
    folder = write({sound["path"]: sound["postmortem"].replace("severity:", "severty:")})
    done = run_in(folder, "postmortems", "check")
    assert done.returncode == 1
    assert done.stdout == (
        "docs/postmortems/2026/01-checkout/postmortem.md:1:1 PM005 missing-field [error]\n"
        '  the front matter has no "severity"\n'
        "    1 | ---\n"
        "      | ^\n"
        "  help: add severity: one of SEV1, SEV2, SEV3, SEV4\n"
        "\n"
        "docs/postmortems/2026/01-checkout/postmortem.md:4:1 PM006 unknown-field [error]\n"
        '  "severty" is not a valid key in the front matter\n'
        "    4 | severty: SEV2\n"
        "      | ^^^^^^^\n"
        '  help: did you mean "severity"?\n'
        "\n"
        "2 errors in 2 files; `--fix` would fix 1\n"
    )


def test_json_carries_the_report_and_nothing_else(write: Write, run_in: Run, sound: dict[str, str]) -> None:
    folder = write({sound["path"]: sound["postmortem"].replace("## Timeline\n", "## Time\n")})
    done = run_in(folder, "postmortems", "check", "--format", "json")
    report = json.loads(done.stdout)
    assert done.returncode == 1
    assert (report["version"], report["files"], report["counts"]) == (1, 2, {"error": 1, "warning": 0, "info": 0})
    only = report["diagnostics"][0]
    assert (only["code"], only["rule"], only["level"], only["path"]) == (
        "PM101",
        "missing-section",
        "error",
        "docs/postmortems/2026/01-checkout/postmortem.md",
    )
    assert set(only) == {"code", "rule", "level", "path", "line", "column", "end_line", "end_column", "message", "help"}


@pytest.mark.parametrize(
    ("paths", "code"),
    [
        pytest.param(["docs/postmortems/2026/01-checkout/postmortem.md"], 1, id="the file"),
        pytest.param(["docs/postmortems/2026"], 1, id="a folder above it"),
        pytest.param(["."], 1, id="everything"),
        pytest.param(["docs/patterns"], 0, id="another folder"),
        pytest.param(["mkdocs.yml"], 2, id="a file that is no part of the knowledge base"),
        pytest.param(["docs/nowhere.md"], 2, id="a file that does not exist"),
    ],
)
def test_paths_narrow_the_report(paths: list[str], code: int, write: Write, run_in: Run, sound: dict[str, str]) -> None:
    folder = write({sound["path"]: sound["postmortem"].replace("[database-issues]", "[other]")})
    assert run_in(folder, "postmortems", "check", *paths).returncode == code


def test_reading_is_never_narrowed(write: Write, run_in: Run, sound: dict[str, str]) -> None:
    again = sound["postmortem"].replace("root_cause:", "repeat_of: 2026/01-checkout\nroot_cause:")
    later = again.replace("2026-03-02", "2026-04-02").replace("-03-", "-04-")
    folder = write({"docs/postmortems/2026/02-again/postmortem.md": later})
    assert run_in(folder, "postmortems", "check", "docs/postmortems/2026/02-again").returncode == 0


@pytest.mark.parametrize(
    ("files", "arguments", "message"),
    [
        pytest.param({}, ["--config", "no.yml"], "postmortems: no.yml: no such file", id="no such file"),
        pytest.param({"mkdocs.yml": "plugins: [search]"}, [], 'the plugin "postmortems" is not in its plugins list', id="not on"),
        pytest.param({"mkdocs.yml": NO_SUCH_RULE}, [], 'did you mean "missing-section"?', id="no such rule"),
        pytest.param({"mkdocs.yml": "a: [b"}, [], "mkdocs.yml:1:6: is not valid YAML", id="broken settings"),
        pytest.param({}, ["--today", "soon"], '"soon" is not a date of the form 2026-11-20', id="no date"),
        pytest.param({}, ["--formt", "json"], "--format", id="misspelt option"),
    ],
)  # fmt: skip
def test_wrong_usage_is_one_line_and_exit_code_2(
    files: dict[str, str | bytes], arguments: list[str], message: str, write: Write, run_in: Run
) -> None:
    done = run_in(write(files), "postmortems", "check", *arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_no_mkdocs_yml(tmp_path: Path, run_in: Run) -> None:
    done = run_in(tmp_path, "postmortems", "check")
    assert done.returncode == 2
    assert done.stderr.startswith("postmortems: no mkdocs.yml in ")


WITH_SERVICES = "plugins: {postmortems: {services: services.yml}}"


def test_a_service_outside_the_catalogue_fails_the_run(write: Write, run_in: Run) -> None:
    folder = write({"mkdocs.yml": WITH_SERVICES, "services.yml": "- checkout-page\n- search\n"})
    done = run_in(folder, "postmortems", "check")
    assert done.returncode == 1
    assert 'PM011 unknown-service [error]\n  "checkout" is not in the service catalogue\n' in done.stdout
    assert 'help: did you mean "checkout-page"?' in done.stdout


@pytest.mark.parametrize(
    ("files", "line"),
    [
        ({}, 'mkdocs.yml: plugins.postmortems.services: "services.yml" cannot be opened: No such file or directory'),
        (
            {"services.yml": "- search\n- [checkout\n"},
            "mkdocs.yml: plugins.postmortems.services: services.yml:2:3: the catalogue is not valid YAML:"
            " did not find expected ',' or ']', at \"- [checkout\"",
        ),
    ],
    ids=["missing", "broken"],
)
def test_a_catalogue_that_cannot_be_used_is_one_line_and_exit_code_2(
    files: dict[str, str | bytes], line: str, write: Write, run_in: Run
) -> None:
    folder = write({"mkdocs.yml": WITH_SERVICES} | files)
    done = run_in(folder, "postmortems", "check")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"postmortems: {folder / line}\n")


def test_no_line_of_a_picture_is_shown(write: Write, run_in: Run) -> None:
    folder = write({"docs/postmortems/2026/01-checkout/artifacts/pool.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"})
    done = run_in(folder, "postmortems", "check")
    assert done.stdout == (
        "docs/postmortems/2026/01-checkout/artifacts/pool.png:1:1 PM702 unused-artifact [info]\n"
        '  nothing links to "artifacts/pool.png"\n'
        "  help: show or link it in the postmortem, or remove it\n"
        "\n"
        "1 info in 2 files\n"
    )


def test_today_decides_what_lies_in_the_future(write: Write, run_in: Run, sound: dict[str, str]) -> None:
    folder = write({sound["path"]: sound["postmortem"].replace("2026-03-", "2031-03-")})
    refused = run_in(folder, "postmortems", "check")
    assert refused.returncode == 1
    assert "PM209" in refused.stdout
    assert run_in(folder, "postmortems", "check", "--today", "2031-03-20").returncode == 0


def test_explain_prints_a_page(tmp_path: Path, run_in: Run) -> None:
    by_name = run_in(tmp_path, "postmortems", "explain", "missing-section")
    assert by_name.returncode == 0
    assert by_name.stdout.startswith("# PM101 missing-section")
    assert run_in(tmp_path, "postmortems", "explain", "pm101").stdout == by_name.stdout


def test_explain_of_no_rule_asks_what_was_meant(tmp_path: Path, run_in: Run) -> None:
    done = run_in(tmp_path, "postmortems", "explain", "mising-section")
    assert done.returncode == 2
    assert 'did you mean "missing-section"?' in done.stderr


def test_explain_prints_a_setting_with_its_default(tmp_path: Path, run_in: Run) -> None:
    done = run_in(tmp_path, "postmortems", "explain", "repeat_window")
    assert done.returncode == 0
    assert done.stdout == (
        "# repeat_window\n\nLongest time between two similar incidents to suspect a repeat.\n\n"
        "Default:\n\n```yaml\nrepeat_window: 180d\n```\n"
    )
    assert run_in(tmp_path, "postmortems", "explain", "levels.missing-section").stdout.startswith("# levels\n")
    assert 'did you mean "repeat_window"?' in run_in(tmp_path, "postmortems", "explain", "repeat-window").stderr
    listed = run_in(tmp_path, "postmortems", "explain").stdout
    assert "\nPM101  missing-section" in listed
    assert "\n  repeat_window\n" in listed


def test_help_has_examples(tmp_path: Path, run_in: Run) -> None:
    for command in ([], ["check"], ["explain"], ["new"]):
        done = run_in(tmp_path, "postmortems", *command, "--help")
        assert done.returncode == 0
        assert "Examples:" in done.stdout


REGISTER = "docs/postmortems/register.yml"


def test_findings_in_the_register_name_it_and_a_path_narrows_the_report_to_it(
    write: Write, run_in: Run, sound: dict[str, str]
) -> None:
    broken = sound["postmortem"].replace("severity:", "severty:")
    folder = write({REGISTER: "- id: INC-1\n  severity: SEV-1\n  resolved_at: unknown\n", sound["path"]: broken})
    done = run_in(folder, "postmortems", "check", REGISTER)
    assert done.returncode == 1
    assert done.stdout == (
        f"{REGISTER}:2:13 PM007 invalid-value [error]\n"
        '  "severity" is "SEV-1", which is not on the scale\n'
        "    2 |   severity: SEV-1\n"
        "      |             ^^^^^\n"
        '  help: did you mean "SEV1"? the scale is SEV1, SEV2, SEV3, SEV4\n'
        "\n"
        "1 error in 2 files\n"
    )


def test_an_overdue_postmortem_is_told_and_fails_no_run(write: Write, run_in: Run, sound: dict[str, str]) -> None:
    folder = write({sound["path"]: sound["postmortem"].replace("status: published", "status: in-review")})
    done = run_in(folder, "postmortems", "check", "--strict", "--today", "2026-03-26")
    assert done.returncode == 0
    assert "PM901 overdue-postmortem [warning]" in done.stdout
    assert 'still "in-review"; it was due on 2026-03-16, 10 days ago' in done.stdout
    assert "PM901" not in run_in(folder, "postmortems", "check", "--today", "2026-03-16").stdout


LOADED = """
import sys
from postmortems.cli.main import main
main(["check"], standalone_mode=False)
print([name for name in ("detect_secrets", "phonenumbers", "requests") if name in sys.modules])
"""


@pytest.mark.parametrize(
    ("line", "loaded"),
    [
        pytest.param(
            "Reverted in 0c1e64fd6ba3d0b2f4a8e5f1a7c9d3b5e7f90123 by support@acme.io.", [], id="no sign of any"
        ),
        pytest.param("The number to call is +49 30 901820.", ["phonenumbers"], id="a telephone number"),
        pytest.param("-----BEGIN RSA PRIVATE" + " KEY-----", ["detect_secrets", "requests"], id="a secret"),
    ],
)
def test_detectors_are_loaded_only_where_there_is_a_sign(
    line: str, loaded: list[str], write: Write, sound: dict[str, str]
) -> None:
    folder = write({sound["path"]: sound["postmortem"].replace("A pool is a queue.", line)})
    done = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=folder, capture_output=True, encoding="utf-8", check=False
    )
    assert done.stdout.splitlines()[-1] == str(loaded), done.stderr
