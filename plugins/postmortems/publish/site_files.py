"""Files of the site: pages, assets and data beside the authors' own, and the place of each."""

from __future__ import annotations

from collections.abc import Iterable, Set
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from zlib import crc32

from mkdocs.structure.files import InclusionLevel

from postmortems import render
from postmortems.model.corpus import Corpus
from postmortems.model.docs_folder import SCRIPT_FOLDERS
from postmortems.model.source import Source
from postmortems.model.survey import is_survey
from postmortems.publish import host
from postmortems.publish.generated_file import GeneratedFile
from postmortems.publish.page_meta import with_meta
from postmortems.publish.source_folder import SourceFolder
from postmortems.read.front_matter import split_front_matter
from postmortems.read.mounts import place_of
from postmortems.read.opening import open_inside
from postmortems.render.base.page import Page
from postmortems.render.base.stylesheet import style_sheet
from postmortems.render.pages import agenda_sheet, search_page, template_page
from postmortems.render.pages.compare_page import COMPARE
from postmortems.render.pages.index_list import PICTURE_SCRIPT, RESULTS, SCRIPT
from postmortems.render.pages.metrics.filters import SCRIPT as METRICS
from postmortems.render.pages.pattern_page import COPY
from postmortems.render.pages.services_page import FIND
from postmortems.render.pages.site import Site
from postmortems.text.slug import composed

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.nav import Navigation


_ASSETS = Path(render.__file__).parent / "assets"
# Backstage drops every style sheet whose name does not end like those of Material: main, eight hexadecimal digits, min.
STYLESHEET = f"assets/postmortems/postmortems.main.{crc32(style_sheet().encode()):08x}.min.css"
INSTANT = "assets/postmortems/instant.js"
BUTTON_LABELS = "assets/postmortems/button_labels.js"
TOOLTIPS = "assets/postmortems/tooltips.js"
PALETTE_KEY = "assets/postmortems/palette_key.js"
PALETTE = "assets/postmortems/palette.js"
"""The palette, which PALETTE_KEY loads when a reader asks for it."""

_SCRIPTS = {
    uri: _ASSETS / Path(uri).name
    for uri in (
        PICTURE_SCRIPT,
        SCRIPT,
        RESULTS,
        FIND,
        METRICS,
        COPY,
        COMPARE,
        TOOLTIPS,
        PALETTE_KEY,
        PALETTE,
        BUTTON_LABELS,
        search_page.SCRIPT,
        *search_page.MODULES,
        INSTANT,
    )
}


def load_assets(config: MkDocsConfig) -> None:
    """Let the theme load our frame and our style sheet, and our scripts where it needs them."""
    host.add_theme(config)
    host.fix_instant_svg(config, INSTANT)
    host.add_styles(config, STYLESHEET)
    host.load_scripts(config, (TOOLTIPS, PALETTE_KEY))
    host.label_code_buttons(config, BUTTON_LABELS)


def add_sources(files: Files, config: MkDocsConfig, corpus: Corpus, docs: Path) -> None:
    """Add what is taken from sources, which lie outside the docs folder; their registers are only read."""
    if corpus.sources:
        for path in sorted(corpus.files - corpus.register_paths):
            if corpus.sources.source_of(path):
                host.add_authored(config, files, path, str(place_of(docs, path)))


def admit(files: Files, config: MkDocsConfig, corpus: Corpus) -> set[str]:
    """Take out what must not be published, and take in the templates, which MkDocs leaves out.

    Gives the sources that were taken out: the user has not left them out.
    """
    dropped = _drop_unread(files, corpus)
    if any(uri.casefold().startswith(SCRIPT_FOLDERS) for uri in dropped):
        # In place of one of these the theme gets its own back, which MkDocs had left out.
        files.add_files_from_theme(config.theme.get_env(), config)
    for path in corpus.register_paths:
        if register := files.get_file_from_path(path):
            # It is what figures are made from, and may name incidents that nobody has told the reader about.
            register.inclusion = InclusionLevel.EXCLUDED
    for file in templates(files, config):
        if file.inclusion.is_excluded():
            file.inclusion = InclusionLevel.INCLUDED
    surveys = {path for path in corpus.files if is_survey(path)}
    for path in surveys:
        # A team's own answers may be few; pages show those of all teams together.
        if survey := files.get_file_from_path(path):
            survey.inclusion = InclusionLevel.EXCLUDED
    return {*dropped, *surveys, *corpus.register_paths}


def place(files: Files, config: MkDocsConfig, corpus: Corpus) -> None:
    """Set the addresses of postmortems, and keep what lies beside them out of the sidebar. Patterns are in it where
    MkDocs makes the navigation; in one of the user's, the page that lists them is enough."""
    folder = corpus.folder
    for postmortem in corpus.postmortems:
        if file := files.get_file_from_path(postmortem.path):
            file.dest_uri = f"{folder}/{postmortem.id}/index.html"
    for pattern in corpus.patterns:
        if file := files.get_file_from_path(pattern.path):
            # As the links to it are made of its id.
            file.dest_uri = composed(file.dest_uri)
            if config.nav is not None and file.inclusion.is_included():
                file.inclusion = InclusionLevel.NOT_IN_NAV
    for file in files.documentation_pages():
        inside = file.src_uri.startswith(f"{folder}/") and file.src_uri != f"{folder}/index.md"
        if inside and file.inclusion.is_included():
            file.inclusion = InclusionLevel.NOT_IN_NAV


