"""Pagefind, the program that makes the index of the search page.

It reads one small HTML file a document, made for it alone, and writes an index in pieces: a browser loads those that
hold the words of a question. What of its bundle this site does not use is removed.
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


def write_index(documents: Iterable[str], site: Path, language: str) -> Mapping[str, str]:
    """Write the index of these documents, in the place of an older one.

    Gives back the name of each document in the index, by its fact `at`; nothing where there is no index.
    """
    found = program()
    target = site / FOLDER
    shutil.rmtree(target, ignore_errors=True)
    if found is None:
        return {}
    with TemporaryDirectory(prefix="postmortems-search-") as folder:
        for number, document in enumerate(documents):
            Path(folder, f"{number}.html").write_text(document, "utf-8")
        done = subprocess.run(  # noqa: S603 - the program of a package, with folders of ours
            [found, "--site", folder, "--output-path", target, "--force-language", language, "--quiet"],
            capture_output=True,
            text=True,
            check=False,
            cwd=folder,
            env={},
        )
    if done.returncode:
        said = " ".join(f"{done.stderr} {done.stdout}".split())[-300:]
        log.warning("postmortems: the search has no index: Pagefind ended with code %s: %s", done.returncode, said)
        return {}
    for file in [file for pattern in _UNUSED for file in target.glob(pattern)]:
        file.unlink()
    if len(list(target.glob("wasm.*"))) > 1:
        (target / _ANY_LANGUAGE).unlink()
    return dict(_names(target))


def _names(target: Path) -> Iterator[tuple[str, str]]:
    """The fact `at` of each document, and its name: that of the file with its text, JSON behind a signature."""
    for file in target.glob(f"fragment/*{_FRAGMENT}"):
        text = gzip.decompress(file.read_bytes()).removeprefix(_SIGNATURE)
        yield str(json.loads(text)["meta"]["at"]), file.name.removesuffix(_FRAGMENT)
