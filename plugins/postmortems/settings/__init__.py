"""The settings: the one declaration of every option, its type, its default and what it means.

They are in the plugin's block of `mkdocs.yml`. The guide's settings page is made from this declaration.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ByteSize, ConfigDict, Field

from postmortems.model.action_item import ActionState, Horizon
from postmortems.model.column import Column
from postmortems.model.docs_folder import FilePatterns, PostmortemsFolder
from postmortems.model.duration import Duration
from postmortems.model.front_matter import IncidentKind
from postmortems.model.language import Language
from postmortems.model.personal_data import PersonalData
from postmortems.model.source_repository import OtherSources, SourceList
from postmortems.settings.option_types import (
    DEFAULT,
    RuleLevels,
    by_severity,
    file_size,
    inside_docs,
    language_codes,
    one_of,
    severity_names,
    severity_scale,
    zone_name,
)

REQUIRED_SECTIONS = (
    "Executive Summary",
    "Timeline",
    "Root Cause Analysis",
    "Primary Cause",
    "Contributing Factors",
    "Impact Assessment",
    "Response Evaluation",
    "What Went Well",
    "Areas for Improvement",
    "Action Items",
)

PUBLISH_WITHIN = timedelta(days=14)


class Completeness(StrEnum):
    """Completeness of the postmortems, taken together."""

    COMPLETE = "complete"
    SAMPLE = "sample"


class SearchEngine(StrEnum):
    """Program that makes the index of the site's search."""

    PAGEFIND = "pagefind"
    MATERIAL = "material"


class DateOrder(StrEnum):
    """Order in which `04-03-2026` is read."""

    ISO = "iso"
    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


