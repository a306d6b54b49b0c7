"""Incidents and sites for the tests of pages and pictures, as small as each test needs them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from postmortems.analyse.analysis import Analysis
from postmortems.model.action_item import ActionItem, ActionList, ActionState
from postmortems.model.corpus import Corpus
from postmortems.model.front_matter import FrontMatter
from postmortems.model.pattern import Pattern
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.model.source import Source
from postmortems.read.body import read_body
from postmortems.render.base.addresses import Addresses
from postmortems.render.base.context import PageContext
from postmortems.render.data.data_context import DataContext
from postmortems.render.pages.site import Site
from postmortems.settings import Settings

TODAY = date(2025, 12, 31)
BEGIN = datetime(2024, 2, 6, 14, 23, tzinfo=UTC)


def incident(
    name: str,
    start: datetime | None = BEGIN,
    *,
    detected: float | None = 3,
    mitigated: float | None = None,
    resolved: float | None = 60,
    open_actions: int = 0,
    body: str = "",
    **matter: Any,
) -> Postmortem:
    """An incident that began at `start` and was noticed, mitigated and resolved so many minutes later."""
    values: dict[str, Any] = {"title": f"Outage {name}", "severity": "SEV1", "status": "published"}
    if start:
        values["started_at"] = start.isoformat()
        for key, minutes in (("detected_at", detected), ("mitigated_at", mitigated), ("resolved_at", resolved)):
            if minutes is not None:
                values[key] = (start + timedelta(minutes=minutes)).isoformat()
    items = tuple(
        ActionItem(Place.at("x.md"), f"Promise **{number}** of {name}", ActionState.OPEN, 1, 1)
        for number in range(open_actions)
    )
    return Postmortem(
        id=f"{start.year if start else 2024}/{name}",
        path=f"postmortems/{start.year if start else 2024}/{name}/postmortem.md",
        front_matter=FrontMatter.model_validate(values | matter),
        body=read_body(Source("x.md", body), {}),
        actions=ActionList(items),
    )


def pattern(name: str = "database-issues", family: str = "database", prose: str = "") -> Pattern:
    """A pattern with a page."""
    title = name.replace("-", " ").capitalize()
    return Pattern(name, f"patterns/{name}.md", title, family, read_body(Source("x.md", prose), {}))


def corpus(*members: Postmortem, patterns: tuple[Pattern, ...] = (), files: tuple[str, ...] = ()) -> Corpus:
    """A corpus in the order of its incidents."""
    return Corpus(tuple(sorted(members, key=lambda one: one.chronology)), patterns, frozenset(files))


def site(*members: Postmortem, patterns: tuple[Pattern, ...] = (), files: tuple[str, ...] = (), **options: Any) -> Site:
    """A site of some incidents; `options` are those of the settings."""
    settings = Settings.model_validate(options)
    made = corpus(*members, patterns=patterns, files=files)
    return Site(made, Analysis(made, settings, TODAY), settings, TODAY, directory_urls=True)


def surroundings(*members: Postmortem, patterns: tuple[Pattern, ...] = (), **options: Any) -> PageContext:
    """What a page of some incidents may look at, seen from one folder below the root."""
    settings = Settings.model_validate(options)
    made = corpus(*members, patterns=patterns)
    return PageContext(made, Analysis(made, settings, TODAY), settings, Addresses(True, "../"))


def data_context(
    *members: Postmortem,
    patterns: tuple[Pattern, ...] = (),
    site_url: str = "",
    directory_urls: bool = True,
    **options: Any,
) -> DataContext:
    """What the data files of some incidents are made from."""
    seen = surroundings(*members, patterns=patterns, **options)
    return DataContext(replace(seen, addresses=Addresses(directory_urls)), "Knowledge & base", site_url)


def html(of: Site, source: str, root: str = "../") -> str:
    """Both generated parts of a page."""
    page = of.page(source, root)
    assert page is not None
    return page.before + page.after
