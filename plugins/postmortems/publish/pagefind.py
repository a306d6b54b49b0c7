"""Pagefind, the program that makes the index of the search page.

It reads one small HTML file a document, made for it alone, and writes an index in pieces: a browser loads those that
hold the words of a question. What of its bundle this site does not use is removed. It works beside the build, which
needs its answer last.
"""

from __future__ import annotations

import gzip
import json
import logging
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

log = logging.getLogger("mkdocs.plugins.postmortems")

FOLDER = "assets/postmortems/pagefind"
"""The index, below the site's root: in a folder that the policy lets scripts come from."""

_UNUSED = ("pagefind-*.js", "pagefind-*.css")
_FRAGMENT, _SIGNATURE = ".pf_fragment", b"pagefind_dcd"
_ANY_LANGUAGE = "wasm.unknown.pagefind"
"""The program for languages that Pagefind has no stems of; it is written beside that of a language, too."""

_SAID = ".said"
"""The file of what the program prints, beside the documents."""


@cache
def program() -> Path | None:
    """The program, or None where no binary is installed for this machine."""
    try:
        from pagefind_bin import get_executable
    except ImportError:
        return None
    try:
        return Path(get_executable())
    except FileNotFoundError:
        return None


class Indexing:
    """The program at work on documents, from when this is made until `names` are asked for, or it is stopped.

    It writes into the folder `target`, in the place of an older index.
    """

    def __init__(self, documents: Iterable[str], target: Path, language: str) -> None:
        self._target = target
        self._folder = TemporaryDirectory(prefix="postmortems-search-")
        self._work: subprocess.Popen[bytes] | None = None
        self._is_stopped = False
        shutil.rmtree(target, ignore_errors=True)
        if (found := program()) is None:
            return
        folder = Path(self._folder.name)
        for number, document in enumerate(documents):
            (folder / f"{number}.html").write_bytes(document.encode())
        with (folder / _SAID).open("wb") as said:
            self._work = subprocess.Popen(  # noqa: S603 - the program of a package, with folders of ours
                [found, "--site", folder, "--output-path", target, "--force-language", language, "--quiet"],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                cwd=folder,
                env={},
            )

    def names(self) -> Mapping[str, str]:
        """Wait for the index: gives the name of each document in it, by its fact `at`; nothing where there is none."""
        work = self._work
        code = work.wait() if work else None
        if work is None or self._is_stopped:
            return {}
        said = Path(self._folder.name, _SAID).read_text("utf-8", "replace")
        self.stop()
        if code:
            why = " ".join(said.split())[-300:]
            log.warning("postmortems: the search has no index: Pagefind ended with code %s: %s", code, why)
            return {}
        for file in [file for pattern in _UNUSED for file in self._target.glob(pattern)]:
            file.unlink()
        if len(list(self._target.glob("wasm.*"))) > 1:
            (self._target / _ANY_LANGUAGE).unlink()
        return dict(_names(self._target))

    def stop(self) -> None:
        """End the work where it is, and remove what it was given; from any thread."""
        self._is_stopped = True
        if self._work is not None:
            self._work.kill()
            self._work.wait()
        self._folder.cleanup()


def _names(target: Path) -> Iterator[tuple[str, str]]:
    """The fact `at` of each document, and its name: that of the file with its text, JSON behind a signature."""
    for file in sorted(target.glob(f"fragment/*{_FRAGMENT}")):  # a file system lists them in an order of its own
        text = gzip.decompress(file.read_bytes()).removeprefix(_SIGNATURE)
        yield str(json.loads(text)["meta"]["at"]), file.name.removesuffix(_FRAGMENT)
