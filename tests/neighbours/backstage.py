"""What Backstage does to a site: the generator to its configuration, and the reader to its pages.

Written after @backstage/plugin-techdocs-node 2.3.0 (stages/generate), @backstage/plugin-techdocs 1.20.0
(reader/transformers) and the lists of DOMPurify 3.5, in the order in which these take their steps.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import yaml

KEYS = frozenset((
    "site_name", "site_url", "site_description", "site_author", "repo_url", "repo_name", "edit_uri", "edit_uri_template",
    "docs_dir", "site_dir", "nav", "exclude_docs", "not_in_nav", "theme", "plugins", "markdown_extensions", "extra",
    "extra_css", "use_directory_urls", "strict", "dev_addr", "watch", "copyright", "remote_branch", "remote_name",
    "validation", "google_analytics",
))  # fmt: skip
THEME_KEYS = frozenset(("name", "font", "icon", "logo", "favicon", "language", "direction", "palette", "features"))
PLUGINS = frozenset(("techdocs-core", "search", "material/search", "redirects", "group", "material/group"))
EXTENSIONS = frozenset((
    "abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code", "footnotes", "legacy_attrs",
    "legacy_em", "md_in_html", "meta", "nl2br", "sane_lists", "smarty", "tables", "toc", "wikilinks",
    "markdown_inline_graphviz", "mdx_truly_sane_lists", "plantuml_markdown", "plantuml-markdown",
))  # fmt: skip
SHEET = re.compile(r"main\.[A-Fa-f0-9]{8}\.min\.css$")
DROPPED = frozenset(
    ("script", "style", "noscript", "iframe", "object", "embed", "base", "use", "animate", "set", "foreignobject")
)
"""Elements that are on none of DOMPurify's lists, as far as a site may hold them; so are those with a hyphen."""


def prepare(config: Path, settings: dict[str, Any]) -> None:
    """Change a configuration as the generator does before it starts MkDocs; `settings` are those of an `app-config`."""
    mkdocs = settings["techdocs"]["generator"].get("mkdocs", {})
    default = list(mkdocs.get("defaultPlugins", ()))
    site = yaml.safe_load(config.read_text("utf-8"))
    site = {key: value for key, value in site.items() if key in KEYS}
    if "plugins" in site:
        allowed = PLUGINS | set(mkdocs.get("dangerouslyAllowAdditionalPlugins", ())) | set(default)
        site["plugins"] = [entry for entry in _entries(site["plugins"]) if _name(entry) in allowed]
    if "markdown_extensions" in site:
        listed = _entries(site["markdown_extensions"])
        site["markdown_extensions"] = [entry for entry in listed if _may_extend(_name(entry))]
    if isinstance(site.get("theme"), dict):
        site["theme"] = {key: value for key, value in site["theme"].items() if key in THEME_KEYS}
    if not mkdocs.get("omitTechdocsCorePlugin") and "techdocs-core" not in default:
        default.append("techdocs-core")
    present = site.setdefault("plugins", [])
    present += [name for name in default if name not in map(_name, present)]
    if mkdocs.get("disableExternalFonts"):
        theme = site.setdefault("theme", {"name": "material"})
        if isinstance(theme, dict) and theme.get("name") == "material":
            theme.setdefault("font", False)
    config.write_text(yaml.safe_dump(site, sort_keys=False), "utf-8")


def _entries(listed: Any) -> list[Any]:
    return [{name: options} for name, options in listed.items()] if isinstance(listed, dict) else list(listed)


def _name(entry: Any) -> str:
    return next(iter(entry)) if isinstance(entry, dict) else str(entry)


def _may_extend(name: str) -> bool:
    short = name.removeprefix("markdown.extensions.")
    return ":" not in name and (short in EXTENSIONS or short.startswith("pymdownx."))


class Reader(HTMLParser):
    """A page as the reader sanitizes it: the style sheets that stay, the elements of the text that do not, and the
    shapes of charts that have no colour of their own or from around them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.sheets: list[str] = []
        self.dropped: set[str] = set()
        self.shapes = 0
        self.unpainted: list[str] = []
        self._open: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "link" and SHEET.search(href := values.get("href") or ""):
            self.sheets.append(href)
        around = [*self._open, (tag, values)]
        if any(name == "article" for name, _ in around) and (tag in DROPPED or "-" in tag):
            self.dropped.add(tag)
        in_chart = any(name == "svg" and "pm-chart" in (found.get("class") or "") for name, found in around)
        if in_chart and tag in ("path", "rect", "circle", "line"):
            self.shapes += 1
            if not any(found.get("fill") or found.get("stroke") or found.get("opacity") == "0" for _, found in around):
                self.unpainted.append(self.get_starttag_text() or tag)
        if tag not in ("link", "meta", "img", "input", "br", "hr", "wbr", "col", "source", "area", "base", "embed"):
            self._open.append((tag, values))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        before = len(self._open)
        self.handle_starttag(tag, attrs)
        del self._open[before:]

    def handle_endtag(self, tag: str) -> None:
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index][0] == tag:
                del self._open[index:]
                return
