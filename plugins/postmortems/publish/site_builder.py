"""One build's worth of the site: which pages there are, where they stand, and what is put around each."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from mkdocs.structure.files import InclusionLevel

from postmortems import render
from postmortems.journey import collector_paused
from postmortems.model.pattern import Pattern
from postmortems.model.postmortem import Postmortem
from postmortems.model.register import REGISTER
from postmortems.publish import host
from postmortems.publish.ahead import Ahead
from postmortems.read.front_matter import split_front_matter
from postmortems.render import template_page
from postmortems.render.authored_blocks import AuthoredBlocks
from postmortems.render.authored_source import authored_source
from postmortems.render.banner import banner, home_banner
from postmortems.render.drawn_parts import draw_authored
from postmortems.render.guide_pages import RULES_INDEX, SETTINGS, guide_pages
from postmortems.render.index_list import FOUND, SCRIPT
from postmortems.render.page import Page as Part
from postmortems.render.site import HOME, Site

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

    from postmortems.journey import Journey
    from postmortems.settings import SettingProblem

ASSETS = Path(render.__file__).parent / "assets"
STYLESHEET = "assets/postmortems/postmortems.css"
INSTANT = "assets/postmortems/instant.js"
NAMES = "assets/postmortems/names.js"
SEARCH = "assets/postmortems/search.js"
EVIDENCE_MARK = "<!-- postmortems:evidence -->"

_IN_NAV = {
    HOME,
    SETTINGS,
    RULES_INDEX,
    "postmortems/index.md",
    "patterns/index.md",
    "services/index.md",
    "actions/index.md",
    "metrics/index.md",
}
"""Generated pages that a navigation made by MkDocs itself lists; the others are reached from these."""

TABS = (
    ("postmortems/", "postmortems/index.md"),
    ("patterns/", "patterns/index.md"),
    ("services/", "services/index.md"),
    ("actions/", "actions/index.md"),
    ("owners/", "actions/index.md"),  # what an owner is asked about first is what is still to do
    ("reviews/", "postmortems/index.md"),
    ("metrics/", "metrics/index.md"),
    ("guide/", "guide/index.md"),
    ("templates/", "guide/index.md"),
)
"""Where a page that is out of the navigation belongs: its folder, and the page whose tab is lit."""


Navigations = dict[str, str]
"""The sidebar's navigation as seen from the pages of a folder, by the folder's address."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What the theme's frame prints: the text of `<title>`, the whole content of the page, and what a preview of the
    page shows, all of it safe HTML."""

    head_title: str
    title: str
    description: str
    is_article: bool
    content: str
    part: Part
    navigation: Navigations
    folder: str | None

    def kept(self, render: Callable[[], str]) -> str:
        """The sidebar's navigation: made once for all pages of a folder that do not stand in it themselves."""
        if self.folder is None:
            return render()
        if self.folder not in self.navigation:
            self.navigation[self.folder] = render()
        return self.navigation[self.folder]


