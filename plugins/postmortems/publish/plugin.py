"""The MkDocs plugin: each hook translates between MkDocs and the rooms, and says why it runs when it runs.

on_config             read and check, before the old site is removed; a build ends here with one error
on_files              add what is generated, set addresses, keep postmortems out of the navigation; and once more, last,
                      when other plugins have removed what they do
on_nav                give pages outside the navigation their tab; begin to draw, now that addresses are known
on_page_read_source   hand over our own reading, since MkDocs takes broken front matter for text
on_page_markdown      choose the frame
on_page_content       add generated headings to the table of contents
on_env                write the data files, soon before MkDocs copies them
on_page_context       put generated parts around the authored text, after search has seen only the latter
on_post_page          collect the theme's inline scripts, last, when every other plugin has had the page
on_post_template      the same for pages without a source, such as 404.html
on_post_build         write the policy that lets these scripts run and no others
on_build_error        end what has been begun
on_serve              watch what lies outside the docs folder
"""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from mkdocs.config.base import ConfigErrors, ConfigWarnings, ValidationError
from mkdocs.exceptions import MkDocsException, PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.utils import write_file

from postmortems.check.baseline import compare
from postmortems.check.masking import printable
from postmortems.check.reporters.terminal import harmless
from postmortems.check.reporters.text import report_text
from postmortems.journey import BaselineError, Journey, read_baseline, setting_problems, travel
from postmortems.model.catalogue import Catalogue
from postmortems.publish import host
from postmortems.publish.log import guard_log
from postmortems.publish.navigation import named, tight
from postmortems.publish.needs import encryption_problem, in_clear, navigation_problem, theme_problem
from postmortems.publish.site_builder import SiteBuilder
from postmortems.publish.site_files import INSTANT, NAMES, SEARCH, STYLESHEET, missing_in, tabs
from postmortems.read.settings_file import open_catalogue, read_exclusions
from postmortems.read.store import open_store
from postmortems.render.security_policy import CSP_FILE, hashes_in, inline_scripts, script_hash, security_policy
from postmortems.settings import SettingProblem, Settings, parse_settings

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

log = logging.getLogger("mkdocs.plugins.postmortems")

LAST = -1000
"""The priority of what has to come after all other plugins; those that want to be last themselves take -100 or -200."""


