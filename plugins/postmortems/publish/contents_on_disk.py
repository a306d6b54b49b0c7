"""The HTML of pages on disk, from when a page is rendered until it is put into the theme.

MkDocs renders all pages before it writes the first, and plugins may ask for each in between, so that a build holds
the HTML of all: half of its memory, since a sign such as "→" makes Python take two bytes for each character. Here only
the page that was asked for last is in memory. Whoever reads `page.content` sees no difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from threading import RLock
from typing import Any, NamedTuple
from weakref import finalize

from mkdocs.structure.pages import Page

_SHORT = 500
"""The length up to which a text stays in memory."""

_CONTENT = "content"
_MARKDOWN = "markdown"


class _Place(NamedTuple):
    offset: int
    length: int


class Later(NamedTuple):
    """A page's Markdown or content, which `make` gives the page once somebody asks for it, or for that of a copy."""

    page: Page
    make: Callable[[], object]


class ContentsOnDisk:
    """The contents of the pages of one build. The file has no name, and goes with the object."""

    def __init__(self) -> None:
        self._file = TemporaryFile(prefix="postmortems-")  # noqa: SIM115 - it lives as long as the pages
        finalize(self, self._file.close)
        self._end = 0
        self._lock = RLock()
        self._last: Page | None = None
        self._read: tuple[str, _Place] | None = None
        self._class = _class_of(self)

    def take_over(self, page: Page) -> None:
        """Keep what a page's `content` will be here. Pages of a class that another plugin has made stay as they are."""
        if type(page) is Page:
            page.__class__ = self._class

    def get(self, page: Page) -> Any:
        """The content of a page, which is in memory from now on."""
        with self._lock:
            content = _made(page, _CONTENT)
            if isinstance(content, _Place):
                self._put_away()
                self._file.seek(content.offset)
                text = self._file.read(content.length).decode("utf-8", "surrogatepass")
                self._last, self._read = page, (text, content)
                vars(page)[_CONTENT] = content = text
            return content

    def markdown(self, page: Page) -> Any:
        """The Markdown of a page."""
        with self._lock:
            return _made(page, _MARKDOWN)

    def set(self, page: Page, content: Any) -> None:
        """Give a page its content, and put away that of the one before."""
        with self._lock:
            if self._last is not page:
                self._put_away()
                self._last = page
            vars(page)[_CONTENT] = content

    def _put_away(self) -> None:
        """Write the content that is in memory, unless that is what was read."""
        page, read = self._last, self._read
        self._last = self._read = None
        content = vars(page).get(_CONTENT) if page else None
        # A string of another class may be more than its characters.
        if page is None or type(content) is not str or len(content) <= _SHORT:
            return
        if read and content is read[0]:
            vars(page)[_CONTENT] = read[1]
            return
        data = content.encode("utf-8", "surrogatepass")
        self._file.seek(self._end)
        self._file.write(data)
        vars(page)[_CONTENT] = _Place(self._end, len(data))
        self._end += len(data)


@contextmanager
def showing(page: Page, content: str) -> Iterator[None]:
    """Let a page have another content meanwhile, unless it is given one."""
    whole = vars(page)[_CONTENT]
    vars(page)[_CONTENT] = content
    try:
        yield
    finally:
        if vars(page)[_CONTENT] is content:
            vars(page)[_CONTENT] = whole


def _made(page: Page, name: str) -> Any:
    """An attribute of a page as it is, or as it is made now."""
    text = vars(page).get(name)
    if isinstance(text, Later):
        text.make()
        vars(page)[name] = text = vars(text.page).get(name)
    return text


def _class_of(contents: ContentsOnDisk) -> type[Page]:
    """The class of pages whose content is there."""

    class PageOnDisk(Page):
        content = property(contents.get, contents.set)
        markdown = property(contents.markdown, lambda page, text: vars(page).update(markdown=text))

        def __eq__(self, other: object) -> bool:
            # That of `Page` asks for the other's class to be the own one.
            return isinstance(other, Page) and self.title == other.title and self.file == other.file

        __hash__ = None  # type: ignore[assignment]

    PageOnDisk.__name__ = PageOnDisk.__qualname__ = Page.__name__
    return PageOnDisk
