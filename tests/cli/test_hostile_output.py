"""What authors write is never a command in what commands and the build print, and never a secret whole."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from tests.check.made_secrets import made_secret

Run = Callable[..., subprocess.CompletedProcess[str]]
Write = Callable[[Mapping[str, str | bytes]], Path]

EVIL = "x\\n::error title=pwned::y ##[error]z ##vso[task.complete]q\\e]0;t\\a"
"""As YAML and JSON write it between double quotes."""
SECRET = "".join(made_secret("a GitHub token", 7))
OBEYED = re.compile(
    r"(?m)^\s*::(?!(?:error|warning|notice) (?:file|title)=|group::|endgroup::)[a-z-]+.*::|##[a-z]*\[|[\x1b\x07]", re.I
)


@pytest.fixture
def folder(write: Write, sound: dict[str, str]) -> Path:
    text = sound["postmortem"].replace("connection pool exhaustion", f'"{EVIL}"')
    text = text.replace("title: Checkout times out", f'title: "{EVIL}"').replace("owner: Payments", f'owner: "{EVIL}"')
    text = text.replace(
        "A pool is a queue.", "[gone](artifacts/##[error]x.png) [page](##vso[a].md) ::error::x\n\n  ::error::y"
    )
    return write(
        {
            sound["path"]: text,
            "docs/postmortems/2026/02-##[error]x\n::error::y\x1b]0;t\x07/postmortem.md": text.replace(
                "SEV2", "##[error]"
            ),
            "docs/notes.md": "[x](##[add-mask]word.md)\n",
        }
    )


@pytest.mark.parametrize(
    "command",
    [
        *(f"check --format {form}" for form in ("text", "json", "github", "gitlab", "sarif", "junit", "markdown", "rdjson")),
        *("check --fix --diff", "fmt --diff", "list", "list --format json", "list --format csv", "actions", "metrics"),
        *("show 2026/01-checkout", "show 2026/01-checkout --format json", "show nothing::error::x", "check ##[error]x"),
    ],
)  # fmt: skip
def test_no_command_prints_a_command(folder: Path, run_in: Run, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.setenv("CI", "true")
    done = run_in(folder, "postmortems", *command.split())
    assert not OBEYED.findall(done.stdout + done.stderr)
    assert "Traceback" not in done.stderr


def test_no_build_logs_a_command(folder: Path, run_in: Run) -> None:
    for line in ("levels: {}", "levels: {PM007: off, PM701: off, PM009: off, PM405: off, PM205: off}"):
        (folder / "mkdocs.yml").write_text(
            f"site_name: x\ntheme: {{name: material, font: false}}\nplugins: [{{postmortems: {{{line}}}}}]\n", "utf-8"
        )
        done = run_in(folder, "mkdocs", "build")
        assert not OBEYED.findall(done.stdout + done.stderr)


def test_entries_of_a_baseline_that_are_gone_are_harmless_and_masked(write: Write, run_in: Run) -> None:
    entry = {
        "path": "a\n::error::x",
        "rule": "##[error]",
        "message": f"x\n::error title=y::z {SECRET}",
        "fingerprint": "0" * 32,
    }
    folder = write({})
    run_in(folder, "postmortems", "check", "--baseline", "k.json", "--write-baseline")
    baseline = json.loads((folder / "k.json").read_text("utf-8"))
    (folder / "k.json").write_text(json.dumps(baseline | {"findings": [entry]}), "utf-8")
    done = run_in(folder, "postmortems", "check", "--baseline", "k.json")
    assert "k.json: fixed: a\\n" in done.stderr
    assert not OBEYED.findall(done.stderr)
    assert SECRET not in done.stderr
    assert f"{SECRET[:4]}… (40 characters)" in done.stderr


@pytest.mark.parametrize("program", [("postmortems", "check"), ("postmortems", "list"), ("mkdocs", "build")])
@pytest.mark.parametrize(
    ("services", "setting"),
    [
        (f"- {SECRET}\n- {SECRET}\n", "services: services.yml"),
        (f"{SECRET}: [", "services: services.yml"),
        ("- a\n", f"services: '{SECRET}'"),
        ("- a\n", f"time_zone: UTC, '{SECRET}': 1"),
        ("- a\n", f"levels: {{'{SECRET}': off}}"),
        ("- a\n", f"baseline: '{SECRET}.json'"),
    ],
)
def test_what_is_wrong_with_settings_shows_no_secret(
    write: Write, run_in: Run, program: tuple[str, str], services: str, setting: str
) -> None:
    config = f"site_name: x\ntheme: {{name: material}}\nplugins: [{{postmortems: {{{setting}}}}}]\n"
    done = run_in(write({"mkdocs.yml": config, "services.yml": services}), *program)
    assert done.returncode or program[1] == "list"
    assert SECRET not in done.stdout + done.stderr


def test_a_link_whose_path_was_made_simple_shows_no_secret(write: Write, run_in: Run, sound: dict[str, str]) -> None:
    hook = made_secret("a Slack webhook", 3)[1]
    text = sound["postmortem"].replace("A pool is a queue.", f"[x](artifacts/{hook}) [y](../../../x/{hook})")
    done = run_in(write({sound["path"]: text}), "postmortems", "check")
    assert done.returncode == 1
    assert hook.rpartition("/")[2] not in done.stdout


def test_a_diff_in_a_ci_log_is_no_command_and_elsewhere_applies(
    write: Write, run_in: Run, sound: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = sound["postmortem"].replace(
        "started_at: 2026-03-02T14:20:00Z", "x-a: >\n  ::error::x\nstarted_at: 2026-03-02 14:20Z"
    )
    folder = write({sound["path"]: text})
    monkeypatch.delenv("CI", raising=False)
    assert "\n   ::error::x\n" in run_in(folder, "postmortems", "fmt", "--diff").stdout
    monkeypatch.setenv("CI", "true")
    done = run_in(folder, "postmortems", "fmt", "--diff")
    assert "\\x3a:error::x" in done.stdout
    assert "the diff masks 1 line, so it cannot be applied" in done.stderr
