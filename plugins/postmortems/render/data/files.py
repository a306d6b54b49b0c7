"""All data files of a site, by their place below its root."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from postmortems.render.data import calendar, feed, front_matter_schema, index, lists, llms, metrics_file
from postmortems.render.data.edition import Edition
from postmortems.render.data.schema import schema_file, schema_text

DataFiles = Mapping[str, Callable[[], str]]
"""Each file's place, and what makes its text."""


def data_files(edition: Edition) -> DataFiles:
    """All of them."""
    return {
        index.FILE: lambda: index.index_json(edition),
        f"{lists.POSTMORTEMS}.json": lambda: lists.postmortems_json(edition, edition.postmortems),
        f"{lists.POSTMORTEMS}.csv": lambda: lists.postmortems_csv(edition.postmortems),
        f"{lists.ACTIONS}.json": lambda: lists.actions_json(edition, edition.actions),
        f"{lists.ACTIONS}.csv": lambda: lists.actions_csv(edition.actions),
        metrics_file.FILE: lambda: metrics_file.metrics_json(edition),
        feed.FILE: lambda: feed.feed_xml(edition),
        calendar.FILE: lambda: calendar.actions_ics(edition),
        llms.FILE: lambda: llms.llms_txt(edition),
        **schema_files(edition),
    }


def schema_files(edition: Edition) -> DataFiles:
    """The JSON Schemas: that of what authors write, which knows the settings, and those of the data files."""
    around = edition.around
    return {
        front_matter_schema.FILE: lambda: schema_text(
            front_matter_schema.front_matter_schema(around.corpus, around.settings)
        ),
        index.SCHEMA: lambda: schema_file(index.Index, "The compact index of postmortems"),
        lists.POSTMORTEMS_SCHEMA: lambda: schema_file(lists.Postmortems, "Postmortems"),
        lists.ACTIONS_SCHEMA: lambda: schema_file(lists.Actions, "Action items of postmortems"),
        metrics_file.SCHEMA: lambda: schema_file(metrics_file.MetricsFile, "Figures of all incidents"),
    }
