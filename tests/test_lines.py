"""All readers count lines as editors do: a sign that Unicode or YAML takes for a line end moves no finding."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from postmortems.pipeline import run_pipeline
from postmortems.read.config_file import ProjectError
from postmortems.read.settings_file import read_project
from postmortems.settings import Settings
from tests.check.made_secrets import made_secret
from tests.conftest import BODY, FRONT_MATTER, PATTERN

MARK = "§"
TOKEN = "".join(made_secret("a GitHub token", 3))

FRONT = FRONT_MATTER.replace(
    "root_cause:", f"x-a: {MARK}\n# {MARK}\nx-b: |\n  {MARK}\n  a\nx-c: 'a\n  {MARK}\n  b'\nseverty: 1\nroot_cause:"
).replace("published_on: 2026-03-09", "published_on: 2026-13-09")
EVERYWHERE = f"""
{MARK}

a{MARK}b

- a{MARK}b
- {MARK} The operator failed to look

> {MARK}

```
{MARK}
```

<!-- {MARK} -->

[x](artifacts/gone.png) {MARK} [y](artifacts/no.png)

The engineer should have checked. {MARK} Dan forgot to look.

| a | {MARK} |
|---|---|
| b | The careless engineer forgot a{MARK}b |
"""
WHOLE = FRONT + re.sub(r"(?m)^## (?:E|R|I|A|L).*\n", lambda found: found[0] + EVERYWHERE, BODY).replace(
    "| 14:45 |", "| 14:x5 |"
).replace("Alert on response", f"Alert {MARK} on response") + (
    f"\n<!-- postmortems: allow human-error: {MARK} -->\n\n[a]({MARK}.md) TODO\n\n"
    f"<script>{MARK}</script>\n<img src=http://x.example/y.png>\n\n{TOKEN}\n"
)  # fmt: skip
EVENTS = f"""[{{"at": "2026-03-02T14:20:00Z", "event": "a{MARK}b"}},
 {{"at": "{MARK}", "event": "x"}},
 {{"at": "2026-03-02T14:xx", "event": "{TOKEN}", "foo": 1}}]
"""
FILES = {
    "postmortems/2026/01-checkout/postmortem.md": WHOLE,
    "postmortems/2026/01-checkout/artifacts/a.log": f"a {MARK} b\n{TOKEN}\n{MARK}\n",
    "postmortems/2026/02-json/postmortem.md": WHOLE,
    "postmortems/2026/02-json/timeline.json": EVENTS,
    "postmortems/2026/03-broken/postmortem.md": WHOLE.replace("severity: SEV2", "severity: [a"),
    "postmortems/register.yml": f"# {MARK}\n- id: 'a{MARK}b'\n  severity: SEV2\n  titel: x\n- id: INC-2\n",
    "patterns/database-issues.md": PATTERN.replace("family:", "foo: 1\nfamily:").replace(
        "Sessions", f"{EVERYWHERE}\n\n<script>{MARK}</script>\n\nSessions"
    ),
    "notes.md": f"# {MARK}\n\n{MARK}\n\n<script>{MARK}</script>\n\n{TOKEN}\n",
}
WITH_CONTROLS = {
    path: re.sub(r"(?s)\A---\n.*?\n---\n", lambda front: front[0].replace(MARK, "x"), text)
    for path, text in FILES.items()
    if path.endswith((".md", ".log"))
}
"""The same without control characters in YAML and JSON, which refuse them."""


def findings(folder: Path, files: dict[str, str], change: Callable[[str], str]) -> set[tuple[str, str, int, int]]:
    for path, text in files.items():
        (folder / "docs" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "docs" / path).write_bytes(change(text).encode())
    run = run_pipeline(folder / "docs", Settings(), date(2026, 11, 20))
    return {(one.place.path, one.rule, one.place.line, one.place.end_line) for one in run.diagnostics}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize(
    ("sign", "files"),
    [
        *((sign, FILES) for sign in "\u2028\u2029\x85é🙂"),
        *((sign, WITH_CONTROLS) for sign in "\f\v\x1c\x1d\x1e\x1f\x7f"),
    ],
    ids=lambda value: ascii(value) if isinstance(value, str) else "",
)
def test_no_sign_within_a_line_moves_what_is_found(tmp_path: Path, sign: str, files: dict[str, str], end: str) -> None:
    expected = findings(tmp_path, files, lambda text: text.replace(MARK, "x"))
    assert len({rule for _, rule, _, _ in expected}) > 12
    assert findings(tmp_path, files, lambda text: text.replace(MARK, sign).replace("\n", end)) == expected


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("path", "bad", "line", "column"),
    [
        ("postmortems/2026/01-checkout/postmortem.md", "\0", 2, 3),
        ("postmortems/2026/01-checkout/postmortem.md", "\udcff", 2, 3),
        ("postmortems/2026/01-checkout/timeline.json", "\udcff", 2, 3),
        ("notes.md", "\0", 2, 3),
    ],
)  # fmt: skip
def test_what_is_no_text_has_its_place(tmp_path: Path, path: str, bad: str, line: int, column: int, end: str) -> None:
    files = {"postmortems/2026/01-checkout/postmortem.md": WHOLE, path: f"\ufeffé{end}ab{bad}{end}"}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(text.encode("utf-8", "surrogateescape"))
    run = run_pipeline(tmp_path, Settings(), date(2026, 11, 20))
    (found,) = [one for one in run.diagnostics if one.place.path == path]
    assert (found.place.line, found.place.column) == (line, column)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("sign", ["x", "\u2028", "\x85", "é"])
def test_settings_that_are_no_yaml_have_their_line(tmp_path: Path, sign: str, end: str) -> None:
    text = f"# {sign}\nsite_name: 'a{sign}b'\n\nplugins: [a\nx: {{\n"
    (tmp_path / "mkdocs.yml").write_bytes(text.replace("\n", end).encode())
    with pytest.raises(ProjectError, match=r"mkdocs.yml:5:2: is not valid YAML"):
        read_project(tmp_path / "mkdocs.yml")


def test_a_character_that_yaml_refuses_has_its_place(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("# é\nsite_name: é\x0b\n", "utf-8")
    with pytest.raises(ProjectError, match=r"mkdocs.yml:2:13: is not valid YAML: special characters are not allowed"):
        read_project(tmp_path / "mkdocs.yml")
