"""The PATHs that narrow what a command is about."""

from __future__ import annotations

from pathlib import Path


def missing_paths(paths: tuple[Path, ...]) -> list[str]:
    """A line for each path that does not exist."""
    return [f"{path}: there is no such file or folder" for path in paths if not path.exists()]


def below_docs(paths: tuple[Path, ...], docs: Path) -> tuple[str, ...]:
    """The paths relative to the docs folder: none for one outside it, and `""`, which is all, for one above it.

    Where no path is given it is all, too.
    """
    if not paths:
        return ("",)
    root = docs.resolve()
    found: list[str] = []
    for path in paths:
        # Only the folder is resolved: a link is called by its own name.
        whole = path.parent.resolve() / path.name if path.name not in ("", "..") else path.resolve()
        if root.is_relative_to(whole):
            found.append("")
        elif whole.is_relative_to(root):
            found.append(whole.relative_to(root).as_posix())
    return tuple(found)
