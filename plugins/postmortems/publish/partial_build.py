"""A build of a preview after an edit of pages: those that it changes are made again, and nothing else.

MkDocs takes every page through all of its steps, so that a build of thousands takes seconds even where each is kept.
Here the objects of the last build are still there, and its site is on disk. What was edited is read and checked, as
always; then the pages that were edited, and those and the data files that show something of them, go through MkDocs'
own steps. The rest stays as it is. The site is that of a whole build, byte for byte.

What may change more than that is left to MkDocs: any other file, a new address, a title in the navigation, a setting,
another day; and plugins and hooks of others, which may keep of a build whatever they like.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from time import monotonic
from typing import TYPE_CHECKING, Any

from mkdocs.commands.build import _build_extra_template, _build_page, _build_theme_template, _populate_page
from mkdocs.structure.files import InclusionLevel

from postmortems.publish import gate, host, site_files
from postmortems.publish.generated_file import GeneratedFile
from postmortems.publish.incremental.templates import navigation_texts
from postmortems.publish.left_out_html import left_out_of
from postmortems.publish.other_plugins import others_follow_texts
from postmortems.publish.watched_files import Seen, changed, is_hidden, seen_in
from postmortems.read.mounts import mounts_of
from postmortems.render.pages import template_page

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

    from postmortems.model.corpus import Corpus
    from postmortems.publish.preview_index import PreviewIndex
    from postmortems.publish.site_builder import SiteBuilder

log = logging.getLogger("mkdocs.plugins.postmortems")

_DETECTED_WITHIN = 2.0
"""Seconds after a build in which MkDocs may detect what was saved before it began: it looks twice a second, and waits
until nothing has changed for a quarter of one."""


@dataclass(frozen=True)
class WholeBuild:
    """Objects at the end of a build by MkDocs. `read` reads and checks everything again, beside what it was."""

    config: MkDocsConfig
    files: Files
    nav: Navigation
    env: Any
    builder: SiteBuilder
    read: Callable[[Corpus], gate.Read]

    @property
    def pages(self) -> list[File]:
        """The files of all pages, in the order in which MkDocs builds them."""
        return [*self.files.documentation_pages(inclusion=InclusionLevel.is_in_serve)]

    @property
    def folders_of_sources(self) -> list[str]:
        """The docs folders of other repositories."""
        return [str(each.docs) for each in mounts_of(self.builder.run.docs)]


class PartialBuild:
    """The builds of one preview. Everything here is of the last build by MkDocs."""

    def __init__(self, index: PreviewIndex) -> None:
        self.is_off = False
        """True for a preview in MkDocs' dirty mode, which reads only what has changed."""
        self._index = index
        self._whole: WholeBuild | None = None
        self._places: Sequence[str] = ()
        self._seen: Seen | None = None
        self._ended = 0.0
        self._begun: dict[str, dict[str, Any]] = {}

    def begin(self, places: Sequence[str]) -> None:
        """Begin a build by MkDocs. `places` are the files and folders that a preview is made from; a build has none."""
        self._whole = None
        self._begun = {}
        self._places = () if self.is_off else places
        self._seen = seen_in(self._places)

    def remember(self, page: Page) -> None:
        """Keep a page as it is before it is read."""
        if self._places:
            self._begun[page.file.src_uri] = {**vars(page)}

    def end(self, whole: WholeBuild) -> None:
        """End a build by MkDocs, after all is written."""
        is_sound = whole.builder.memo.is_complete and not whole.builder.setting_problems
        if self._places and is_sound and not others_follow_texts(whole.config) and not whole.config.strict:
            self._whole = whole
        self._ended = monotonic()

    def instead_of(self, build: Callable[[], None]) -> Callable[[], None]:
        """Builder of a preview: only what an edit has changed where that is enough, and the whole by `build`."""

        def build_what_changed() -> None:
            if not self._is_enough():
                self.close()
                build()

        return build_what_changed

    def close(self) -> None:
        """End the builds that go on from the last one by MkDocs, and keep what they have made for later ones."""
        if self._whole is not None:
            self._whole.builder.memo.close()
        self._whole = None

    def _is_enough(self) -> bool:
        """Build what an edit has changed. False if the whole has to be built."""
        whole, before, self._seen = self._whole, self._seen, seen_in(self._places)
        if whole is None or before is None or self._seen is None:
            return False
        authored = {str(file.abs_src_path): file.src_uri for file in _authored(whole)}
        found = changed(before, self._seen)
        # Unless the settings say otherwise, nothing hidden is a part of the site; some plugins have settings there.
        is_closed, folders = whole.config.exclude_docs is None, (whole.config.docs_dir, *whole.folders_of_sources)
        edited = {path for path in found if not (is_closed and any(is_hidden(path, folder) for folder in folders))}
        if not found:
            # Else it is something that is not looked at here, such as an icon.
            return monotonic() - self._ended < _DETECTED_WITHIN
        if not authored.keys() >= edited:
            return False
        if not edited:
            return True
        self._index.stop()
        start = monotonic()
        made: int | None = None
        try:
            made = self._make(whole, {authored[path] for path in edited})
        except Exception as error:  # The whole build comes upon the same, and says so.
            log.debug("postmortems: the site is built whole: %s: %s", type(error).__name__, error)
        if made is None:
            whole.builder.close()
            return False
        self._ended = monotonic()
        log.info("postmortems: %d pages were made again in %.2f seconds", made, self._ended - start)
        return True

    def _make(self, whole: WholeBuild, edited: set[str]) -> int | None:
        """Make the site again as far as these pages change it, and give how many pages were made; None for too few."""
        config, files, builder = whole.config, whole.files, whole.builder
        before, shape, navigation = builder.run, _shape(builder), navigation_texts(whole.nav, config)
        read = whole.read(before.corpus)
        run, problems = gate.preview(read)
        if problems:
            return None
        builder.begin_again(run, left_out_of(read.run), config, files)
        if _shape(builder) != shape:
            return None
        gate.log_changes(run, before, edited)
        builder.parts.take_over()
        again = edited | builder.parts.changed_documents | builder.rendering.unkept
        again |= gate.with_other_banners(self._begun, before, builder.run)
        pages = [file for file in whole.pages if file.src_uri in again or not builder.parts.has_part(file.src_uri)]
        for file in pages:
            assert file.page is not None
            vars(file.page).clear()
            vars(file.page).update(self._begun[file.src_uri])
            _populate_page(file.page, config, files)
        if navigation_texts(whole.nav, config) != navigation:
            return None
        builder.search.locate(files)
        builder.fill_again(config)
        self._write(whole, pages)
        return len(pages)

    def _write(self, whole: WholeBuild, pages: Iterable[File]) -> None:
        """Write these pages, and what is made of all."""
        config, builder, every = whole.config, whole.builder, whole.pages
        for uri in builder.data.keys() & builder.files.keys():
            if not builder.parts.has_text(uri):
                builder.files[uri].copy_file()
        for template in config.theme.static_templates:
            _build_theme_template(template, whole.env, whole.files, config, whole.nav)
        for name in config.extra_templates:
            _build_extra_template(str(name), whole.files, config, whole.nav)
        for file in pages:
            assert file.page is not None
            _build_page(file.page, config, every, whole.nav, whole.env, excluded=file.inclusion.is_excluded())
        for file in every:
            if file.page is not None:
                file.page.validate_anchor_links(files=whole.files, log_level=config.validation.links.anchors)
        builder.search.arrange_entries(file.src_uri for file in every)
        config.plugins.on_post_build(config=config)


def _authored(whole: WholeBuild) -> list[File]:
    """The pages of authors, those of sources among them, whose edit changes what other pages show, at most: of a
    template, rules are made."""
    # The file of a source is of this plugin for MkDocs, too.
    pages = [file for file in whole.pages if file.generated_by in (None, host.NAME)]
    written = [file for file in pages if not isinstance(file, GeneratedFile)]
    return [file for file in written if not file.src_uri.startswith(template_page.FOLDER)]


def _shape(builder: SiteBuilder) -> tuple[object, ...]:
    """All that says which pages and files there are, and where; that of a site with the same is alike."""
    run, corpus, site = builder.run, builder.run.corpus, builder.site
    return (
        run.today,
        corpus.files,
        {(postmortem.path, postmortem.id) for postmortem in corpus.postmortems},
        {(pattern.path, pattern.id) for pattern in corpus.patterns},
        corpus.register_paths,
        site_files.unread(corpus),
        [(uri, replace(page, make=None)) for uri, page in site.pages.items()],
        builder.data.keys(),
    )