class NothingFoundError(MkDocsException):
    """There is no postmortem; MkDocs ends with the exit code that the command has for this."""

    exit_code = 2


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
        self.dirty = False
        self.scripts: set[str] = set()
        self.built: MkDocsConfig | None = None
        self.is_another = False
        """Whether this is one more build of one site: the plugin `i18n` makes one for each language."""
        self.builder: SiteBuilder | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember who is asking: a build must fail on an error, a preview must go on."""
        self.serving = command == "serve"
        self.dirty = dirty

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[ConfigErrors, ConfigWarnings]:
        """Hand our settings' errors to MkDocs. A preview that is running keeps the settings it had, and shows them."""
        self.config = options
        guard_log()
        settings, problems = parse_settings(options)
        problems = problems or setting_problems(settings)
        catalogue, unusable = open_catalogue(Path(config_file_path or "").parent, settings)
        problems = problems or unusable
        self.setting_problems = problems
        if not problems:
            self.settings, self.catalogue = settings, catalogue
        found: list[tuple[str, Exception]] = [
            (printable(problem.option), ValidationError(printable(problem.message))) for problem in problems
        ]
        if self.serving:
            return [], [(option, str(error)) for option, error in found]
        return found, []

    @event_priority(LAST)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """When other plugins have chosen the theme and changed the settings; and before MkDocs removes the old site,
        which it does next."""
        if problem := theme_problem(config.theme):
            raise PluginError(f"postmortems: {problem}")
        project = Path(config.config_file_path or config.docs_dir).parent
        store = open_store(project)
        journey = travel(
            Path(config.docs_dir),
            self.settings,
            store=store,
            catalogue=self.catalogue,
            exclusions=read_exclusions(config.config_file_path),
        )
        store.close()
        if store.note:
            log.info("postmortems: %s", store.note)
        if journey.nothing_found:
            self._nothing_found(journey.nothing_found)
        if self.settings.baseline:
            journey = self._without_known(journey, project / self.settings.baseline, strict=config.strict)
        if problem := encryption_problem(config, journey.corpus):
            raise PluginError(f"postmortems: {problem}")
        self._gate(journey, strict=config.strict)
        self.is_another = config is self.built
        self.built = config
        self.builder = SiteBuilder(journey, self.setting_problems, preview=self.serving)
        if not self.is_another:
            self.scripts = set()
        host.add_theme(config)
        host.protect_pictures(config, INSTANT)
        host.hold_search(config, SEARCH)
        host.add_styles(config, STYLESHEET)
        host.name_buttons(config, NAMES)
        host.add_extension(config, self.builder.extension)
        return config

    def _nothing_found(self, why: str) -> None:
        """A site without a postmortem is none that was asked for: a build ends, a preview says so on its first page."""
        if not self.serving:
            raise NothingFoundError(f"postmortems: {why}")
        self.setting_problems = (*self.setting_problems, SettingProblem("folder", why))

    def _without_known(self, journey: Journey, path: Path, *, strict: bool) -> Journey:
        """What the check leaves out, the build leaves out: the findings that a baseline lists."""
        try:
            compared = compare(journey.report(), read_baseline(path))
        except BaselineError as error:
            if self.serving:
                log.warning("postmortems: %s", error)
                return journey
            raise PluginError(f"postmortems: {error}") from None
        if compared.gone and strict and not self.serving:
            raise PluginError(
                f"postmortems: {path}: {len(compared.gone)} of its findings are gone: shrink it with "
                "`postmortems check --write-baseline`"
            )
        return replace(journey, diagnostics=compared.new)

    def _gate(self, journey: Journey, *, strict: bool) -> None:
        if journey.fails(strict=strict) and not self.serving:
            # One error, raised: a logged warning is no gate, since `mkdocs -q --strict` swallows it.
            raise PluginError("postmortems: the check has failed\n\n" + report_text(journey.report()).rstrip())
        if journey.corpus.endless:
            # MkDocs would walk there, and come back after hours or with a traceback, in a preview, too.
            places = ", ".join(map(harmless, journey.corpus.endless[:3]))
            raise PluginError(f"postmortems: links to folders lead round or lead to too much: remove {places}")
        for diagnostic in journey.diagnostics:
            place = diagnostic.place
            text = "%s:%d: %s %s: %s"
            path, message = harmless(place.path), harmless(diagnostic.message)
            log.info(text, path, place.line, diagnostic.code, diagnostic.rule, message)

    @event_priority(50)
    def _arrange(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Before anything asks for an address: a file's URL is computed once and kept."""
        assert self.builder is not None
        self.builder.arrange(files, config)
        return files

    @event_priority(-99)
    def _step_aside(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Before the plugin for languages, which comes at -100, knows the docs folder alone, and warns of the rest."""
        assert self.builder is not None
        if "i18n" in config.plugins:
            self.builder.step_aside(files)
        return files

    @event_priority(LAST)
    def _arrange_again(self, files: Files, *, config: MkDocsConfig) -> Files:
        """When other plugins have added and removed what they do."""
        assert self.builder is not None
        self.builder.arrange_again(files, config)
        host.hide_from_git_authors(config, files)
        return files

    on_files = CombinedEvent(_arrange, _step_aside, _arrange_again)

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """When all Markdown is HTML: write the data files. In a build no layout changes."""
        assert self.builder is not None
        if encrypted := [uri for uri in host.encrypted(files) if self.builder.has_part_in(uri)]:
            raise PluginError(f"postmortems: {in_clear(encrypted)}")
        self.builder.fill()
        if not self.serving:
            host.settle(env)
        return env

    @event_priority(-50)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """After other plugins have made the navigation that they want."""
        assert self.builder is not None
        host.light_tabs(files, nav, tabs(self.settings.folder))
        if not self.is_another and (lines := missing_in(nav, files, config, self.settings.folder)):
            log.warning("postmortems: %s", navigation_problem(lines))
        self.builder.begin(host.pages_of(files))
        return nav

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:
        """The source of a page that we have read ourselves; None for all others."""
        assert self.builder is not None
        return self.builder.source(page.file.src_uri)

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Choose the frame, unless the author has chosen one."""
        assert self.builder is not None
        uri = page.file.src_uri
        if self.builder.has_part_in(uri):
            if page.file.generated_by is None and not self.builder.has_read(uri):
                host.escape_meta(page)
            page.meta.setdefault("template", host.TEMPLATE)
            page.meta.setdefault("hide", self.builder.hidden(uri))
        self.builder.enter(uri)
        return markdown

    @event_priority(-50)
    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Late, so that search has indexed the authored text alone: parsing HTML is a quarter of its work."""
        assert self.builder is not None
        uri, root = page.file.src_uri, host.root_from(page)
        title = page.meta.get("title") or page.title
        folder = host.folder_out_of_navigation(page)
        frame = self.builder.frame(uri, root, page.content or "", str(title), config.site_name, folder)
        if frame is not None:
            host.add_headings(page, frame.part.headings)
            host.describe(page, frame.description)
            context["postmortems"] = frame  # type: ignore[typeddict-unknown-key]
        return context

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Last, when other plugins have changed what they change. A script of an author's own gets no leave to run:
        what comes in with a text is what the policy is there to stop.
        """
        found = set(inline_scripts(output))
        if page.content and "<script" in page.content:
            found.difference_update(inline_scripts(page.content))
        self.scripts |= found
        # The generated pages are there once, in the language of the first build.
        return "" if self.is_another and page.file.generated_by == host.NAME else output

    @event_priority(-100)
    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Pages of the theme that stand for no source: 404.html."""
        if template_name.endswith(".html"):
            self.scripts.update(inline_scripts(output_content))
        return output_content

    def on_build_error(self, *, error: Exception) -> None:
        """Whatever has failed: nobody waits any more for what has been begun."""
        if self.builder is not None:
            self.builder.close()

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """When all pages are written. A dirty build has seen only what changed, so that the old hashes stay."""
        assert self.builder is not None
        self.builder.close()
        policy = Path(config.site_dir) / CSP_FILE
        hashes = {script_hash(text) for text in self.scripts}
        if self.dirty and policy.is_file():
            hashes |= hashes_in(policy.read_text("utf-8"))
        write_file(f"{security_policy(hashes)}\n".encode(), str(policy))

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """The docs folder and `mkdocs.yml` are watched already; a catalogue of services may lie elsewhere."""
        if self.settings.services and config.config_file_path:
            catalogue = Path(config.config_file_path).parent / self.settings.services
            if catalogue.exists():
                server.watch(str(catalogue))
        return server
