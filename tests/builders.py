"""Made-up incidents, as small as each test needs them, and what is made of them: a corpus, metrics, a site, files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.metrics import Metrics, metrics_of
from postmortems.model.action_item import ActionItem, ActionList, ActionState
from postmortems.model.corpus import Corpus
from postmortems.model.front_matter import FrontMatter
from postmortems.model.pattern import Pattern
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.model.section import Body
from postmortems.model.source import Source
from postmortems.read.body import read_body
from postmortems.render.base.addresses import Addresses
from postmortems.render.base.context import PageContext
from postmortems.render.data.data_context import DataContext
from postmortems.render.pages.site import Site
from postmortems.settings import Settings
from tests.collapsed import collapsed
from tests.conftest import BODY, POSTMORTEM

TODAY = date(2025, 12, 31)
BEGIN = datetime(2024, 2, 6, 14, 23, tzinfo=UTC)
_TIMELINE_DAY = "2026-03-02"  # the day of the shared body's timeline


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


def action_item(text: str = "x", state: ActionState = ActionState.OPEN, **values: Any) -> ActionItem:
    """An action item; `values` are its other fields."""
    return ActionItem(Place.at("x.md"), text, state, 1, 1, **values)


def with_items(items: str) -> str:
    """The sound postmortem with these action items in place of its own."""
    before, _, rest = POSTMORTEM.partition("## Action Items\n")
    return f"{before}## Action Items\n\n{items}\n## Lessons{rest.partition('## Lessons')[2]}"


def dated_incident(name: str, *items: ActionItem, day: str = "2025-12-01", **matter: Any) -> Postmortem:
    """An incident of which no more is known than its day, its action items and the given front matter."""
    given_matter = FrontMatter.model_validate({"date": day} | matter)
    bare = Postmortem(name, f"postmortems/{name}.md", given_matter, Body(1, ()))
    return replace(bare, actions=ActionList(items))


def pattern(name: str = "database-issues", family: str = "database", prose: str = "") -> Pattern:
    """A pattern with a page."""
    title = name.replace("-", " ").capitalize()
    return Pattern(name, f"patterns/{name}.md", title, family, read_body(Source("x.md", prose), {}))


def corpus(*members: Postmortem, patterns: tuple[Pattern, ...] = (), files: tuple[str, ...] = ()) -> Corpus:
    """A corpus in the order of its incidents."""
    return Corpus(tuple(sorted(members, key=lambda one: one.chronology)), patterns, frozenset(files))


def metrics(*members: Postmortem, patterns: tuple[str, ...] = (), today: date = TODAY, **options: Any) -> Metrics:
    """The metrics of some incidents on a day; `options` are those of the settings, `patterns` have a page."""
    made = corpus(*members, patterns=tuple(pattern(name) for name in patterns))
    return Analysis(made, Settings.model_validate(options), today).once(metrics_of)


def site(*members: Postmortem, patterns: tuple[Pattern, ...] = (), files: tuple[str, ...] = (), **options: Any) -> Site:
    """A site of some incidents; `options` are those of the settings."""
    settings = Settings.model_validate(options)
    made = corpus(*members, patterns=patterns, files=files)
    return Site(made, Analysis(made, settings, TODAY), settings, TODAY, directory_urls=True)


def page_context(*members: Postmortem, patterns: tuple[Pattern, ...] = (), **options: Any) -> PageContext:
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
    seen = page_context(*members, patterns=patterns, **options)
    return DataContext(replace(seen, addresses=Addresses(directory_urls)), "Knowledge & base", site_url)


def html(of: Site, source: str, root: str = "../") -> str:
    """Both generated parts of a page, without the blanks that a browser does not show."""
    page = of.page(source, root)
    assert page is not None
    return collapsed(page.before + page.after)


@dataclass(frozen=True)
class IncidentFile:
    """A whole postmortem as a file; `detected` and `resolved` are minutes after `at`, the other fields front matter."""

    name: str
    at: str
    severity: str = "SEV2"
    title: str = ""
    services: tuple[str, ...] = ("checkout",)
    owner: str = "Payments"
    patterns: tuple[str, ...] = ("database-issues",)
    status: str = "published"
    kind: str = "incident"
    root_cause: str = "unknown"
    detected: int | None = 3
    resolved: int | None = 60

    def write(self, docs: Path) -> None:
        """Its file below the docs folder."""
        start = datetime.fromisoformat(self.at)
        after = {
            key: "unknown" if minutes is None else (start + timedelta(minutes=minutes)).isoformat()
            for key, minutes in (
                ("detected_at", self.detected),
                ("mitigated_at", self.resolved),
                ("resolved_at", self.resolved),
            )
        }
        matter: dict[str, Any] = {
            "title": self.title or f"Outage {self.name}",
            "status": self.status,
            "kind": self.kind,
            "severity": self.severity,
            "services": list(self.services),
            "owner": self.owner,
            "started_at": start.isoformat(),
            **after,
            "root_cause": self.root_cause,
            "patterns": list(self.patterns),
            "published_on": (start + timedelta(days=60)).date().isoformat(),
        }
        front = yaml.safe_dump({key: str(value) if key.endswith("_at") else value for key, value in matter.items()})
        file = docs / "postmortems" / f"{start:%Y}" / f"{start:%m%d}-{self.name}" / "postmortem.md"
        file.parent.mkdir(parents=True)
        file.write_text(f"---\n{front}---\n{BODY.replace(_TIMELINE_DAY, f'{start:%Y-%m-%d}')}", "utf-8")
