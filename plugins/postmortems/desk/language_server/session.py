"""One knowledge base of which documents are open: examined at each keystroke, and read again after each pause."""

from __future__ import annotations

import asyncio
import gc
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Protocol

from postmortems.check.masking import printable
from postmortems.desk.language_server.knowledge_base import TYPED_INTO, KnowledgeBase, Loaded, load
from postmortems.desk.language_server.memory import Memory
from postmortems.desk.language_server.positions import Text
from postmortems.model.diagnostic import Diagnostic, Level
from postmortems.model.place import Place
from postmortems.read.config_file import ProjectError
from postmortems.read.text import LARGEST

PAUSE = 0.3
"""Seconds without a keystroke after which everything is read again."""

_LINE = re.compile(r":(\d{1,9}):(\d{1,9}): ")


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """A document as an editor has it; `name` is what the editor calls it."""

    name: str
    version: int | None
    text: Text


class Client(Protocol):
    """The editor as a session speaks to it."""

    def publish(self, name: str, version: int | None, text: Text, found: Sequence[Diagnostic]) -> None:
        """Show the findings of a document, in place of those shown before."""

    def name_of(self, file: Path) -> str:
        """Name of a file as the editor calls it."""

    def say(self, line: str) -> None:
        """Show a line that the user should read."""

    def log(self, line: str) -> None:
        """Note a line for whoever looks for a fault."""

    def watch(self, loaded: Loaded) -> None:
        """Ask to be told when a file of a knowledge base changes."""


class Session:
    """A knowledge base by its configuration file. All methods are called on the loop's thread."""

    def __init__(self, config: Path, client: Client) -> None:
        self.config = config
        self.base: KnowledgeBase | None = None
        self._client = client
        self._open: dict[Path, OpenDocument] = {}
        self._memory = Memory()
        self._is_reading = self._is_wanted = False
        self._must_load = True
        self._timer: asyncio.TimerHandle | None = None
        self._refused: tuple[str, ...] = ()

    def put(self, file: Path, document: OpenDocument) -> None:
        """Take a document as it is now, and show what is found in it."""
        is_new = file not in self._open
        self._open[file] = document
        if self.base and (path := self.base.path_of(file)):
            self.base.texts[path] = document.text
            self._show(path, document)
        self.read(0 if is_new else PAUSE)

    def remove(self, file: Path) -> None:
        """Forget a document that was closed: from now on its file counts."""
        document = self._open.pop(file, None)
        if document is None:
            return
        self._client.publish(document.name, None, document.text, ())
        if self.base and (path := self.base.path_of(file)):
            self.base.texts.pop(path, None)
            for other, opened in self._open.items():
                if self.base.path_of(other) == path:  # through a link, under another name
                    self.base.texts[path] = opened.text
        self.read(PAUSE)

    def files_changed(self, files: Sequence[Path]) -> None:
        """Read again after files have changed on disk; those outside the docs folder may be settings."""
        if self.base is None or any(self.base.path_of(file) is None for file in files):
            self._must_load = True
        self.read(PAUSE)

    def path_of(self, file: Path) -> str | None:
        """The path of an open document below the docs folder, once that is known."""
        return self.base.path_of(file) if self.base and file in self._open else None

    def read(self, pause: float = 0) -> None:
        """Read everything again after a pause, in a thread beside the author."""
        self._is_wanted = True
        if self._timer:
            self._timer.cancel()
        if not self._is_reading:
            self._timer = asyncio.get_running_loop().call_later(pause, self._begin)

    def _begin(self) -> None:
        self._timer, self._is_reading, self._is_wanted = None, True, False
        must_load, self._must_load = self._must_load or self.base is None, False
        base = self.base.copy() if self.base else None
        texts = {file: document.text for file, document in self._open.items()}
        loop = asyncio.get_running_loop()

        def later(call: Callable[..., None], *values: object) -> None:
            with suppress(RuntimeError):  # the loop has ended, and nobody waits any more
                loop.call_soon_threadsafe(call, *values)

        def work() -> None:
            try:
                current = base
                if must_load or current is None:
                    current = KnowledgeBase(load(self.config), self._memory)
                    current.texts = {path: text for file, text in texts.items() if (path := current.path_of(file))}
                    later(self._loaded, current.loaded)
                found = current.read()
                gc.freeze()  # What was read stays, and looking for garbage in it would keep a keystroke waiting.
                later(self._done, current, found)
            except ProjectError as error:
                later(self._refuse, error.lines)
            except Exception as error:
                later(self._failed, f"{type(error).__name__}: {error}")

        Thread(target=work, daemon=True, name="reading").start()

    def _loaded(self, loaded: Loaded) -> None:
        """Go on with new settings; until everything is read again, what is found in one file is shown."""
        self.base = KnowledgeBase(loaded, self._memory)
        for file, document in self._open.items():
            if path := self.base.path_of(file):
                self.base.texts[path] = document.text
                self._show(path, document)
        if self._refused:
            self._refused = ()
            self._client.publish(self._client.name_of(self.config), None, Text(""), ())
        for note in loaded.notes:
            self._client.say(note)
        self._client.watch(loaded)

    def _done(self, read: KnowledgeBase, found: Mapping[str, tuple[Diagnostic, ...]]) -> None:
        self._is_reading = False
        if self.base and read.loaded is self.base.loaded:
            self.base.take(read)
            for file, document in self._open.items():
                path = self.base.path_of(file)
                if path and path in found and read.texts[path] is document.text:
                    self._client.publish(document.name, document.version, document.text, found[path])
                elif path:
                    self._show(path, document)
        self._again()

    def _refuse(self, lines: tuple[str, ...]) -> None:
        """Say why there is nothing to check: in the settings, and once in words."""
        self._is_reading, self.base = False, None
        for document in self._open.values():
            self._client.publish(document.name, None, document.text, ())
        if lines != self._refused:
            for line in lines:
                self._client.say(line)
        self._refused = lines
        found = tuple(self._in_settings(line) for line in lines)
        long = Text("\n" * max((diagnostic.place.line for diagnostic in found), default=1))
        self._client.publish(self._client.name_of(self.config), None, long, found)
        self._again()

    def _in_settings(self, line: str) -> Diagnostic:
        said = line.removeprefix(str(self.config))
        where = _LINE.match(said)
        place = Place.at(self.config.name, int(where[1]) if where else 1)
        message = said[where.end() :] if where else said.removeprefix(": ")
        return Diagnostic("", "settings", Level.ERROR, place, printable(message), "")

    def _failed(self, reason: str) -> None:
        """Go on after a fault of ours: what was found before stays."""
        self._is_reading = False
        self._client.log(f"cannot read the knowledge base: {reason}")
        self._again()

    def _again(self) -> None:
        if self._is_wanted:
            self.read(PAUSE)

    def _show(self, path: str, document: OpenDocument) -> None:
        """Show what is found in a document now; a long one has to wait until everything is read again, save where it is
        too long to be read at all."""
        if self.base and not TYPED_INTO < len(document.text.data) <= LARGEST:
            self._client.publish(document.name, document.version, document.text, self.base.findings(path))
