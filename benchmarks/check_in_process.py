"""Milliseconds of CPU that reading and checking cost a postmortem, without the start of Python.

`python -m benchmarks.check_in_process DOCS ROUNDS` prints two numbers: the median for reading, and for checking.
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path
from time import process_time

from benchmarks.incident import LAST_DAY
from postmortems.check.run import check_corpus
from postmortems.read.corpus import read_corpus
from postmortems.settings import Settings


def main(docs: Path, rounds: int) -> None:
    """Measure, and print."""
    settings = Settings()
    reading: list[float] = []
    checking: list[float] = []
    for _ in range(rounds):
        begin = process_time()
        corpus = read_corpus(docs, settings)
        between = process_time()
        check_corpus(corpus, settings, LAST_DAY)
        end = process_time()
        count = max(1, len(corpus.postmortems))
        reading.append((between - begin) * 1000 / count)
        checking.append((end - between) * 1000 / count)
        # What one round leaves behind would cost the next one time.
        del corpus
    print(statistics.median(reading), statistics.median(checking))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
