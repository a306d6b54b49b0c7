"""The code blocks of the README and the guide, and what each of them is.

Blocks show what is right. What a program prints, wrong input quoted in it included, stands in a block of `text`.
A block that is a file, whole or one to put beside others, bears its name as the title.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from mkdocs.config.defaults import MkDocsConfig

from postmortems.model.front_matter import KEYS
from postmortems.settings import Settings

ROOT = Path(__file__).parents[1]
_GENERATED = ROOT / "docs/guide/settings.md"
PAGES = (ROOT / "README.md", *sorted({*(ROOT / "docs/guide").glob("*.md")} - {_GENERATED}))
GUIDE = "\n".join(path.read_text("utf-8") for path in PAGES[1:])
_FENCE = re.compile(r'(?P<fence>```+|~~~+)(?P<language>\w*)(?: title="(?P<title>[^"]+)")?')
_HEADING = re.compile(r"#{1,6} (.+)")
_MKDOCS = {name for name, _ in MkDocsConfig._schema}
_FILES = {
    ".pre-commit-config.yaml": "configuration of pre-commit",
    "docs/postmortems/2026/09-disk/postmortem.md": "postmortem",
    "docs/postmortems/register.yml": "register",
    "services.yml": "catalogue of services",
    "timeline.json": "timeline.json",
}
_WRITTEN = {
    path.read_text("utf-8") for path in (ROOT / "plugins/postmortems/start/scaffold").rglob("*") if path.is_file()
}


@dataclass(frozen=True)
class Block:
    """One code block: its page, the line of its text, the heading it stands under, and what its fence says."""

    page: str
    line: int
    heading: str
    language: str
    title: str
    content: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"

    @property
    def kind(self) -> str:
        """What the block is; `unknown` where nothing here proves it."""
        if self.content in _WRITTEN:
            return "file that init writes"
        if self.title in _FILES:
            return _FILES[self.title]
        if self.title:
            return "file that commands of the page use"
        match self.language:
            case "yaml":
                keys = yaml.safe_load(self.content)
                return _kind_of_keys(set(keys)) if isinstance(keys, dict) else "unknown"
            case "json":
                return _kind_of_json(self.content)
            case "markdown":
                return "postmortem" if self.content.startswith("---\n") else "part of a postmortem"
            case "sh":
                return _kind_of_commands(self.content)
            case "text":
                return "output" if re.search(r"\bPM\d{3} |^postmortems: |^\S+: draft: ", self.content) else "drawing"
            case "python" | "js":
                return "program that reads the data files"
            case "lua" | "toml" | "lisp":
                return "settings of an editor"
            case "nginx" | "apache" | "caddy":
                return "configuration of a web server"
        return "unknown"


def _kind_of_keys(keys: Collection[str]) -> str:
    if "plugins" in keys:
        return "plugin's block"
    for kind, known in (("front matter", KEYS), ("settings", Settings.model_fields), ("keys of mkdocs.yml", _MKDOCS)):
        if set(keys) <= set(known):
            return kind
    return "unknown"


def _kind_of_json(content: str) -> str:
    if "…" in content:
        return "JSON with parts left out"
    shape = json.loads(content)
    if "mcpServers" in shape:
        return "settings of an assistant"
    return "report as JSON" if "diagnostics" in shape else "settings of an editor"


def _kind_of_commands(content: str) -> str:
    commands = {line.split()[0] for line in content.splitlines() if not line.startswith(" ")}
    if commands == {"jq"}:
        return "program that reads the data files"
    if commands <= {"curl", "gh", "glab"}:
        return "commands that fetch an export"
    if commands <= {"make", "pip"}:
        return "commands that need a network or never end"
    return "commands after an installation" if content.startswith("pip ") else "commands"


def blocks_of(text: str, page: str) -> list[Block]:
    """The code blocks of a page that begin at the margin. What stands in a longer fence is a part of that block."""
    found: list[Block] = []
    heading, fence, begin = "", None, 0
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines):
        if fence is None:
            if opening := _FENCE.fullmatch(line.strip()):
                assert line[0] in "`~", f"{page}:{number + 1}: a block that is indented is not found by all readers"
                fence, begin = opening, number + 1
            elif line.startswith(("```", "~~~")):
                raise ValueError(f"{page}:{number + 1}: {line.strip()} is a fence that is not understood")
            elif title := _HEADING.fullmatch(line.strip()):
                heading = title[1]
        elif line.strip() == fence["fence"]:
            content = "".join(lines[begin:number])
            found.append(Block(page, begin + 1, heading, fence["language"], fence["title"] or "", content))
            fence = None
    if fence is not None:
        raise ValueError(f"{page}:{begin}: a block without an end")
    return found


BLOCKS = [block for page in PAGES for block in blocks_of(page.read_text("utf-8"), page.name)]


def of_kind(*kinds: str) -> list[Block]:
    """The blocks of some kinds, in the order of the pages."""
    return [block for block in BLOCKS if block.kind in kinds]


def each(*kinds: str) -> pytest.MarkDecorator:
    """A run of a test for each block of some kinds."""
    blocks = of_kind(*kinds)
    assert blocks, kinds
    return pytest.mark.parametrize("block", blocks, ids=str)


def inline_code() -> list[tuple[str, str]]:
    """What stands in backquotes in the pages' prose, each with its page."""
    found = []
    for page in PAGES:
        prose = re.sub(r"^(```+).*?^\1$", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
        found += [(page.name, code) for code in re.findall(r"(?<!`)`([^`\n]+)`(?!`)", prose)]
    return found
