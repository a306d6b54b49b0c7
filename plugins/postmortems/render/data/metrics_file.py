"""`/data/metrics.json`: every figure of the metrics page, with what it rests on; and its lengths as rows of a table.

Nothing is computed or declared here: each class of figures says what is published of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from postmortems.analyse.distribution import Distribution
from postmortems.analyse.metrics import Metrics, metrics_of
from postmortems.render.data.data_context import DataContext
from postmortems.render.data.encoding import encoded
from postmortems.render.data.json_text import lines_document

FILE = "data/metrics.json"
SCHEMA = "schema/metrics.schema.json"

LENGTH_COLUMNS = ("clock", "group", "of", *(figure.key for figure in Distribution.published.figures))


def metrics_json(data_context: DataContext) -> str:
    """The text of the file, a part of the figures on each line."""
    return lines_document(f"../{SCHEMA}", encoded(data_context.pages.analysis.once(metrics_of)))


def length_rows(metrics: Metrics) -> Iterator[dict[str, Any]]:
    """Every length as a row of a table: of all incidents, of each year and quarter, and of each severity."""
    for figures in metrics.clocks:
        clock = figures.clock.value
        yield _row(clock, "all", None, figures.all)
        for length in (*figures.years, *figures.quarters):
            year, quarter = length.period.year, length.period.quarter
            name = f"{year}-Q{quarter.number}" if quarter else str(year) if year is not None else None
            yield _row(clock, "quarter" if quarter else "year", name, length.distribution)
        for severity in figures.severities:
            yield _row(clock, "severity", severity.severity, severity.distribution)


def _row(clock: str, group: str, of: str | None, distribution: Distribution) -> dict[str, Any]:
    return {"clock": clock, "group": group, "of": of, **encoded(distribution)}
