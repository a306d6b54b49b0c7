"""`/data/index.json`: every postmortem in some fifty compressed bytes, for assistants and other programs.

Names that many postmortems share are written once, in lists; a row holds their places in them, counted from 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, NamedTuple

from pydantic import Field

from postmortems.analyse.services import Service
from postmortems.model.dated_action import DatedAction
from postmortems.model.front_matter import IncidentKind, Status
from postmortems.model.postmortem import Postmortem
from postmortems.render.base.action_ids import action_name
from postmortems.render.base.context import PageContext
from postmortems.render.data.data_context import DataContext
from postmortems.render.data.head import Head, head
from postmortems.render.data.json_text import Count, Day, Seconds, json_document, one_of
from postmortems.render.words.incident import clipped
from postmortems.render.words.plain import LONGEST_SENTENCE, plain_words
from postmortems.text.slug import slug

FILE = "data/index.json"
SCHEMA = "schema/index.schema.json"

Place = Annotated[int, Field(ge=0)]


class Row(NamedTuple):
    """One postmortem, as an array in the order of `fields`.

    What is no place in a list is that of the postmortem's record, by the same name.
    """

    id: Annotated[str, Field(description="Its folder below `postmortems/`, such as `2018/01-github-mysql-split`")]
    title: Annotated[str, Field(description="What happened, in one line")]
    day: Annotated[Day | None, Field(description="Day of the incident in UTC; null is unknown")]
    severity: Annotated[Place | None, Field(description="Place in `severities`")]
    status: Annotated[Place | None, Field(description="Place in `statuses`")]
    kind: Annotated[Place, Field(description="Place in `kinds`")]
    services: Annotated[tuple[Place, ...], Field(description="Places in `services`, each once")]
    owner: Annotated[Place | None, Field(description="Place in `owners`")]
    patterns: Annotated[tuple[Place, ...], Field(description="Places in `patterns`, each once, in the author's order")]
    root_cause: Annotated[Place | None, Field(description="Place in `root_causes`; null is unknown")]
    trigger: Annotated[str | None, Field(description="What triggered it")]
    to_detect_seconds: Annotated[Seconds | None, Field(description="Seconds from start to detection; null is unknown")]
    to_mitigate_seconds: Annotated[
        Seconds | None, Field(description="Seconds from start to mitigation; null is unknown")
    ]
    to_recover_seconds: Annotated[
        Seconds | None, Field(description="Seconds from start to resolution; null is unknown")
    ]
    target_seconds: Annotated[Seconds | None, Field(description="Detection target in seconds; null if there is none")]
    open_actions: Annotated[Count, Field(description="Number of open action items, including overdue ones")]
    overdue_actions: Annotated[Count, Field(description="Number of overdue action items")]
    summary: Annotated[
        str | None, Field(description="First sentence of the executive summary, in plain words, of 200 letters at most")
    ]
    actions: Annotated[Count, Field(description="Number of action items")]
    unknown_actions: Annotated[Count, Field(description="Number of action items with unknown status")]


class NamedService(NamedTuple):
    """A service, as an array of two."""

    slug: Annotated[str, Field(description="Its name in addresses: `services/<slug>/`")]
    name: Annotated[str, Field(description="Its most frequent spelling")]


class NamedPattern(NamedTuple):
    """A pattern, as an array of three."""

    id: Annotated[str, Field(description="Its name in addresses: `patterns/<id>/`")]
    title: Annotated[str, Field(description="The title of its page; its id where it has none")]
    family: Annotated[Place | None, Field(description="Place in `families`; null where it has no page")]


class OpenAction(NamedTuple):
    """An open action item of an incident, as an array of four; the overdue ones come first."""

    postmortem: Annotated[Place, Field(description="Place of its postmortem in `postmortems`")]
    id: Annotated[str, Field(description="Its id in `actions.json`; on the postmortem's page it is at `#a-<id>`")]
    text: Annotated[str, Field(description="What was promised, in plain words, of 200 letters at most")]
    owner: Annotated[str | None, Field(description="Who can be asked")]


class IndexHead(Head):
    """All that is in the file but the rows."""

    address: Annotated[
        str,
        Field(description="URL of a postmortem's page, relative to the site root; `{id}` is its id, percent-encoded"),
    ]
    fields: Annotated[list[str], Field(description="The names of a row's values, in their order")]
    severities: Annotated[list[str], Field(description="The severity scale, worst first")]
    statuses: Annotated[list[Annotated[str, one_of(Status)]], Field(description="The statuses of a document")]
    kinds: Annotated[
        list[Annotated[str, one_of(IncidentKind)]],
        Field(description="What a postmortem is about; figures count only incidents"),
    ]
    families: Annotated[list[str], Field(description="The families of patterns, in the settings' order")]
    patterns: Annotated[list[NamedPattern], Field(description="The patterns that have a page or are named")]
    services: Annotated[list[NamedService], Field(description="The services, by slug")]
    owners: Annotated[list[str], Field(description="Owners of postmortems")]
    root_causes: Annotated[list[str], Field(description="The labels of root causes")]
    open_actions: Annotated[
        list[OpenAction], Field(description="The open action items of incidents, overdue ones first")
    ]


class Index(IndexHead):
    """The compact index: what lists and filters need to know of every postmortem."""

    postmortems: Annotated[list[Row], Field(description="One row per postmortem, newest first, undated last")]


def index_json(data_context: DataContext) -> str:
    """The text of the file; costs what the postmortems hold."""
    analysis = data_context.pages.analysis
    rest = analysis.occurrences, analysis.services, analysis.board.open
    return index_document(f"../{SCHEMA}", data_context, analysis.postmortems[::-1], *rest)


def index_document(
    schema: str,
    data_context: DataContext,
    newest_first: Sequence[Postmortem],
    pattern_names: Iterable[str],
    named_services: Mapping[str, Service],
    actions: Iterable[DatedAction],
) -> str:
    """The index of some postmortems; the patterns, services and open action items are at least those of them."""
    context = data_context.pages
    settings, analysis = context.settings, context.analysis
    severities = _places(settings.severities, (postmortem.front_matter.severity for postmortem in newest_first))
    owners = _places(map(analysis.owner_name, newest_first))
    causes = _places(postmortem.root_cause for postmortem in newest_first)
    patterns, services, families = _places(pattern_names), _places(named_services), family_places(context)

    def row(postmortem: Postmortem) -> Row:
        matter, record = postmortem.front_matter, data_context.record(postmortem)
        places = {
            "severity": severities.get(matter.severity or ""),
            "status": _STATUSES.get(matter.status) if matter.status else None,
            "kind": _KINDS[matter.kind],
            "services": tuple(dict.fromkeys(services[slug(name)] for name in matter.services)),
            "owner": owners.get(analysis.owner_name(postmortem) or ""),
            "patterns": tuple(patterns[found["id"]] for found in record["patterns"]),
            "root_cause": causes.get(postmortem.root_cause or ""),
        }
        values: dict[str, object] = {**record, **places}
        return Row._make(map(values.__getitem__, Row._fields))

    before = IndexHead(
        **head(data_context),
        address=page_address(context),
        fields=list(Row._fields),
        severities=list(severities),
        statuses=[status.value for status in Status],
        kinds=[kind.value for kind in IncidentKind],
        families=list(families),
        patterns=[named_pattern(name, context, families) for name in patterns],
        services=[NamedService(service.slug, service.name) for service in named_services.values()],
        owners=list(owners),
        root_causes=list(causes),
        open_actions=list(_open_actions(newest_first, actions)),
    )
    return json_document(schema, before, "postmortems", map(row, newest_first))


def page_address(context: PageContext) -> str:
    """The address of a postmortem's page, with `{id}` for its id."""
    folder = context.addresses.folder
    return f"{folder}/{{id}}/" if context.addresses.directory_urls else f"{folder}/{{id}}/index.html"


