"""The search's index of a preview: made behind the pages that its reader waits for, which until then have the last one.

Pagefind takes as long as all else after an edit, and hardly anybody searches in a preview. So it begins when there was
no other edit for a while, and ends at once at the next.
"""

from __future__ import annotations

import gc
import logging
import shutil
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread, current_thread, main_thread

from mkdocs.utils import write_file

from postmortems.publish import pagefind
from postmortems.publish.incremental.search_entries import PagefindIndex

log = logging.getLogger("mkdocs.plugins.postmortems")


_QUIET = 1.0
"""Seconds after a build in which its reader gets the page, and an author may save once more."""

Checked = Callable[[Iterable[str]], Iterator[str]]
"""A function that gives the documents one by one, and raises an error once nobody wants them any more."""


class _StoppedError(Exception):
    pass


class PreviewIndex:
    """The index of one preview, through all of its builds; each begins `quiet` seconds after its build."""

    def __init__(self, quiet: float = _QUIET) -> None:
        self._quiet = quiet
        self._folder: TemporaryDirectory[str] | None = None
        self._last: tuple[bytes, Path, Mapping[str, str]] | None = None
        self._count = 0
        self._thread: Thread | None = None
        self._stopped = Event()
        self._index: PagefindIndex | None = None

    def make(
        self,
        made: Callable[[Checked], PagefindIndex],
        files_of: Callable[[Mapping[str, str]], Mapping[str, str]],
        site: Path,
    ) -> None:
        """Write the last index into a site that has none at once, and that of this build when it is there, with the
        files about its documents that `files_of` gives."""
        self.stop()
        _end_as_on_ctrl_c()
        self._stopped.clear()
        self._thread = Thread(target=self._work, args=(made, files_of, site), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End what is being made for a build that another one follows, and wait until nothing is written any more."""
        self._stopped.set()
        if self._index is not None:
            self._index.stop()
        if self._thread is not None:
            self._thread.join()
        self._thread = self._index = None

    def close(self) -> None:
        """End the preview."""
        self.stop()
        if self._folder is not None:
            self._folder.cleanup()
        self._folder = self._last = None

    def _work(
        self,
        made: Callable[[Checked], PagefindIndex],
        files_of: Callable[[Mapping[str, str]], Mapping[str, str]],
        site: Path,
    ) -> None:
        try:
            if not (site / pagefind.FOLDER).exists():
                self._write(site)
            if self._stopped.wait(self._quiet):
                return
            index = made(self._checked)
            if self._last is not None and self._last[0] == index.key:
                return
            index.begin(folder := self._next_folder())
            self._index = index
            if self._stopped.is_set():
                index.stop()
            names = index.names()
            if names and not self._stopped.is_set():
                if self._last is not None:
                    shutil.rmtree(self._last[1], ignore_errors=True)
                self._last = index.key, folder, files_of(names)
                self._write(site)
        except Exception as error:  # A thread has nobody to raise it to.
            if not self._stopped.is_set():
                log.warning("postmortems: the search has no index: %s: %s", type(error).__name__, error)
        if not self._stopped.is_set():
            gc.collect()  # The build before this one, while nobody waits.

    def _checked(self, documents: Iterable[str]) -> Iterator[str]:
        for document in documents:
            if self._stopped.is_set():
                raise _StoppedError
            yield document

    def _next_folder(self) -> Path:
        if self._folder is None:
            self._folder = TemporaryDirectory(prefix="postmortems-index-")
        self._count += 1
        return Path(self._folder.name, str(self._count))

    def _write(self, site: Path) -> None:
        if self._last is None:
            return
        _, folder, files = self._last
        target = site / pagefind.FOLDER
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(folder, target)
        for name, text in files.items():
            write_file(text.encode(), str(site / name))


def _end_as_on_ctrl_c() -> None:
    """Let SIGTERM end a preview as Ctrl-C does: else its folder would stay, and the temporary site of MkDocs."""
    if current_thread() is main_thread() and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, signal.default_int_handler)
