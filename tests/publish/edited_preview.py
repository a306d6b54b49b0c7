"""A preview that lives through edits, and what the site differs in from that of a new one after each.

`python -m tests.publish.edited_preview FOLDER` reads files and edits as JSON, for the environment of another plugin: a
mapping of files, and a list of edits, each a path with what is there and what comes in its place. It writes
what `edit` gives, a line each.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from tests.publish.random_changes import edited
from tests.publish.twins import Change, Twins, different_files

ADDRESS = "http://127.0.0.1:8000/"


class EditedPreview:
    """A `mkdocs serve` without its server: one that lives through all edits, beside one that is begun for each."""

    def __init__(self, twins: Twins) -> None:
        self.twins = twins
        self.whole_builds = 0
        self._instances: dict[str, Any] = {}
        config = self._config(twins.kept, self._instances)
        self._plugins = config.plugins
        self._plugins.on_startup(command="serve", dirty=False)
        server: Any = SimpleNamespace(watch=lambda path: None, builder=None)
        self._build(config)
        self._builder: Callable[[], None] = self._plugins.on_serve(server, config=config, builder=self._again).builder

    def edit(self, change: Change) -> tuple[bool, list[str]]:
        """Make a change. Gives whether the whole site was built, and the files that differ from those of another
        preview that begins with it."""
        self.twins.change(change)
        before = self.whole_builds
        os.chdir(self.twins.kept)
        self._builder()
        other = self._config(self.twins.whole, {})
        other.plugins.on_startup(command="serve", dirty=False)
        build(other, serve_url=ADDRESS)
        other.plugins.on_shutdown()
        differences = different_files(self.twins.kept / "site", self.twins.whole / "site")
        return self.whole_builds > before, differences

    def close(self) -> None:
        self._plugins.on_shutdown()

    def _config(self, folder: Path, instances: dict[str, Any]) -> Any:
        # Messages name paths as seen from here. MkDocs keeps instances of plugins for all configurations of a process.
        os.chdir(folder)
        setattr(MkDocsConfig.plugins, "plugin_cache", instances)  # noqa: B010 - of a subclass of what it is told to be
        config = load_config("mkdocs.yml")
        config.site_url = ADDRESS
        return config

    def _build(self, config: Any) -> None:
        self.whole_builds += 1
        build(config, serve_url=ADDRESS)

    def _again(self) -> None:
        self._build(self._config(self.twins.kept, self._instances))


if __name__ == "__main__":
    files, edits = json.load(sys.stdin)
    preview = EditedPreview(Twins(Path(sys.argv[1]), files))
    for path, old, new in edits:
        sys.stdout.write(json.dumps(preview.edit(edited(path, old, new))) + "\n")
    preview.close()
