"""What a kept value was made of, as a key: code, settings, file names and bytes. Two with one key are the same."""

from __future__ import annotations

import os
import platform
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import postmortems
from postmortems.read.files import Tree
from postmortems.read.opening import open_regular
from postmortems.read.text import LARGEST
from postmortems.settings import Settings

_MADE_WITH = ("mkdocs-postmortems", "detect-secrets", "markdown-it-py", "phonenumberslite", "pydantic", "pyyaml")


@cache
def code_key() -> str:
    """What runs: versions of Python, of this package and of the libraries that reading and checking rest on.

    The package's own code and words count with size and time, for those who work on it.
    """
    parts = [platform.python_version(), *(f"{name} {_version(name)}" for name in _MADE_WITH)]
    home = Path(next(iter(postmortems.__path__)))
    for path in sorted([*home.rglob("*.py"), *home.glob("read/languages/*.yml")]):
        seen = path.stat()
        parts.append(f"{path.relative_to(home)} {seen.st_size} {seen.st_mtime_ns}")
    return digest("\n".join(parts).encode())


def settings_key(settings: Settings) -> str:
    """All settings."""
    return digest(settings.model_dump_json().encode())


def digest(*parts: bytes) -> str:
    """A digest of several byte strings, each apart from the next."""
    made = blake2b(digest_size=20)
    for part in parts:
        made.update(len(part).to_bytes(8, "big"))
        made.update(part)
    return made.hexdigest()


def tree_key(tree: Tree) -> str:
    """Everything below the docs folder: every name, and of every file as much as is ever read."""
    made = blake2b(digest_size=20)
    for path in tree.outside:
        made.update(f"outside {path}\0".encode("utf-8", "surrogatepass"))
    for one in tree.problems:
        made.update(f"{one.place.path} {one.message}\0".encode("utf-8", "surrogatepass"))
    for path in tree.files:
        made.update(f"{path}\0".encode("utf-8", "surrogatepass"))
        made.update(_file_digest(tree.root / path))
    return made.hexdigest()


def _file_digest(path: Path) -> bytes:
    try:
        with open_regular(path) as file:
            data = file.read(LARGEST + 1)
            size = len(data) if len(data) <= LARGEST else os.fstat(file.fileno()).st_size
    except OSError as error:
        return f"{type(error).__name__} {error.errno}".encode()
    return blake2b(data + size.to_bytes(8, "big"), digest_size=20).digest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"
