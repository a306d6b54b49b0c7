"""The settings as the command reads them: the plugin's block of `mkdocs.yml`, without MkDocs.

MkDocs itself hands its block to the plugin. Both must agree, so this follows MkDocs in what it accepts.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from postmortems.model.catalogue import Catalogue
from postmortems.read.catalogue import OPTION, read_catalogue
from postmortems.read.config_file import ProjectError, load_config
from postmortems.read.exclusions import NOTHING, ExclusionError, Exclusions
from postmortems.read.languages import choose
from postmortems.read.opening import open_regular, reason_of
from postmortems.read.site_options import UNKNOWN, SiteOptions, site_options
from postmortems.read.source_repositories import mount_sources
from postmortems.read.text import LARGEST
from postmortems.settings import Settings
from postmortems.settings.parsing import SettingProblem, parse_settings
from postmortems.text.spelling import listed

PLUGIN = "postmortems"
FILE_NAMES = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "properdocs.yaml")


@dataclass(frozen=True, slots=True)
class Project:
    """A knowledge base on disk: its configuration file, its docs folder, its settings and its services, if listed.

    `site_name`, `site_url`, `repo_url`, `directory_urls` and `exclusions` are MkDocs' own; the first three are empty
    where they are not set.
    """

    config: Path
    docs: Path
    settings: Settings
    catalogue: Catalogue | None = None
    site_name: str = ""
    site_url: str = ""
    repo_url: str = ""
    directory_urls: bool = True
    exclusions: Exclusions = NOTHING
    site: SiteOptions = UNKNOWN

    @property
    def baseline(self) -> Path | None:
        """The file of known findings that the settings name."""
        return self.config.parent / self.settings.baseline if self.settings.baseline else None


class NoConfigError(ProjectError):
    """No configuration file in a folder, above it or below it."""


def find_config(folder: Path) -> Path:
    """The configuration file in `folder` or the nearest folder above it.

    Raises NoConfigError if there is none, and ProjectError if those below the folder may be meant.
    """
    for place in (folder, *folder.parents):
        for name in FILE_NAMES:
            if (place / name).is_file():
                return place / name
    below = sorted(str(found.relative_to(folder)) for name in FILE_NAMES for found in folder.glob(f"*/{name}"))
    lacking = f"no mkdocs.yml in {folder} or above it: "
    if below:
        raise ProjectError(f"{lacking}{listed(below[:3])} below it can be used with --config")
    raise NoConfigError(f"{lacking}name it with --config, or run `postmortems init`")


def read_project(config: Path) -> Project:
    """The project that a configuration file describes; ProjectError where it cannot be used."""
    data = load_config(config)
    options = _plugin_options(data.get("plugins"), config)
    settings, problems = parse_settings(options)
    if problems:
        raise ProjectError(*setting_lines(config, problems))
    choose(settings.languages)
    docs_dir = data.get("docs_dir") or "docs"
    if not isinstance(docs_dir, str):
        raise ProjectError(f"{config}: docs_dir is not the name of a folder")
    docs = config.parent / docs_dir
    if not os.path.isdir(docs):  # noqa: PTH112 - pathlib raises where the name is too long
        raise ProjectError(f"{config}: the docs folder {docs} does not exist")
    catalogue, problems = open_catalogue(config.parent, settings)
    problems = (*problems, *mount_sources(config.parent, docs, settings))
    if problems:
        raise ProjectError(*setting_lines(config, problems))
    return Project(
        config,
        docs,
        settings,
        catalogue,
        site_name=_text(data.get("site_name")),
        site_url=_text(data.get("site_url")),
        repo_url=_text(data.get("repo_url")),
        directory_urls=data.get("use_directory_urls") is not False and not _is_offline(data.get("plugins")),
        exclusions=_exclusions(data, config),
        site=site_options(data, config, docs),
    )


def read_exclusions(config: str | None) -> Exclusions:
    """The exclusions of a configuration file; nothing where it cannot be read, which whoever uses it will say.

    The plugin asks, too: MkDocs keeps the patterns in a form of its own, and another plugin may have added to them.
    """
    try:
        return _exclusions(load_config(Path(config)), Path(config)) if config else NOTHING
    except ProjectError:
        return NOTHING


def read_site_options(config: str | None, docs: Path) -> SiteOptions:
    """The site options of a configuration file; nothing where it cannot be read."""
    try:
        return site_options(load_config(Path(config)), Path(config), docs) if config else UNKNOWN
    except ProjectError:
        return UNKNOWN


def _exclusions(data: Mapping[str, Any], config: Path) -> Exclusions:
    found = Exclusions.of_texts(data.get("exclude_docs"), data.get("draft_docs"))
    try:
        found.of(())
    except ExclusionError as error:
        raise ProjectError(f"{config}: exclude_docs or draft_docs: {error}") from None
    return found


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def open_catalogue(folder: Path, settings: Settings) -> tuple[Catalogue | None, tuple[SettingProblem, ...]]:
    """The catalogue of services that the settings name, relative to `folder`, and why it cannot be used."""
    if settings.services is None:
        return None, ()
    file = folder / settings.services
    try:
        with open_regular(file) as opened:
            data = opened.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        return None, (SettingProblem(OPTION, f'"{settings.services[:200]}" cannot be opened: {reason_of(error)}'),)
    return read_catalogue(settings.services, data)


def setting_lines(config: Path, problems: tuple[SettingProblem, ...]) -> list[str]:
    """Problems of settings as lines for a terminal."""
    return [f"{config}: plugins.{PLUGIN}.{problem.option}: {problem.message}" for problem in problems]


def _is_offline(plugins: object) -> bool:
    """True if Material's plugin for reading without a server is switched on: it makes addresses end in `.html`."""
    found = next((options for name, options in plugins_of(plugins) if str(name).rpartition("/")[2] == "offline"), False)
    return found is not False and not (isinstance(found, dict) and found.get("enabled") is False)


def plugins_of(plugins: object) -> Iterator[tuple[object, object]]:
    """The name of every plugin with its options, None where it has none."""
    if isinstance(plugins, dict):
        yield from plugins.items()
    elif isinstance(plugins, list):
        for plugin in plugins:
            yield from plugin.items() if isinstance(plugin, dict) else [(plugin, None)]


def _plugin_options(plugins: object, config: Path) -> Mapping[str, Any]:
    """The options of this plugin's block; empty where the plugin is switched on without any."""
    for name, options in plugins_of(plugins):
        if name == PLUGIN:
            if options is None:
                return {}
            if isinstance(options, dict):
                return options
            raise ProjectError(f"{config}: plugins.{PLUGIN}: has no options; indent them under it")
    raise ProjectError(f'{config}: the plugin "{PLUGIN}" is not in its plugins list; add it under `plugins:`')
