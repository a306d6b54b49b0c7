"""Files that no author has written: each is made when it is asked for, and is on disk only for who asks where.

A site has thousands of them. To write each twice took a third of the time of a build in which nothing has changed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, InclusionLevel
from mkdocs.utils import write_file

from postmortems.publish.site_folder import content_at
from postmortems.publish.source_folder import SourceFolder

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


class GeneratedFile(File):
    """A file with a text that is made. `make` may be replaced until MkDocs reads the file.

    `is_right` tells of what stands in the file's place in the site whether it need not be made.
    """

    make: Callable[[], str]
    is_right: Callable[[bytes], bool]
    _folder: SourceFolder
    _given: str | bytes | None = None
    _at: str = ""

    @classmethod
    def of(
        cls, config: MkDocsConfig, uri: str, make: Callable[[], str], folder: SourceFolder, inclusion: InclusionLevel
    ) -> GeneratedFile:
        """The file that stands for a path below the docs folder. `folder` is where it is put if somebody wants it."""
        file = cls.generated(config, uri, content="", inclusion=inclusion)
        assert isinstance(file, cls)
        file.make, file.is_right, file._folder, file._given = make, _is_never_right, folder, None
        return file

    @property
    def is_given(self) -> bool:
        """True if another plugin has given the file a text."""
        return self._given is not None

    def remake(self, make: Callable[[], str], is_right: Callable[[bytes], bool]) -> None:
        """Let the text be made in another way from now on, also of a file that is on disk already."""
        self.make, self.is_right = make, is_right
        if self._at:
            self._at = self._folder.write(self.src_uri, self.content_bytes)

    def copy_file(self, dirty: bool = False) -> None:
        """Write the file into the site, unless it is there already."""
        data = content_at(self.abs_dest_path)
        if data is not None and self._given is None and self.is_right(data):
            return
        if (made := self.content_bytes) != data:
            write_file(made, self.abs_dest_path)

    @property
    def _content(self) -> str | bytes:
        # In bytes, or the line ends would be those of the machine.
        return self.make().encode("utf-8", "replace") if self._given is None else self._given

    @_content.setter
    def _content(self, given: str | bytes | None) -> None:
        """Take what another plugin gives the file, in the place of what would be made."""
        self._given = given
        if self._at:
            self._at = self._folder.write(self.src_uri, self.content_bytes)

    @property
    def abs_src_path(self) -> str:
        """The path of the file, which is written when this is first asked for."""
        if not self._at:
            self._at = self._folder.write(self.src_uri, self.content_bytes)
        return self._at

    @abs_src_path.setter
    def abs_src_path(self, path: str | None) -> None:
        """Keep the path, which MkDocs takes away from a file that a plugin gives another text."""


def _is_never_right(_: bytes) -> bool:
    return False
