"""The editor and CI never disagree: what is shown in each file is what `postmortems check` reports of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.altered import with_keys
from tests.commands import run
from tests.conftest import BODY, FRONT_MATTER, MKDOCS_YML, PATTERN
from tests.desk.editor import Editor

ROOT = Path(__file__).parents[2]
Start = Callable[..., Editor]

SOUND = f"{FRONT_MATTER}{BODY}"
TOKEN = "ghp_" + "aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dE3fG5"  # made up

ODD = {
    "01-crlf": SOUND.replace("SEV2", "SEV9").replace("\n", "\r\n"),
    "02-mark": "\ufeff" + SOUND.replace("severity: SEV2", "sevrity: SEV2"),
    "03-astral": SOUND.replace(
        "## Timeline",
        "🔥🔥 the 𝒄heckout engineer forgot the lock 🧯, see [x](artifacts/no.png). TODO\n\n## Timeline",
        1,
    ),
    "04-waived": SOUND.replace(
        "patterns: [database-issues]", "# postmortems: allow unknown-pattern: being written\npatterns: [dns]"
    ).replace("## Timeline", "<!-- postmortems: allow repeated-section: none -->\n\n## Timeline", 1),
    "05-repeat": with_keys(SOUND, "repeat_of: 2020/01-no-such\n"),
    "06-like": SOUND,
    "06-one-number": SOUND.replace(
        "## Timeline", "The team should have asked.\n\n<script>x</script>\n\n## Timeline", 1
    ),
    "07-secret": SOUND.replace("## Timeline", f"The key {TOKEN} was in the engineer's log.\n\n## Timeline", 1),
    "08-yaml": SOUND.replace("title: ", "title: a: "),
    "09-draft": SOUND.replace("status: published", "status: draft").split("## Timeline")[0],
    "10-empty": "",
    "11-old-mac": SOUND.replace("SEV2", "SEV7").replace("\n", "\r"),
    "12-separators": SOUND.replace("## Timeline", "a\u2028b\x0cc\u0085 TODO ???\n\n## Timeline", 1),
}
FILES = {
    "services.yml": "services: [checkout, api]\n",
    "mkdocs.yml": MKDOCS_YML.replace("  - postmortems", "  - postmortems: {services: services.yml}"),
    "docs/patterns/database-issues.md": PATTERN,
    "docs/patterns/never-seen.md": PATTERN.replace("Database issues", "Never seen").replace("## What helps", "## Whatever"),
    "docs/postmortems/register.yml": "- {id: INC-1, severity: SEV2, postmortem: 2026/77-none}\n- {id: INC-2, severity: SEV8}\n",
    "docs/postmortems/2026/20-json/postmortem.md": with_keys(SOUND, "owner: Search\n"),
    "docs/postmortems/2026/20-json/timeline.json": '[{"at": "2026-03-02T25:20:00Z", "event": "🔥 [a](no.txt)"}, {"at": 7}]\n',
    "docs/postmortems/2026/20-json/artifacts/notes.md": f"Nobody links to this. {TOKEN}\n",
    "docs/postmortems/flat.md": with_keys(SOUND, "services: [chekout]\n"),
    "docs/index.md": '# Home\n\n<img src="https://example.com/x.png">\n',
    **{
        f"docs/postmortems/2026/{name}/postmortem.md": text.replace("owner: Payments", "owner: Payments" if name[:2] in ("05", "06") else f"owner: Team {name}")
        for name, text in ODD.items()
    },
}  # fmt: skip


def write(folder: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text.encode())
    return folder


def characters(line: str, units: int, encoding: str) -> int:
    """A column that an editor counts in the units of an encoding, in characters."""
    length = {"utf-8": 1, "utf-16": 2, "utf-32": 4}[encoding]
    whole = line.encode("utf-8" if encoding == "utf-8" else f"{encoding}-le")
    return len(whole[: units * length].decode("utf-8" if encoding == "utf-8" else f"{encoding}-le"))


def as_checked(found: list[dict[str, Any]], text: str, encoding: str) -> Iterator[tuple[object, ...]]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for shown in found:
        ends = [shown["range"][end] for end in ("start", "end")]
        place = [
            number for end in ends
            for number in (end["line"] + 1, characters(lines[end["line"]], end["character"], encoding) + 1)
        ]  # fmt: skip
        level = {1: "error", 2: "warning", 3: "info"}[shown["severity"]]
        yield (*place, level, *shown["code"].split(" "), shown["message"])


def reported(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """What the check reports, by file."""
    baseline = ["--baseline", "known.json"] if (folder / "known.json").exists() else []
    report = json.loads(run(folder, "postmortems", "check", "--format", "json", *baseline).stdout)
    found: dict[str, list[tuple[object, ...]]] = {}
    for each in report["diagnostics"]:
        place = (each["line"], each["column"], each["end_line"], each["end_column"])
        words = "\n".join(filter(None, (each["message"], each["help"])))
        found.setdefault(each["path"], []).append((*place, each["level"], each["code"], each["rule"], words))
    return found


def compare(start: Start, folder: Path, encoding: str) -> set[str]:
    """Open every file there is, and compare what is shown with what the check reports; return the rules."""
    expected = reported(folder)
    editor = start(folder, encodings=[encoding])
    assert editor.encoding == encoding
    files = sorted(path.relative_to(folder).as_posix() for path in (folder / "docs").rglob("*.*") if path.is_file())
    texts = {path: editor.open(path) for path in files if path.endswith((".md", ".json", ".yml"))}

    def shown(path: str) -> list[tuple[object, ...]]:
        return sorted(as_checked(editor.latest.get(editor.uri(path), []), texts[path], encoding), key=repr)

    wanted = {path: sorted(expected.get(path, []), key=repr) for path in texts}
    editor.wait(lambda: all(editor.uri(path) in editor.latest and shown(path) == wanted[path] for path in texts))
    assert {path: shown(path) for path in texts} == wanted
    assert editor.ended() == (0, "")
    return {str(each[6]) for found in wanted.values() for each in found}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_an_odd_knowledge_base(start: Start, encoding: str, tmp_path: Path) -> None:
    write(tmp_path, FILES)
    rules = compare(start, tmp_path, encoding)
    assert rules >= {
        "active-html", "blaming-language", "broken-artifact-link", "counterfactual", "dangling-repeat", "duplicate-number",
        "invalid-timeline-json", "invalid-value", "invalid-yaml", "missing-front-matter", "missing-section", "secret-in-text",
        "undeclared-repeat", "unfinished-text", "unknown-field", "unknown-service", "unused-artifact",
        "unused-waiver",
    }  # fmt: skip


def test_known_findings_are_not_shown(start: Start, tmp_path: Path) -> None:
    write(tmp_path, FILES)
    run(tmp_path, "postmortems", "check", "--baseline", "known.json", "--write-baseline")
    write(tmp_path, {"mkdocs.yml": FILES["mkdocs.yml"].replace("{services", "{baseline: known.json, services")})
    path = tmp_path / "docs/postmortems/2026/12-separators/postmortem.md"
    path.write_text(path.read_text("utf-8").replace("severity: SEV2", "severity: SEV6"), "utf-8")
    assert "invalid-value" in compare(start, tmp_path, "utf-16")


def test_our_own_incidents(start: Start) -> None:
    compare(start, ROOT, "utf-16")
