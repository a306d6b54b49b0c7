"""The plan for a folder that has a `mkdocs.yml`: this plugin, its documents, and a place in the navigation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from postmortems.model.language import Language
from postmortems.read.pattern import FOLDER as PATTERNS
from postmortems.read.settings_file import PLUGIN, plugins_of
from postmortems.read.templates import NEAR_MISS_TEMPLATE, TEMPLATE
from postmortems.settings.parsing import parse_settings
from postmortems.start.ci_files import ci_files
from postmortems.start.plan import REQUIREMENTS, PlannedFile, ReadFile, StartPlan, StartValues, add_docs, languages_of
from postmortems.start.scaffold import shared_docs
from postmortems.start.site_config import SiteConfigError, with_plugin

_LISTS = ("patterns", "services", "actions", "metrics")
_TEMPLATES = (TEMPLATE, NEAR_MISS_TEMPLATE, "templates/incident-response-checklist.md")
_OTHER_THEMES = ("mkdocs", "readthedocs")


@dataclass(frozen=True, slots=True)
class ExistingSite:
    """A site before the plugin is part of it.

    `config` is the name of its file, `text` what that says, `merged` its values with those that it inherits; `docs` is
    its docs folder as it names it, and `documents` are the paths of the Markdown files there.
    """

    config: str
    text: str
    merged: Mapping[str, Any]
    docs: str
    documents: tuple[str, ...]


def into_site(site: ExistingSite, values: StartValues, read: ReadFile) -> StartPlan:
    """The plan for a site, whose configuration is written last. Raises SiteConfigError where there can be none."""
    plugins = dict(plugins_of(site.merged.get("plugins")))
    options = plugins.get(PLUGIN)
    settings, problems = parse_settings(options if isinstance(options, dict) else {})
    if problems:
        raise SiteConfigError(f"plugins.{PLUGIN}.{problems[0].option}: {problems[0].message}")
    _refuse_theme(site.merged.get("theme"), plugins)
    patterns = [path for path in site.documents if path.startswith(f"{PATTERNS}/") and path not in shared_docs()]
    if patterns and PLUGIN not in plugins:
        raise SiteConfigError(
            f"{site.docs}/{PATTERNS}/ has other pages, such as {patterns[0]}, which would be read as patterns of"
            " incidents; move them, then run this again"
        )
    language = _language(values.language, settings.languages if PLUGIN in plugins else ())
    plan = StartPlan()
    has_postmortems = any(path.startswith(f"{settings.folder}/") for path in site.documents)
    add_docs(
        plan, site.docs, settings.folder, list(settings.severities)[-1], language, values.now, has_postmortems, read,
        with_patterns=not patterns,
    )  # fmt: skip
    for path, text in ci_files(values.forge, values.below).items():
        plan.add(path, text, read)
    if read(REQUIREMENTS) is not None:
        plan.add(REQUIREMENTS, values.requirement.line + "\n", read)
    pages = [f"{settings.folder}/index.md", *(f"{name}/index.md" for name in _LISTS), *_TEMPLATES]
    edited = with_plugin(
        site.text, site.merged, pages, languages_of(language) if language is not Language.ENGLISH else ()
    )
    before, after = site.text.encode("utf-8"), edited.encode("utf-8")
    if before == after:
        plan.there.append(site.config)
    else:
        plan.files.append(PlannedFile(site.config, before, after))
    return plan


def _language(asked: Language | None, languages: tuple[Language, ...]) -> Language:
    """The language of the template: the first of those that the settings name, where they are there already."""
    if not languages:
        return asked or Language.ENGLISH
    if asked in (None, languages[0]):
        return languages[0]
    wanted = ", ".join(dict.fromkeys((str(asked), *languages)))
    raise SiteConfigError(
        f"plugins.{PLUGIN}.languages: begins with {languages[0]}, which is the language of the site's own template;"
        f" write [{wanted}], then run this again"
    )


def _refuse_theme(theme: object, plugins: Mapping[object, object]) -> None:
    """Refuse a theme that is known not to be Material; of others the build says whether they are built on it."""
    name = theme.get("name") if isinstance(theme, dict) else theme
    if isinstance(theme, dict) and name is None and theme.get("custom_dir"):
        return
    if (name is None and "techdocs-core" not in plugins) or name in _OTHER_THEMES:
        named = f'the theme "{name or "mkdocs"}"' + ("" if name else ", the default of MkDocs,")
        raise SiteConfigError(
            f"{named} is not built on Material for MkDocs, which the pages need; set `theme: {{name: material}}`,"
            " then run this again"
        )