def family_places(context: PageContext) -> Mapping[str, int]:
    """The place of each family of patterns."""
    return _places(context.settings.families, (pattern.family for pattern in context.corpus.patterns))


def _open_actions(newest_first: Sequence[Postmortem], actions: Iterable[DatedAction]) -> Iterator[OpenAction]:
    places = {postmortem.path: place for place, postmortem in enumerate(newest_first)}
    for action in actions:
        postmortem, item = action.postmortem, action.item
        name = action_name(postmortem, item)
        words = clipped(plain_words(item.text), LONGEST_SENTENCE)
        yield OpenAction(places[postmortem.path], name, words, item.owner or None)


def named_pattern(name: str, context: PageContext, families: Mapping[str, int]) -> NamedPattern:
    """A pattern by its id."""
    page = context.corpus.pattern_by_id.get(name)
    return NamedPattern(name, page.title, families[page.family]) if page else NamedPattern(name, name, None)


_STATUSES: Mapping[Status, int] = {status: place for place, status in enumerate(Status)}
_KINDS: Mapping[IncidentKind, int] = {kind: place for place, kind in enumerate(IncidentKind)}


def _places(*names: Iterable[str | None]) -> dict[str, int]:
    """The place of each name among all of them, each once; without those that are None."""
    return {name: place for place, name in enumerate(dict.fromkeys(_known(names)))}


def _known(names: Iterable[Iterable[str | None]]) -> Iterator[str]:
    for some in names:
        yield from (name for name in some if name is not None)
