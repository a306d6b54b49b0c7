"""The whole way of a knowledge base: read, check, analyse. The build and the command both walk it here."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.kept_repeats import Recurrences, by_path, compared_by, of_corpus
from postmortems.analyse.tokens import words_of
from postmortems.check.baseline import Baseline, NotABaselineError, parse_baseline
from postmortems.check.examiner import LocalExaminer
from postmortems.check.masking import Masking
from postmortems.check.run import check_corpus
from postmortems.check.summary import Examined
from postmortems.model.catalogue import Catalogue
from postmortems.model.corpus import Corpus
from postmortems.model.diagnostic import Problem
from postmortems.model.front_matter import Status
from postmortems.model.postmortem import Postmortem
from postmortems.read.corpus import OnProgress, read_corpus
from postmortems.read.exclusions import NOTHING, Exclusions
from postmortems.read.files import list_files
from postmortems.read.history import history_reader
from postmortems.read.likely import nothing_found
from postmortems.read.opening import UnreadableError, text_of
from postmortems.read.postmortems import Examination, reader_of
from postmortems.read.site_options import UNKNOWN, SiteOptions
from postmortems.read.snapshot import Snapshot
from postmortems.read.store import Store
from postmortems.read.store_keys import CheckKeys, check_keys, files_key, repeats_key
from postmortems.recheck import LastCheck, Recheck, last_check
from postmortems.results import CheckResult, Run
from postmortems.settings import Settings

_LARGEST_BASELINE = 20 * 1024 * 1024


class BaselineError(Exception):
    """A baseline that cannot be used; the text says why, in one line."""


def run_pipeline(
    docs: Path,
    settings: Settings,
    today: date | None = None,
    progress: OnProgress | None = None,
    store: Store | None = None,
    catalogue: Catalogue | None = None,
    exclusions: Exclusions = NOTHING,
    site: SiteOptions = UNKNOWN,
    *,
    snapshot: Snapshot | None = None,
    drops_texts: bool = False,
    last: Corpus | None = None,
) -> Run:
    """Read and check everything below the docs folder; `catalogue` lists the services, if the settings name one, and
    `exclusions` what MkDocs leaves out of the site; `site` says what its pages may ask for.

    What a store has kept is not done again: files that have not changed are not read, of a postmortem that has not
    changed no rule is asked that looks at nothing else, and where nothing at all has, no rule is asked. A build right
    after a check is such a run. With `drops_texts` no text stays in memory: whoever asks for one waits for it, long
    where no store has it. `last` is what was read before an edit: texts that it has loaded are not loaded again.
    """
    day = today or today_utc()
    if snapshot is None and store:
        snapshot = Snapshot(docs, store, files_key(settings, docs))
    examination = Examination(_examiner(settings, day), drops_texts=drops_texts) if store or drops_texts else None
    with collector_paused():
        corpus = read_corpus(docs, settings, progress, store, catalogue, exclusions, site, snapshot, examination)
        corpus = corpus.sharing(last) if last else corpus
        known = _examined(examination)
        history = history_reader(docs, settings, corpus.postmortems, store)
        analysis = Analysis(corpus, settings, day, history)
        if known:
            keep_repeats = partial(_repeats, store, corpus, known, settings)
            analysis = replace(analysis, words_of=partial(_words_of, known), keep_repeats=keep_repeats)
        # A file may have changed while it was read: then the key says nothing about what was.
        is_current = bool(snapshot and snapshot.is_current())
        keys = check_keys(settings, snapshot, day, catalogue, exclusions, site) if snapshot and is_current else None
        key = keys.result if keys else ""
        stored = store.kept(key) if store and key else None
        kept = stored if isinstance(stored, CheckResult) else None
        masking = kept.masking if kept else Masking.of(corpus, settings.personal_data)
        if examination:
            examination.asked.clear()
        shared: list[Problem] = []
        diagnostics = (
            kept.diagnostics
            if kept
            else check_corpus(corpus, settings, analysis, day, masking=masking, examined=known, shared=shared)
        )
    files = len(corpus.postmortems) + len(corpus.patterns)
    drafts = frozenset(
        postmortem.path for postmortem in corpus.postmortems if postmortem.front_matter.status is Status.DRAFT
    )
    nothing = "" if corpus.postmortems else nothing_found(docs, list_files(docs), settings)
    # The clock moves on, and a time in the future will be past.
    is_ahead = any(found.since is None for found in known.values()) or any(
        found.rule == "time-in-the-future" for found in diagnostics
    )
    if store and keys and not kept and not nothing and not is_ahead:
        store.keep(key, CheckResult(docs, settings, day, diagnostics, files, masking, nothing, drafts))
        if snapshot and examination and drops_texts:
            store.keep(keys.last, last_check(snapshot, key, shared, examination.asked))
    return Run(docs, settings, day, diagnostics, files, masking, nothing, drafts, corpus, analysis, key, known)


def check_result(
    docs: Path,
    settings: Settings,
    today: date | None,
    progress: OnProgress | None,
    store: Store | None,
    catalogue: Catalogue | None = None,
    exclusions: Exclusions = NOTHING,
    site: SiteOptions = UNKNOWN,
) -> CheckResult:
    """Run a check, or return the stored result if nothing at all has changed since an earlier run. After edits that no
    other file can notice, only the edited files are read and checked."""
    day = today or today_utc()
    snapshot = Snapshot(docs, store, files_key(settings, docs)) if store else None
    if store and snapshot:
        keys = check_keys(settings, snapshot, day, catalogue, exclusions, site)
        kept = store.kept(keys.result)
        if not isinstance(kept, CheckResult):
            kept = _rechecked(snapshot, store, keys, settings, day)
        if kept:
            return replace(kept, docs=docs)
    return run_pipeline(
        docs, settings, day, progress, store, catalogue, exclusions, site, snapshot=snapshot, drops_texts=True
    )


def _rechecked(snapshot: Snapshot, store: Store, keys: CheckKeys, settings: Settings, day: date) -> CheckResult | None:
    """The result of a check that reads only what has been edited since the last one; None where that is not enough."""
    last = store.kept(keys.last)
    before = store.kept(last.result) if isinstance(last, LastCheck) else None
    if not isinstance(last, LastCheck) or not isinstance(before, CheckResult):
        return None
    examination = Examination(_examiner(settings, day))
    reader = reader_of(snapshot.tree, settings, snapshot, store, examination)
    found = Recheck(snapshot, reader, examination, last, before).found()
    if found is None:
        return None
    result, shared = found
    store.keep(keys.result, result)
    store.keep(keys.last, LastCheck(snapshot.digests(), keys.result, shared, last.asked))
    return result


def _examiner(settings: Settings, day: date) -> LocalExaminer:
    return LocalExaminer(settings, day, datetime.now(UTC), words_of, compared_by, partial(_of_one, settings))


def _of_one(settings: Settings, corpus: Corpus, day: date) -> Analysis:
    return Analysis(corpus, settings, day)


def _examined(examination: Examination | None) -> dict[str, Examined]:
    known = examination.known if examination else {}
    return {path: found for path, found in known.items() if isinstance(found, Examined)}


def _repeats(
    store: Store | None,
    corpus: Corpus,
    known: Mapping[str, Examined],
    settings: Settings,
    find: Callable[[], Recurrences],
) -> Recurrences:
    if store is None:
        return find()
    key = repeats_key(settings, (known[postmortem.path].compared_by for postmortem in corpus.postmortems))
    # Figures and pages ask late, when the store of the run is closed.
    asked = store if store else store.reopened()
    kept = asked.kept(key)
    if isinstance(kept, tuple):
        found = of_corpus(kept, corpus)
    else:
        found = find()
        asked.keep(key, by_path(found))
    if asked is not store:
        asked.close()
    return found


def _words_of(known: Mapping[str, Examined], postmortem: Postmortem) -> list[str]:
    return known[postmortem.path].words.split() if postmortem.path in known else words_of(postmortem)


def read_baseline(path: Path) -> Baseline:
    """The baseline in this file; BaselineError, which names it, where there is none."""
    try:
        return parse_baseline(text_of(path, _LARGEST_BASELINE, "too large for a baseline"))
    except UnreadableError as error:
        if isinstance(error.__cause__, FileNotFoundError):
            raise BaselineError(
                f"{path}: baseline not found; create it with `postmortems check --baseline FILE --write-baseline`"
            ) from None
        raise BaselineError(str(error)) from None
    except NotABaselineError as error:
        raise BaselineError(f"{path}:{error}") from None


@contextmanager
def collector_paused() -> Iterator[None]:
    """No garbage collection for a while. Everything that is read stays, so looking for garbage among it again and
    again only costs: a third of the whole reading, and growing faster than the corpus."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def today_utc() -> date:
    """The day that everything counts from: that of SOURCE_DATE_EPOCH where it is set, else today in UTC."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdecimal() and len(epoch) <= 11:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    return datetime.now(UTC).date()
