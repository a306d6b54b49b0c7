"""Two copies of one knowledge base: one is built by increments, the other whole each time, and both are compared."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from tests.commands import run

Change = Mapping[str, str | bytes | None] | Callable[[Path], None]
"""Files by their place, None for one that goes; or what does something to a folder."""
Step = tuple[str, Change]

MKDOCS_YML = """\
site_name: Knowledge base
theme:
  name: material
  font: false
plugins:
  - search
  - postmortems: {incremental: INCREMENTAL, search: material, levels: {undeclared-repeat: off}OPTIONS}
markdown_extensions: [attr_list, tables, admonition, footnotes]
validation:
  links: {not_found: warn, anchors: warn, unrecognized_links: warn}
"""

_SAID = re.compile(r"INFO +-  (?:Documentation built in|postmortems: .* is made again in each build)")


class Twins:
    """The copies. What is the same for both is written as for the one that is built by increments."""

    def __init__(self, folder: Path, files: Mapping[str, str | bytes], *, options: str = "") -> None:
        self.kept, self.whole = folder / "kept", folder / "whole"
        self.options = options
        self.said = ""
        self.change({"mkdocs.yml": MKDOCS_YML, **files})

    def change(self, change: Change, *one: Path) -> None:
        """Change both of them, or one."""
        for folder in one or (self.kept, self.whole):
            folder.mkdir(exist_ok=True, parents=True)
            if callable(change):
                change(folder)
                continue
            for name, content in change.items():
                path = folder / name
                if content is None:
                    shutil.rmtree(path) if path.is_dir() else path.unlink()
                    continue
                path.parent.mkdir(parents=True, exist_ok=True)
                if name == "mkdocs.yml":
                    is_kept = folder == self.kept
                    content = str(content).replace("INCREMENTAL", str(is_kept).lower()).replace("OPTIONS", self.options)
                path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def build(self, *options: str, code: int | None = 0, **environment: str) -> list[str]:
        """Build both; gives the differences, in what they say and from this exit code, too. None is any that both have."""
        kept = run(self.kept, "mkdocs", "build", *options, **environment)
        whole = run(self.whole, "mkdocs", "build", *options, **environment)
        self.said = kept.stderr
        said = [
            sorted(line for line in found.stderr.replace(str(folder), "").splitlines() if not _SAID.match(line))
            for found, folder in ((kept, self.kept), (whole, self.whole))
        ]
        differences = sorted({*said[0]} ^ {*said[1]}) or ([] if said[0] == said[1] else ["said more often"])
        if {kept.returncode, whole.returncode} != {whole.returncode if code is None else code}:
            differences.append(f"exit {kept.returncode}, {whole.returncode}: {whole.stderr[-400:]}")
        return differences + different_files(self.kept / "site", self.whole / "site")


def different_files(kept: Path, whole: Path) -> list[str]:
    """The files that two sites do not share, byte for byte."""
    found = [{path.relative_to(site).as_posix(): _digest(path) for path in site.rglob("*")} for site in (kept, whole)]
    return sorted(name for name in {*found[0], *found[1]} if found[0].get(name) != found[1].get(name))


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"


def steps(found: Twins, several: Sequence[Step]) -> list[str]:
    """Take the steps one after another, and give those after which the sites differ."""
    wrong = []
    for name, change in several:
        found.change(change)
        if differences := found.build():
            wrong.append(f"{name}: {differences[:4]}")
    return wrong
