"""The sources of pages and files that no author has written, in a temporary folder that lasts as long as a build."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory


class SourceFolder:
    """A temporary folder, made when it is first written to.

    Plugins of others open a page's source, ask git about it or compare its path, and fail where there is none. It
    never lies in the docs folder: what a build writes there would be committed. Its files repeat the path of the docs
    folder below it, since `ezlinks` takes for a page whatever has that anywhere in its path.
    """

    def __init__(self, docs: Path) -> None:
        self._docs = docs.absolute()
        self._folder: TemporaryDirectory[str] | None = None
        self._made: set[Path] = set()

    def write(self, uri: str, data: bytes) -> str:
        """Write the source that stands for a path below the docs folder, and give the path of the file."""
        if self._folder is None:
            self._folder = TemporaryDirectory(prefix="postmortems-")
        path = Path(self._folder.name, *self._docs.parts[1:], uri)
        if (parent := path.parent) not in self._made:
            parent.mkdir(parents=True, exist_ok=True)
            self._made.add(parent)
        path.write_bytes(data)
        return str(path)

    def remove(self) -> None:
        """Remove the folder with all that is in it."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None
            self._made.clear()
