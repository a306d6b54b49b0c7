"""Options of `mkdocs.yml` that decide whether a page can be made, and which files a text may take in."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import postmortems
from postmortems.read.zensical_config import zensical_config

_MATERIAL = "material"


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """The files of the theme, and the folders that the Markdown extension `snippets` takes texts from.

    `own` are the names of layouts and icons in the user's `custom_dir` and in this package, `theme` is the folder of
    those of the theme; empty where it is not known, and nothing can be said. `snippets` is None where the extension is
    off. `scripts` are the files that `mkdocs.yml` has every page load. `zensical` is the configuration by which
    Zensical would build the docs folder, relative to it; empty if there is none.
    """

    own: frozenset[str] = frozenset()
    theme: str = ""
    snippets: tuple[str, ...] | None = None
    scripts: frozenset[str] = frozenset()
    zensical: str = ""

    def lacks(self, name: str) -> bool:
        """True if the theme surely has no file of this name."""
        return bool(self.theme) and name not in self.own and not Path(self.theme, name).is_file()


UNKNOWN = SiteOptions()
"""Options of a run without an `mkdocs.yml`."""


def site_options(data: Mapping[str, Any], config: Path, docs: Path) -> SiteOptions:
    """Read the options of a configuration; `data` is its content, `config` the file."""
    theme = data.get("theme")
    options: Mapping[str, Any] = theme if isinstance(theme, Mapping) else {"name": theme}
    package = find_spec(_MATERIAL) if options.get("name") == _MATERIAL else None
    folders = [Path(next(iter(postmortems.__path__)), "publish", "theme")]
    if isinstance(custom := options.get("custom_dir"), str):
        folders.append(config.parent / custom)
    return SiteOptions(
        own=frozenset(name for folder in folders for name in _layouts(folder)),
        theme=str(Path(package.origin).parent / "templates") if package and package.origin else "",
        snippets=_snippet_folders(data.get("markdown_extensions"), config, docs),
        scripts=frozenset(_named(data.get("extra_javascript"))) | frozenset(_named(data.get("extra_css"))),
        zensical=zensical_config(config.parent, docs),
    )


def _layouts(folder: Path) -> list[str]:
    found: list[str] = []
    for place, _, names in os.walk(folder):
        within = os.path.relpath(place, folder).replace(os.sep, "/")
        found += [name if within == "." else f"{within}/{name}" for name in names if name.endswith((".html", ".svg"))]
    return found


def _named(entries: object) -> Iterator[str]:
    for entry in entries if isinstance(entries, list) else ():
        path = entry.get("path") if isinstance(entry, Mapping) else entry
        if isinstance(path, str):
            yield path.partition("?")[0].lstrip("/")


def _snippet_folders(extensions: object, config: Path, docs: Path) -> tuple[str, ...] | None:
    entries: list[tuple[object, object]] = []
    if isinstance(extensions, Mapping):
        entries = list(extensions.items())
    elif isinstance(extensions, list):
        for extension in extensions:
            entries.extend(extension.items() if isinstance(extension, Mapping) else [(extension, None)])
    for name, options in entries:
        if isinstance(name, str) and name.startswith("pymdownx.snippets"):
            base = options.get("base_path", ".") if isinstance(options, Mapping) else "."
            bases = [base] if isinstance(base, str) else base if isinstance(base, list) else ["."]
            return tuple(_folder(str(base), config, docs) for base in bases)
    return None


def _folder(base: str, config: Path, docs: Path) -> str:
    """A folder as MkDocs would resolve it, `!relative` included, which stands for a variable's value."""
    named = base.replace("$config_dir", str(config.parent)).replace("$docs_dir", str(docs))
    return os.path.normpath(config.parent / named)