class SiteBuilder:
    """The pages of one build. `preview` is a `mkdocs serve`, where diagnostics are shown instead of refused."""

    stylesheets = (STYLESHEET,)
    tabs = TABS

    def __init__(
        self,
        journey: Journey,
        setting_problems: tuple[SettingProblem, ...],
        *,
        directory_urls: bool,
        preview: bool,
    ) -> None:
        corpus = journey.corpus
        self.journey = journey
        self.setting_problems = setting_problems
        self.preview = preview
        self.site = Site(corpus, journey.analysis(), journey.settings, journey.today, directory_urls)
        self.extension = AuthoredBlocks(journey.settings, journey.today)
        self._ahead = Ahead(self.site)
        self._patterns = {pattern.path: pattern for pattern in corpus.patterns}
        self._templates: dict[str, tuple[str, Part]] = {}
        self._navigations: Navigations = {}
        self._with_active_html = {one.place.path for one in journey.diagnostics if one.rule == "active-html"}

    # Which pages there are -------------------------------------------------------------------------------------

    def arrange(self, files: Files, config: MkDocsConfig) -> None:
        """Add the generated pages and assets; set the addresses of postmortems and keep them out of the sidebar."""
        self._drop_links_out(files)
        if register := files.get_file_from_path(REGISTER):
            # It is what figures are made from, and may name incidents that nobody has told the reader about.
            register.inclusion = InclusionLevel.EXCLUDED
        for postmortem in self.journey.corpus.postmortems:
            if file := files.get_file_from_path(postmortem.path):
                file.dest_uri = f"postmortems/{postmortem.id}/index.html"
        for file in files.documentation_pages():
            inside = file.src_uri.startswith("postmortems/") and file.src_uri != "postmortems/index.md"
            if inside and file.inclusion.is_included():
                file.inclusion = InclusionLevel.NOT_IN_NAV
        self._include_templates(files, config)
        for uri, text in self._generated_sources().items():
            if files.get_file_from_path(uri) is None:
                host.add_page(config, files, uri, text, in_nav=uri in _IN_NAV)
        for asset in (STYLESHEET, SCRIPT, FOUND, NAMES, SEARCH, INSTANT):
            host.add_asset(config, files, asset, ASSETS / Path(asset).name)
        with collector_paused():
            for uri, text in self.site.data(config.site_name, config.site_url or ""):
                host.add_data(config, files, uri, text)

    def _generated_sources(self) -> dict[str, str]:
        """The Markdown of each page without an author; what stands on most of them comes in with the frame."""
        titles = {**self.site.generated, HOME: "Home"}
        return {uri: _with_meta({"title": escape(title)}, "") for uri, title in titles.items()} | {**guide_pages()}

    def _drop_links_out(self, files: Files) -> None:
        """MkDocs follows links out of the docs folder and would publish what is there."""
        outside = [one.place.path for one in self.journey.corpus.problems if one.rule == "path-leaves-the-folder"]
        for file in [file for file in files if any(f"{file.src_uri}/".startswith(f"{path}/") for path in outside)]:
            files.remove(file)

    def _include_templates(self, files: Files, config: MkDocsConfig) -> None:
        """MkDocs leaves a folder `templates/` out; here it is a part of the site, unless the user says no."""
        excluded = config.exclude_docs
        for file in files:
            if not file.src_uri.startswith(template_page.FOLDER) or (excluded and excluded.match_file(file.src_uri)):
                continue
            if file.inclusion.is_excluded():
                file.inclusion = InclusionLevel.INCLUDED
            if file.is_documentation_page():
                self._templates[file.src_uri] = self._read_template(file.src_uri)

    def _read_template(self, uri: str) -> tuple[str, Part]:
        text = (self.journey.docs / uri).read_text("utf-8-sig", errors="replace")
        read = split_front_matter(text.replace("\r\n", "\n"), uri)
        title = read.values.get("title")
        return template_page.template_page(uri, text, title if isinstance(title, str) else None, read.body)

    def begin(self, pages: Iterable[tuple[str, str]]) -> None:
        """Begin to draw what stands on these pages, pairs of a page's source and the way from it to the root."""
        # What was read lives to the end of the build: no use in looking whether it is garbage, and a process that
        # shares it should not have to copy it because somebody looked.
        gc.freeze()
        self._ahead = Ahead(self.site, [page for page in pages if self.site.has_part_in(page[0])])

    def close(self) -> None:
        """End what has been begun."""
        self._ahead.close()

    # What is read ----------------------------------------------------------------------------------------------

    def source(self, uri: str) -> str | None:
        """The Markdown of a page that we have read ourselves, its front matter made harmless; None for all others.

        MkDocs would take broken front matter for text, and Material prints titles as they are.
        """
        if postmortem := self.journey.corpus.by_path.get(uri):
            return _with_meta(_postmortem_meta(postmortem), authored_source(postmortem, self.extension.nonce))
        if pattern := self._patterns.get(uri):
            return _with_meta(_pattern_meta(pattern), "\n".join(pattern.body.lines))
        if uri in self._templates:
            body, part = self._templates[uri]
            return _with_meta({"title": escape(part.title)}, body)
        return None

    def enter(self, uri: str) -> None:
        """Tell the Markdown extension which page is rendered next."""
        postmortem = self.journey.corpus.by_path.get(uri)
        self.extension.enter(postmortem, escape_html=uri in self._with_active_html)

    # What is shown ---------------------------------------------------------------------------------------------

    def has_part_in(self, uri: str) -> bool:
        """Whether anything of ours stands on this page."""
        return uri in self.site.generated or self.has_read(uri)

    def has_read(self, uri: str) -> bool:
        """Whether `source` gives the source of this page: that of a postmortem, a pattern or a template."""
        return uri in self.journey.corpus.by_path or uri in self._patterns or uri in self._templates

    def hidden(self, uri: str) -> list[str]:
        """What the theme leaves out of a page: the sidebar, since tabs and links lead everywhere."""
        if uri in self._templates:
            return []
        # Pictures and lists take the whole width; a single service, owner or month is read like a postmortem.
        is_single = uri.startswith(("services/", "owners/", "reviews/")) and not uri.endswith(
            ("/index.md", "/README.md")
        )
        is_list = uri in self.site.generated and not is_single
        return ["navigation", "toc"] if is_list else ["navigation"]

    def frame(self, uri: str, root: str, content: str, title: str, site_name: str, folder: str | None) -> Frame | None:
        """The generated parts around the authored text of one page; None where there are none.

        `title` is the page's own, as safe HTML, for a page of an author who has not written a heading. `folder` is
        that of the page's address, None for a page that stands in the navigation.
        """
        part = self._part(uri, root)
        if part is None:
            return None
        heading = "" if "<h1" in part.before or "<h1" in content else f"<h1>{title}</h1>"
        if postmortem := self.journey.corpus.by_path.get(uri):
            content = draw_authored(content, part.parts, self.extension.nonce)
        if uri in self._templates:
            content = template_page.with_named_boxes(content)
        head, mark, tail = content.partition(EVIDENCE_MARK)
        body = f"{head}{part.after}{tail}" if mark else f"{content}{part.after}"
        whole = f'<div class="pm pm-doc">{self._banner(uri)}{part.before}{heading}{body}</div>'
        head_title = part.title if part.title == site_name else f"{part.title} - {site_name}"
        return Frame(
            head_title=escape(head_title),
            title=escape(part.title),
            description=escape(part.description),
            is_article=postmortem is not None,
            content=whole,
            part=part,
            navigation=self._navigations,
            folder=folder,
        )

    def _part(self, uri: str, root: str) -> Part | None:
        if uri in self._templates:
            return self._templates[uri][1]
        return self._ahead.page(uri, root)

    def _banner(self, uri: str) -> str:
        if not self.preview:
            return ""
        shown: Callable[[str], str] = self.journey.report().shown
        if uri == HOME:
            return str(home_banner(self.journey.diagnostics, shown, self.setting_problems))
        folder, _, name = uri.rpartition("/")
        # What lies beside a page and has none of its own: a postmortem's timeline.json and artifacts, the register.
        own = f"{folder}/" if name == "postmortem.md" else uri
        also = REGISTER if uri == "postmortems/index.md" else uri
        here = [one for one in self.journey.diagnostics if one.place.path.startswith((own, also))]
        return str(banner(here, shown))


def _postmortem_meta(postmortem: Postmortem) -> dict[str, Any]:
    return _host_meta(postmortem.front_matter.host) | {"title": escape(postmortem.title)}


def _pattern_meta(pattern: Pattern) -> dict[str, Any]:
    meta = {"title": escape(pattern.title)}
    return meta | ({"description": escape(pattern.description)} if pattern.description else {})


def _host_meta(values: dict[str, Any]) -> dict[str, Any]:
    """Keys for the theme, which prints texts as they are."""
    return {
        key: escape(value) if isinstance(value, str) and key != "template" else value for key, value in values.items()
    }


def _with_meta(meta: dict[str, Any], body: str) -> str:
    front = yaml.dump(meta, Dumper=yaml.CSafeDumper, allow_unicode=False, default_flow_style=False, width=1 << 30)
    return f"---\n{front}---\n\n{body}"