class Settings(BaseModel):
    """All options of the plugin. Each has a default, so an empty block is a valid one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    enabled: bool = Field(True, description="Whether the plugin runs.")
    folder: PostmortemsFolder = Field(
        "postmortems",
        description="The postmortems' folder in the docs folder. Their pages' URLs start with it.",
    )
    ignore: FilePatterns = Field(
        (),
        description="Files below the docs folder that are neither a postmortem nor a pattern, and stay ordinary pages:"
        " patterns like those of a `.gitignore`: `pir-template.md` anywhere, `archive/` with all that is in it,"
        " `postmortems/2019/**/draft-*.md`.",
    )
    sources: SourceList = Field(
        (),
        description="Other repositories whose postmortems this site shows: a list of mappings with `folder`, the"
        " docs folder of a submodule or a checkout, relative to `mkdocs.yml`, and `name`, with which the ids of its"
        " postmortems begin; with `postmortems`, where their folder is not called as here, and `url`, where the rest"
        " of its docs folder can be read, such as `https://git.example/payments/blob/main/docs/`.",
    )
    other_sources: OtherSources = Field(
        (),
        description="Names of other repositories that share a site with this one, for the check of this one"
        " alone: an id that begins with one, such as `checkout/2026/03-slow`, is looked up where that site is built.",
    )
    severities: Annotated[dict[str, str], BeforeValidator(severity_scale)] = Field(
        {
            "SEV1": "most users lost the main function for hours, or data was lost or money destroyed",
            "SEV2": "a main function for many users, or everything for less than an hour",
            "SEV3": "part of a product or of the users",
            "SEV4": "few users affected",
        },
        min_length=1,
        description="The severity scale, worst first: each name with what it means, or a plain list of names.",
    )
    detection_targets: dict[str, Duration] = Field(
        {"SEV1": timedelta(minutes=5), "SEV2": timedelta(minutes=15), "SEV3": timedelta(hours=1)},
        description="Target time to detect for each severity. A severity left out has no target.",
    )
    publish_within: Annotated[dict[str, Duration], BeforeValidator(by_severity)] = Field(
        {DEFAULT: PUBLISH_WITHIN},
        description="Time allowed from resolution to publishing the postmortem: a duration, or a"
        " duration for each severity and `default`.",
    )
    postmortem_required: Annotated[tuple[str, ...] | None, BeforeValidator(severity_names)] = Field(
        None,
        description="Severities that need a postmortem, such as `[SEV1, SEV2]`. Default: all.",
    )
    services: Annotated[str | None, BeforeValidator(inside_docs)] = Field(
        None,
        description="A YAML file with the catalogue of services, relative to `mkdocs.yml`: names, mappings with `name`,"
        " or a mapping from names to details (`aliases`, `owner`, `description`), alone or below a key `services`."
        " A service in front matter that it does not list is then an error.",
    )
    sections: Annotated[dict[str, tuple[str, ...]], BeforeValidator(by_severity)] = Field(
        {DEFAULT: REQUIRED_SECTIONS},
        description="The sections that a postmortem must have: a list, or a list for each severity and `default`, for"
        " `near-miss` and for `drill`. A near miss needs three if it has no list of its own: Executive Summary, What"
        " Saved Us and Action Items, or all those of its severity.",
    )
    synonyms: dict[str, str] = Field(
        {},
        description="Further headings that count as one of the sections, such as `Summary of events: Timeline`.",
    )
    languages: Annotated[
        tuple[Annotated[Language, one_of(Language, "language")], ...], BeforeValidator(language_codes)
    ] = Field(
        (Language.ENGLISH,),
        description="The languages of the documents, the first one first: `en`, `de`, `fr`, `es`, `pt`, `it`, `nb`,"
        " `sv`, `nl`, `pl`, `ja`, `zh`, `ko`. Their headings, columns, states, months and words for times are then"
        " read; those of English always are. `postmortems new` takes the template in the first one.",
    )
    columns: dict[str, Annotated[Column, one_of(Column, "column")]] = Field(
        {},
        description="A team's own words for the columns of its tables, such as `Verantwortlich: owner`. Of action"
        " items: `action`, `owner`, `due`, `state`, `is_done` (a column to tick), `ticket`, `kind` and `done` (the day"
        " of closing); of timelines: `time`, `event`, `action` (the action taken), `actor`, `phase` and `link`.",
    )
    states: dict[str, Annotated[ActionState, one_of(ActionState, "state")]] = Field(
        {},
        description="A team's own words and marks for the state of an action item, such as `Superseded: dropped` or"
        ' `"[~]": dropped`: `done`, `open`, `dropped`, or `unknown`.',
    )
    time_zone: Annotated[str, BeforeValidator(zone_name)] = Field(
        "UTC", description="Time zone of timelines that state none."
    )
    date_order: DateOrder = Field(
        DateOrder.ISO,
        description="How an ambiguous date such as `04-03-2026` in a timeline is read; `iso` reports it as an error.",
    )
    horizons: dict[Horizon, Duration] = Field(
        {
            Horizon.IMMEDIATE: timedelta(days=7),
            Horizon.SHORT_TERM: timedelta(days=30),
            Horizon.LONG_TERM: timedelta(days=90),
        },
        description="Due dates for action items without one, counted from publication, by heading.",
    )
    repeat_window: Duration = Field(
        timedelta(days=180), description="Longest time between two similar incidents to suspect a repeat."
    )
    largest_artifact: Annotated[ByteSize, BeforeValidator(file_size)] = Field(
        ByteSize(1024 * 1024), description="Largest file allowed beside a postmortem, such as `500kB` or `2MB`."
    )
    levels: dict[str, RuleLevels] = Field(
        {},
        description="The level of a rule, by its name or code: `error`, `warning`, `info` or `off`; or one for each"
        " status, severity and `default`, such as `single-cause: {default: warning, SEV1: error, draft: off}`.",
    )
    baseline: Annotated[str | None, BeforeValidator(inside_docs)] = Field(
        None,
        description="A file of known findings to ignore, relative to `mkdocs.yml`; "
        "`postmortems check --baseline FILE --write-baseline` makes one.",
    )
    active_html: bool = Field(
        False,
        description="Keep HTML that runs, loads or sends something: scripts, frames, forms, handlers."
        " Only if everyone who can change a file below the docs folder may run code for all who read the site.",
    )
    search: SearchEngine = Field(
        SearchEngine.PAGEFIND,
        description="The index behind the search page. `pagefind` needs its binary, which is installed with this"
        " package where there is one for the machine, and loads little at any size; without it, and with `material`,"
        " the page reads the index of Material's `search` plugin, which is loaded whole.",
    )
    history: bool = Field(
        True,
        description="Whether git's history is read: when postmortems were published, how long their review took, which"
        " due dates were moved and which action items were reopened. Never of a sample.",
    )
    incremental: bool = Field(
        True,
        description="Make only what has changed since the last build, and take the rest from the user's cache folder."
        " The site is the same as that of a whole build. In CI (where `CI` is set) this needs `POSTMORTEMS_CACHE`, a"
        " folder that jobs keep: without it nothing is there for the next build, and everything is made. Beside a"
        " plugin that takes part in reading or writing pages, more is made again.",
    )
    families: tuple[str, ...] = Field(
        ("database", "deployment", "configuration", "network", "capacity", "dependency", "monitoring", "security"),
        max_length=8,
        description="The families of patterns; the order sets each family's shape and colour.",
    )
    personal_data: PersonalData = Field(
        PersonalData(),
        description="What counts as personal data: `identifiers` are regular expressions for the numbers of customers,"
        r" such as `CUST-\d{6}`; `allow` lets values through, with `*` for any characters, such as"
        " `'*@status.example'`; with `phone_region`, such as `GB`, telephone numbers of that country are also found"
        " without their country code.",
    )
    corpus: Completeness = Field(
        Completeness.COMPLETE,
        description="`complete`, or `sample` if frequencies and completion should not be calculated.",
    )

    def required_sections(self, severity: str | None, kind: IncidentKind = IncidentKind.INCIDENT) -> tuple[str, ...]:
        """The canonical names of the sections that a postmortem of this kind and severity must have."""
        default = self.sections.get(DEFAULT, REQUIRED_SECTIONS)
        return self.sections.get(kind, self.sections.get(severity or "", default))

    def time_to_publish(self, severity: str | None) -> timedelta:
        """Time until the postmortem of an incident of this severity is due, counted from its end."""
        return self.publish_within.get(severity or "", self.publish_within.get(DEFAULT, PUBLISH_WITHIN))

    def requires_postmortem(self, severity: str | None) -> bool:
        """True if an incident of this severity needs a postmortem; one of unknown severity does."""
        required = self.postmortem_required
        return required is None or severity in required or severity not in self.severities
