"""Milliseconds of CPU that reading and checking cost a postmortem, without the start of Python.

`python -m benchmarks.check_in_process DOCS ROUNDS` prints two numbers, for reading and for the rules: those of the best
round, since whatever else the machine does can only add to them.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from time import process_time

from benchmarks.incident import LAST_DAY
from postmortems.analyse.analysis import Analysis
from postmortems.check.run import check_corpus
from postmortems.read.corpus import read_corpus
from postmortems.settings import Settings


def main(docs: Path, rounds: int) -> None:
    """Measure, and print."""
    settings = Settings()
    gc.disable()  # as `run.run_pipeline` does
    rounds_taken: list[tuple[float, float]] = []
    for _ in range(rounds):
        begin = process_time()
        corpus = read_corpus(docs, settings)
        between = process_time()
        check_corpus(corpus, settings, Analysis(corpus, settings, LAST_DAY), LAST_DAY)
        end = process_time()
        count = max(1, len(corpus.postmortems))
        rounds_taken.append(((between - begin) * 1000 / count, (end - between) * 1000 / count))
        # What one round leaves behind would cost the next one time.
        del corpus
        gc.collect()
    print(*min(rounds_taken, key=sum))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
