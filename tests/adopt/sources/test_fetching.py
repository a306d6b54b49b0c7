"""The guide's lines that fetch an export: each is sound for a shell, holds no key, and what it writes can be joined."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from postmortems.adopt.sources.registry import NAMES
from tests.code_blocks import Block, of_kind

PAGE = (Path(__file__).parents[3] / "docs/guide/importing.md").read_text("utf-8")
BLOCKS = of_kind("commands that fetch an export")


@pytest.mark.parametrize("name", [name for name in NAMES if name != "folder"])
def test_each_source_has_its_part_in_the_guide(name: str) -> None:
    headings = {re.sub(r"\W+", "-", heading.lower()) for heading in re.findall(r"^### (.+)$", PAGE, re.MULTILINE)}
    assert name in headings


@pytest.mark.parametrize("block", BLOCKS, ids=str)
def test_each_line_is_sound(block: Block) -> None:
    assert subprocess.run(["sh", "-n"], input=block.content, text=True, capture_output=True).stderr == ""
    for line in block.content.splitlines():
        words = shlex.split(line)
        written = words[-1]
        assert written.endswith(".json"), line
        if words[0] == "curl":
            # An answer that is an error must not become a file.
            assert words[1].startswith("-fsS"), line
            assert all(word.startswith("https://") for word in words if "://" in word), line
            assert not re.search(r"(?:Bearer|GenieKey|token=)(?! ?\$)", line), line


def test_there_are_lines() -> None:
    assert len(BLOCKS) == 11
