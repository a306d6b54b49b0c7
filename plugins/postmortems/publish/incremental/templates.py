"""A page in the theme's templates, kept with all that they see of it.

The environment gets a class of templates that looks among the kept pages before it renders one. What other plugins do
before and after that they still do. A template sees the page, its neighbours, the navigation, the settings and what
plugins add for it; which other things it might ask for is looked for in the templates themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from postmortems.publish.frame import Frame
from postmortems.publish.incremental.page_values import item_text, page_values, site_settings
from postmortems.publish.incremental.template_sources import shows_descriptions, template_sources, theme_settings
from postmortems.publish.incremental.values import OpaqueError, digest, text_of, text_once

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

    from postmortems.publish.incremental.kept_pages import KeptPages
    from postmortems.publish.incremental.memo import Memo
    from postmortems.publish.site_folder import SiteFolder

_WHAT = "the theme's frame around pages"
_TOLD = frozenset({"build_date_utc", "config", "nav", "page", "pages", "postmortems"})
"""Variables of a template that are told apart from the others, or that no template may ask for."""


def navigation_texts(nav: Navigation, config: MkDocsConfig) -> list[str]:
    """The navigation as every page may show it."""
    described = shows_descriptions(config)
    return [item_text(item, described=described) for item in nav.items]


class Templates:
    """The pages of one build in their templates."""

    def __init__(self, memo: Memo, config: MkDocsConfig, nav: Navigation, kept: KeptPages, site: SiteFolder) -> None:
        self._memo = memo
        self._kept = kept
        self._site_folder = site
        self._config = config
        self._nav = nav
        self._env: Any = None
        self._told: dict[bytes, str] = {}
        self._other_nav: tuple[Navigation, list[str]] = nav, []

    def take_over(self, env: Any) -> None:
        """Let the templates of an environment look here first."""
        if not self._memo:
            return
        self._env = env
        pages = self

        class KeptTemplate(env.template_class):  # type: ignore[misc]
            """A template that is rendered only where no earlier build has done so."""

            def render(self, *args: Any, **values: Any) -> str:
                """The text of the page, as of the class that is replaced."""
                make: Callable[..., str] = super().render
                context = args[0] if len(args) == 1 and not values else None
                if not isinstance(context, Mapping):
                    return make(*args, **values)
                return pages.rendered(str(self.name), context, lambda: make(context))

        env.template_class = KeptTemplate

    def rendered(self, template: str, context: Mapping[str, Any], make: Callable[[], str]) -> str:
        """A page in its template, from an earlier build or by `make`; nothing for one that is in its place already."""
        page: Page | None = context.get("page")
        # MkDocs names the page that it builds. Templates are also rendered for none, and for pages that are none.
        if page is None or page is not self._config._current_page or self._base is None:
            return make()
        try:
            key = digest(self._base, template, *self._values(page, context))
        except OpaqueError as error:
            self._memo.switch_off(f"{_WHAT} such as {page.file.src_uri}", str(error))
            return make()
        row, written = f"page {page.file.src_uri}", f"written {page.file.src_uri}"
        if self._site_folder.has(page.file, lambda data: self._memo.has(written, digest(key, data))):
            self._memo.has(row, key)
            return ""
        found = self._memo.found(row, key)
        if not isinstance(found, str):
            found = make()
            self._memo.keep(row, key, found)
        self._memo.note(written, digest(key, found.encode("utf-8", "xmlcharrefreplace")))
        return found

    @cached_property
    def _base(self) -> bytes | None:
        """Digest of what is the same for all pages; None where it cannot be told. Asked for when the first page is
        made, since plugins change templates, navigation and settings until then."""
        try:
            templates = template_sources(self._env, self._config)
            navigation = navigation_texts(self._nav, self._config)
            return digest(self._memo.base, *templates, *site_settings(self._config), *navigation)
        except OpaqueError as error:
            self._memo.switch_off(_WHAT, str(error))
            return None

    def _navigation_of(self, context: Mapping[str, Any]) -> list[str]:
        """The navigation that a plugin has put in the place of that which all pages show; nothing where it is that."""
        nav = context.get("nav")
        if nav is None or nav is self._nav:
            return []
        if nav is not self._other_nav[0]:
            self._other_nav = nav, navigation_texts(nav, self._config)
        return self._other_nav[1]

    @cached_property
    def _described(self) -> bool:
        return shows_descriptions(self._config)

    def _values(self, page: Page, context: Mapping[str, Any]) -> Iterator[str | bytes]:
        yield text_once(theme_settings(self._config), self._told)
        yield from page_values(page, self._kept.content_digest(page), described=self._described)
        frame = context.get("postmortems")
        if isinstance(frame, Frame):
            yield text_of([frame.head_title, frame.title, frame.is_article, frame.folder])
        elif frame is not None:
            raise OpaqueError("the frame")
        if context.get("config") is not self._config:
            raise OpaqueError("the settings")
        yield from self._navigation_of(context)
        yield text_once({name: value for name, value in context.items() if name not in _TOLD}, self._told)