def add(
    files: Files, config: MkDocsConfig, site: Site, data: Set[str], folder: SourceFolder, inside: Set[str]
) -> dict[str, GeneratedFile]:
    """Add the generated pages, the assets and the files for machines (`data`), save where an author has a file.

    `inside` are the sources that the site is made of. The files for machines that were added are returned: they are
    still empty, since nobody reads them before all pages are.
    """
    included = InclusionLevel.INCLUDED
    for uri, page in site.pages.items():
        if uri not in inside:
            meta = {"title": page.nav_title or page.title} | ({} if page.in_search else {"search": {"exclude": True}})
            level = host.level_of_page(config, uri, in_nav=config.nav is None and page.in_nav)
            make = partial(str, page.text) if page.text else partial(with_meta, meta, "")
            host.put(files, GeneratedFile.of(config, uri, make, folder, level))
    for uri, source in _SCRIPTS.items():
        if uri not in inside:
            host.add_asset(config, files, uri, str(source))
    for uri, style in ((STYLESHEET, style_sheet()), (agenda_sheet.STYLESHEET, agenda_sheet.STYLE)):
        if uri not in inside:
            host.put(files, GeneratedFile.of(config, uri, partial(str, style), folder, included))
    added = {uri: GeneratedFile.of(config, uri, str, folder, included) for uri in data if uri not in inside}
    for file in added.values():
        host.put(files, file)
    return added


def remove(files: Files, uris: Iterable[str]) -> None:
    """Remove those of these files that we have made."""
    for uri in uris:
        if (file := files.get_file_from_path(uri)) is not None and file.generated_by == host.NAME:
            files.remove(file)


def take_out(files: Files, corpus: Corpus) -> list[File]:
    """Take out the pages that do not lie in the docs folder; those of sources are handed back, to be added again."""
    pages = files.documentation_pages()
    remove(files, [file.src_uri for file in pages])
    return [file for file in pages if corpus.sources.source_of(file.src_uri)]


def missing_in(nav: Navigation, files: Files, config: MkDocsConfig, site: Site) -> list[str]:
    """The lines that a navigation lacks so that readers find the pages that list others."""
    listed = {page.file.src_uri for page in nav.pages}
    lines = []
    for page in site.pages.values():
        if not (page.in_nav and page.make and page.folder):
            continue
        there = [uri for name in ("index.md", "README.md") if files.get_file_from_path(uri := f"{page.folder}{name}")]
        meant = config.not_in_nav is not None and any(map(config.not_in_nav.match_file, there))
        if there and not meant and listed.isdisjoint(there):
            lines.append(f"- {page.nav_title or page.title}: {there[0]}")
    return lines


def templates(files: Files, config: MkDocsConfig) -> list[File]:
    """The files of the folder `templates/`. MkDocs leaves it out of a site; here it is a part of it, unless the user
    says no."""
    excluded = config.exclude_docs
    inside = [file for file in files if file.src_uri.startswith(template_page.FOLDER)]
    return [file for file in inside if not (excluded and excluded.match_file(file.src_uri))]


def put_back(files: Files, taken_out: list[File]) -> None:
    """Add the pages again that `take_out` has handed back."""
    for file in taken_out:
        files.append(file)
    taken_out.clear()


def read_template(docs: Path, uri: str) -> tuple[str, Page]:
    """The Markdown of a template's page, and what is generated on it."""
    data, _ = open_inside(docs, uri)  # What is wrong with the template is among the findings.
    text = data.decode("utf-8-sig", "replace")
    read = split_front_matter(Source(uri, text.replace("\r\n", "\n")))
    title = read.values.get("title")
    return template_page.template_page(uri, text, title if isinstance(title, str) else None, read.body.text)


def unread(corpus: Corpus) -> set[str]:
    """The paths of what may not be published, though it lies in the docs folder.

    MkDocs follows links out of the docs folder and would publish what is there, and gives up at a file that it cannot
    open. Of a postmortem or pattern it gets our reading. What a browser would run is no part of a site.
    """
    found = {problem.place.path for problem in corpus.problems if problem.rule == "unreadable-file"}
    # A link that leads out is no file of the docs folder; a text may lead out, too.
    outside = {problem.place.path for problem in corpus.problems if problem.rule == "path-leaves-the-folder"}
    found |= outside - corpus.files
    # What a browser would run, whatever the level of the rule that says so.
    found |= {
        problem.place.path for problem in corpus.problems if problem.rule == "active-artifact" and problem.level is None
    }
    return found - {*corpus.by_path, *(pattern.path for pattern in corpus.patterns)}


def _drop_unread(files: Files, corpus: Corpus) -> list[str]:
    paths = unread(corpus)
    dropped = [file for file in files if _is_below(file.src_uri, paths)]
    for file in dropped:
        files.remove(file)
    return [file.src_uri for file in dropped]


def _is_below(uri: str, paths: set[str]) -> bool:
    """True if a file is one of these paths, or lies below one."""
    return uri in paths or any(str(folder) in paths for folder in PurePosixPath(uri).parents)
