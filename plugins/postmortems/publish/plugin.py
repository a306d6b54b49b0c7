"""The MkDocs plugin: each hook translates between MkDocs and the rooms, and says why it runs when it runs."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from mkdocs.config.base import ConfigErrors, ConfigWarnings, ValidationError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.utils import write_file

from postmortems.check.masking import printable
from postmortems.model.catalogue import Catalogue
from postmortems.publish import gate, host
from postmortems.publish.host import FIRST, LAST
from postmortems.publish.incremental.compiled import keep_compiled
from postmortems.publish.incremental.memo import Memo, open_memo
from postmortems.publish.incremental.templates import Templates
from postmortems.publish.left_out_html import left_out_of
from postmortems.publish.log import guard_log
from postmortems.publish.navigation import named, tight
from postmortems.publish.needs import encryption_problem, in_clear, navigation_problem, require_none, theme_problem
from postmortems.publish.other_plugins import encrypted, has_others, hide_from_git, others_see_folder, others_see_output
from postmortems.publish.partial_build import PartialBuild, WholeBuild
from postmortems.publish.preview_index import PreviewIndex
from postmortems.publish.security_policy import CSP_FILE
from postmortems.publish.site_builder import SiteBuilder
from postmortems.publish.site_files import load_assets, missing_in
from postmortems.publish.site_folder import SiteFolder
from postmortems.publish.theme_scripts import MAIN, ThemeScripts
from postmortems.publish.watched_places import WatchedPlaces, named_places, places_of
from postmortems.render.pages.layout import environments
from postmortems.settings import Settings
from postmortems.settings.parsing import SettingProblem

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

log = logging.getLogger("mkdocs.plugins.postmortems")


# Without a config class of MkDocs: our settings are pydantic's.
class PostmortemsPlugin(BasePlugin):  # type: ignore[type-arg]
    """The plugin. Under `mkdocs serve` one instance lives through all rebuilds, and `on_config` begins anew."""

    # What the layouts call. As filters they would be missing wherever another plugin makes an environment of its own.
    named = staticmethod(named)
    tight = staticmethod(tight)

    def __init__(self) -> None:
        self.settings = Settings()
        self.catalogue: Catalogue | None = None
        self.setting_problems: tuple[SettingProblem, ...] = ()
        self.serving = False
        self.theme_scripts = ThemeScripts()
        self.built: MkDocsConfig | None = None
        self.is_another = False
        """True if this is one more build of one site: the plugin `i18n` makes one for each language."""
        self._builder: SiteBuilder | None = None
        self.memo = Memo(None)
        self.preview_index = PreviewIndex()
        self.partial_build = PartialBuild(self.preview_index)
        self.site_folder = SiteFolder()
        self.nav, self.files = Navigation([], []), Files([])

    @property
    def builder(self) -> SiteBuilder:
        """The pages of this build, from `on_config` on."""
        assert self._builder is not None
        return self._builder

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """A build must fail on an error, a preview must go on."""
        self.serving, self.partial_build.is_off = command == "serve", dirty

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[ConfigErrors, ConfigWarnings]:
        """Hand our settings' errors to MkDocs. A preview that is running keeps the settings it had, and shows them."""
        self.config = options
        guard_log()
        settings, catalogue, self.setting_problems = gate.read_settings(options, Path(config_file_path or "").parent)
        if not self.setting_problems:
            self.settings, self.catalogue = settings, catalogue
        found = [(printable(problem.option), printable(problem.message)) for problem in self.setting_problems]
        return ([], found) if self.serving else ([(option, ValidationError(text)) for option, text in found], [])

    @event_priority(LAST)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check everything; after other plugins have chosen the theme and changed the settings, and before
        MkDocs removes the old site, which it does next."""
        require_none(theme_problem(config.theme))
        self.preview_index.stop()
        self.partial_build.begin(places_of(config, self.settings) if self.serving else ())
        read = gate.read(config, self.settings, self.catalogue)
        require_none(encryption_problem(config, read.run.corpus))
        run, shown = gate.preview(read) if self.serving else (gate.judge(read, strict=config.strict), ())
        self.setting_problems = problems = (*self.setting_problems, *shown)
        gate.log_findings(run)
        self.is_another, self.built = config is self.built, config
        self.memo = open_memo(read.project, self.settings, preview=self.serving)
        keep_compiled(self.memo, *environments())
        self._builder = SiteBuilder(run, problems, left_out_of(read.run), config, memo=self.memo, preview=self.serving)
        self.theme_scripts = self.theme_scripts if self.is_another else ThemeScripts()
        host.add_extension(config, self.builder.extension)
        load_assets(config)
        return config

    @event_priority(LAST)
    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Keep the last site; MkDocs removes it next."""
        is_off = self.serving or self.partial_build.is_off or not self.settings.incremental
        keep, seen = not (is_off or others_see_folder(config)), others_see_output(config)
        self.site_folder.set_aside(Path(config.site_dir), keep=keep, seen=seen)

    @event_priority(50)
    def _arrange(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Before anything asks for an address: a file's URL is computed once and kept."""
        if not has_others(config):
            self.site_folder.put_back()
        self.builder.arrange(files, config)
        return files

    @event_priority(-99)
    def _step_aside(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Before the plugin for languages, which comes at -100, knows the docs folder alone, and warns of the rest."""
        if "i18n" in config.plugins:
            self.builder.step_aside(files)
        return files

    @event_priority(LAST)
    def _arrange_again(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Arrange our files once more; after other plugins have added and removed theirs."""
        self.builder.arrange_again(files, config)
        hide_from_git(config, files)
        return files

    on_files = CombinedEvent(_arrange, _step_aside, _arrange_again)

    def _take_over(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Begin what is made of all pages; after all Markdown is HTML. In a build no layout changes."""
        require_none(in_clear(uri for uri in encrypted(files) if self.builder.pages.has_part_in(uri)))
        self.builder.fill(config, files)
        if not self.serving:
            host.settle(env)
        self.theme_scripts.env, self.files = env, files
        Templates(self.memo, config, self.nav, self.builder.pages.kept, self.site_folder).take_over(env)
        keep_compiled(self.memo, env)
        return env

    @event_priority(LAST)
    def _begin_writing(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Before the first file is written, and after other plugins have added theirs: leave what is still right."""
        places = host.places_in_site(files) | self.builder.search.kept_files
        # A plugin may have been added since the last site was put aside.
        self.site_folder.clear(frozenset() if others_see_folder(config) else places)
        self.builder.search.start_index(Path(config.site_dir))
        return env

    on_env = CombinedEvent(_take_over, _begin_writing)

    @event_priority(-50)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """After other plugins have made the navigation that they want."""
        self.builder.pages.titles.make_navigation_safe(nav.items)
        host.set_active_tab(files, nav, self.builder.site.tabs)
        if not self.is_another and (lines := missing_in(nav, files, config, self.builder.site)):
            log.warning("postmortems: %s", navigation_problem(lines))
        self.theme_scripts.depths = host.depths_of(files)
        self.nav = nav
        return nav

    @event_priority(FIRST)
    def on_pre_page(self, page: Page, *, config: MkDocsConfig, files: Files) -> Page:
        """Keep the page of a preview as it is before anybody has read it; that of a build may have been read before."""
        self.partial_build.remember(page)
        self.builder.pages.begin(page, files)
        return page

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:
        """The source of a page that we have read ourselves; None for all others."""
        return self.builder.pages.source(page.file.src_uri)

    @event_priority(FIRST)
    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Choose the frame, unless the author has chosen one. No other plugin sees front matter before it is safe."""
        self.builder.pages.enter(page, config)
        return markdown

    @event_priority(FIRST)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """No other plugin sees the page before it is clean, and all see it whole."""
        return self.builder.pages.whole(page, html)

    @event_priority(-50)
    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give the theme's frame what it prints."""
        if frame := self.builder.pages.frame(page, config.site_name):
            context["postmortems"] = frame  # type: ignore[typeddict-unknown-key]
        self.theme_scripts.layouts.add(str(page.meta.get("template", MAIN)))
        return context

    @event_priority(LAST)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """The generated pages are there once, in the language of the first build; no page is written as it stands."""
        is_there = self.site_folder.settles(page.file, output)
        return "" if is_there or (self.is_another and page.file.generated_by == host.NAME) else output

    def on_build_error(self, *, error: Exception) -> None:
        """Remove the temporary files, whatever has failed."""
        self.memo.close()
        self.site_folder.end()
        if self._builder is not None:
            self._builder.close()

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what needs the whole site; after all pages are written and every plugin has changed the theme."""
        site = Path(config.site_dir)
        wasm = self.builder.search.end_index(self.builder.site.context, site, self.preview_index)
        self.builder.close()
        self.site_folder.end()
        policy = self.theme_scripts.policy(config, wasm=wasm)
        write_file(f"{policy}\n".encode(), str(site / CSP_FILE))
        read = partial(gate.read, config, self.settings, self.catalogue)
        self.partial_build.end(WholeBuild(config, self.files, self.nav, self.theme_scripts.env, self.builder, read))

    def on_shutdown(self) -> None:
        """End what is made for a preview."""
        self.preview_index.close()
        self.partial_build.close()

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """The docs folder and `mkdocs.yml` are watched already; a catalogue of services and sources lie elsewhere."""
        WatchedPlaces(server, lambda: named_places(config, self.settings)).begin()
        server.builder = self.partial_build.instead_of(builder)
        return server
