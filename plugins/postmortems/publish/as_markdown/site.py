"""A site as Markdown: MkDocs reads, checks and renders it with all its plugins, and stops at the theme."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from postmortems.publish.as_markdown.capture import Capture
from postmortems.publish.as_markdown.configuration import FILE, OVERRIDES, configuration

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_NAME = "postmortems/generate"


class RefusedError(Exception):
    """A site that cannot be made, most often since its check has failed. `exit_code` is 1 for that, 2 for settings."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code


@dataclass(frozen=True, slots=True)
class MarkdownSite:
    """The files of a site: `texts` are made, `copies` lie elsewhere while the site is open. `watched` are the files and
    folders that it is made of."""

    texts: Mapping[str, str]
    copies: Mapping[str, Path]
    pages: int
    watched: tuple[Path, ...]


@contextmanager
def markdown_site(
    config_file: Path, say: Callable[[str], None], *, strict: bool = False, preview: bool = False
) -> Iterator[MarkdownSite]:
    """Make the files of a site. `say` gets each warning; with `preview` nothing is refused, and pages say what is wrong
    with them. Raises RefusedError."""
    with TemporaryDirectory(prefix="postmortems-") as folder, _warnings_to(say) as failures:
        capture = Capture(preview=preview)
        try:
            config = load_config(str(config_file), site_dir=folder, strict=strict or None)
            config.plugins[_NAME] = capture
            config.plugins.on_startup(command="serve" if preview else "build", dirty=False)
            build(config, serve_url="/" if preview else None)
        except MkDocsException as error:
            message = failures[-1] if failures else error.format_message()
            raise RefusedError(message, getattr(error, "exit_code", 1)) from None
        config.plugins.on_shutdown()
        texts = {FILE: configuration(config, capture.nav)}
        texts |= {f"docs/{place}": text for place, text in capture.pages.items()}
        copies = {f"docs/{place}": path for place, path in capture.further_files(Path(folder))}
        if custom := config.theme.custom_dir:
            layouts = [path for path in sorted(Path(custom).rglob("*")) if path.is_file()]
            copies |= {f"{OVERRIDES}/{path.relative_to(custom).as_posix()}": path for path in layouts}
        yield MarkdownSite(texts, copies, len(capture.pages), _watched(config))


def _watched(config: MkDocsConfig) -> tuple[Path, ...]:
    """Files and folders that `mkdocs serve` would watch: docs, configuration, and those that plugins name besides."""
    found = [config.docs_dir, str(config.config_file_path), *config.watch, *filter(None, [config.theme.custom_dir])]

    class Server:
        """Stands for MkDocs' server, which plugins tell what to watch."""

        def watch(self, path: str, *args: object, **options: object) -> None:
            found.append(path)

        def unwatch(self, path: str) -> None:
            while path in found:
                found.remove(path)

    config.plugins.on_serve(Server(), config=config, builder=lambda: None)  # type: ignore[arg-type]
    return tuple(map(Path, dict.fromkeys(found)))


@contextmanager
def _warnings_to(say: Callable[[str], None]) -> Iterator[list[str]]:
    """Hand over what MkDocs and its plugins warn of; errors are gathered, since one of them says why it has ended."""
    failures: list[str] = []

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            text = record.getMessage()
            if record.levelno >= logging.ERROR:
                failures.append(text)
            else:
                say(text)

    handler = Handler(logging.WARNING)
    log = logging.getLogger("mkdocs")
    log.addHandler(handler)
    try:
        yield failures
    finally:
        log.removeHandler(handler)
