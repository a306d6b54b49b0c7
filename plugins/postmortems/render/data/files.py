"""All data files of a site, by their place below its root."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from postmortems.analyse.metrics import Metrics
from postmortems.render.base.addresses import record_file
from postmortems.render.data import (
    agenda_record,
    calendar,
    exercises,
    feed,
    front_matter_schema,
    index,
    index_years,
    lists,
    llms,
    metrics_file,
    reminders,
    surveys,
    ticket_sync,
    whole_record,
)
from postmortems.render.data.data_context import DataContext
from postmortems.render.data.encoding import declaration
from postmortems.render.data.schema import schema_file, schema_text

DataFiles = Mapping[str, Callable[[], str]]
"""Each file's place, and what makes its text."""


def data_files(data_context: DataContext) -> DataFiles:
    """All of them."""
    return {
        index.FILE: lambda: index.index_json(data_context),
        index_years.YEARS: lambda: index_years.years_json(data_context),
        **_years(data_context),
        f"{lists.POSTMORTEMS}.json": lambda: lists.postmortems_json(data_context, data_context.postmortems),
        f"{lists.POSTMORTEMS}.csv": lambda: lists.postmortems_csv(data_context.postmortems),
        f"{lists.ACTIONS}.json": lambda: lists.actions_json(data_context, data_context.actions),
        f"{lists.ACTIONS}.csv": lambda: lists.actions_csv(data_context.actions),
        surveys.FILE: lambda: surveys.surveys_json(data_context),
        metrics_file.FILE: lambda: metrics_file.metrics_json(data_context),
        exercises.FILE: lambda: exercises.exercises_json(data_context),
        feed.FILE: lambda: feed.feed_xml(data_context),
        calendar.FILE: lambda: calendar.actions_ics(data_context),
        llms.FILE: lambda: llms.llms_txt(data_context),
        **schema_files(data_context),
        **_whole_records(data_context),
    }


def _years(data_context: DataContext) -> DataFiles:
    years = data_context.pages.analysis.years
    return {index_years.year_file(year): partial(index_years.year_json, data_context, year) for year in years}


def _whole_records(data_context: DataContext) -> DataFiles:
    return {
        record_file(name): partial(whole_record.whole_record_json, data_context, postmortem)
        for name, postmortem in data_context.pages.corpus.by_id.items()
    }


def schema_files(data_context: DataContext) -> DataFiles:
    """The JSON Schemas: that of what authors write, which knows the settings, and those of the data files."""
    context = data_context.pages
    return {
        front_matter_schema.FILE: lambda: schema_text(
            front_matter_schema.front_matter_schema(context.corpus, context.settings)
        ),
        index.SCHEMA: lambda: schema_file(index.Index, "The compact index of postmortems"),
        index_years.YEARS_SCHEMA: lambda: schema_file(index_years.Years, "The years of the compact index"),
        lists.POSTMORTEMS_SCHEMA: lambda: schema_file(lists.Postmortems, "Postmortems"),
        lists.ACTIONS_SCHEMA: lambda: schema_file(lists.Actions, "Action items of postmortems"),
        reminders.SCHEMA: lambda: schema_file(reminders.ReminderFile, "Reminders of action items"),
        whole_record.SCHEMA: lambda: schema_file(whole_record.WholeRecord, "All of one postmortem"),
        agenda_record.SCHEMA: lambda: schema_file(agenda_record.AgendaRecord, "Agenda of a review meeting"),
        exercises.SCHEMA: lambda: schema_file(exercises.GameIncidents, "Exercises for the game Wheel of Misfortune"),
        ticket_sync.SCHEMA: lambda: schema_file(ticket_sync.TicketSync, "Action items and their tickets"),
        surveys.SCHEMA: lambda: schema_file(surveys.Surveys, "Surveys of teams"),
        surveys.WRITTEN_SCHEMA: lambda: schema_text(surveys.written_schema()),
        metrics_file.SCHEMA: lambda: schema_file(declaration(Metrics), "Metrics of all incidents"),
    }
