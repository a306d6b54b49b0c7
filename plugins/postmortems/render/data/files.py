"""All data files of a site, by their place below its root."""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.render.data import calendar, feed, front_matter_schema, index, lists, llms, metrics_file
from postmortems.render.data.edition import Edition
from postmortems.render.data.schema import schema_file, schema_text


def data_files(edition: Edition) -> Iterator[tuple[str, str]]:
    """Each file's place and its text."""
    yield index.FILE, index.index_json(edition)
    yield f"{lists.POSTMORTEMS}.json", lists.postmortems_json(edition, edition.postmortems)
    yield f"{lists.POSTMORTEMS}.csv", lists.postmortems_csv(edition.postmortems)
    yield f"{lists.ACTIONS}.json", lists.actions_json(edition, edition.actions)
    yield f"{lists.ACTIONS}.csv", lists.actions_csv(edition.actions)
    yield metrics_file.FILE, metrics_file.metrics_json(edition)
    yield feed.FILE, feed.feed_xml(edition)
    yield calendar.FILE, calendar.actions_ics(edition)
    yield llms.FILE, llms.llms_txt(edition)
    yield from schema_files(edition)


def schema_files(edition: Edition) -> Iterator[tuple[str, str]]:
    """The JSON Schemas: that of what authors write, which knows the settings, and those of the data files."""
    around = edition.around
    yield front_matter_schema.FILE, schema_text(front_matter_schema.front_matter_schema(around.corpus, around.settings))
    yield index.SCHEMA, schema_file(index.Index, "The compact index of postmortems")
    yield lists.POSTMORTEMS_SCHEMA, schema_file(lists.Postmortems, "Postmortems")
    yield lists.ACTIONS_SCHEMA, schema_file(lists.Actions, "Action items of postmortems")
    yield metrics_file.SCHEMA, schema_file(metrics_file.MetricsFile, "Figures of all incidents")
