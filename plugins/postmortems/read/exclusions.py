"""Files that MkDocs leaves out: as it says itself, and as `exclude_docs` and `draft_docs` in its file say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from postmortems.model.left_out import LeftOut

_OWN = (".*",)
"""The patterns that MkDocs leaves out where nobody says anything, but for `/templates/`, where no postmortem lies."""


class ExclusionError(Exception):
    """A pattern that cannot be used; the text says which, and why."""


@dataclass(frozen=True, slots=True)
class Exclusions:
    """The lines of `exclude_docs` and `draft_docs`, patterns as in a .gitignore."""

    exclude: tuple[str, ...] = ()
    draft: tuple[str, ...] = ()

    @classmethod
    def of_texts(cls, exclude: object, draft: object) -> Exclusions:
        """Exclusions of these two settings; a value that is no text is for MkDocs to refuse."""
        return cls(*(tuple(value.splitlines()) if isinstance(value, str) else () for value in (exclude, draft)))

    def of(self, paths: Iterable[str]) -> Mapping[str, LeftOut]:
        """Paths that are left out, each with what leaves it out; `paths` are relative to the docs folder."""
        if not self.exclude and not self.draft:
            return {path: LeftOut.DOT for path in paths if "/." in f"/{path}"}
        from pathspec.gitignore import GitIgnoreSpec  # which most runs need not load

        try:
            # What MkDocs says comes first, so that a user's `!.name` takes it back.
            whole = GitIgnoreSpec.from_lines((*_OWN, *self.exclude))
            exclude, draft = GitIgnoreSpec.from_lines(self.exclude), GitIgnoreSpec.from_lines(self.draft)
        except ValueError as error:
            raise ExclusionError(str(error)) from None
        found: dict[str, LeftOut] = {}
        for path in paths:
            if whole.match_file(path):
                found[path] = LeftOut.EXCLUDE_DOCS if exclude.match_file(path) else LeftOut.DOT
            elif self.draft and draft.match_file(path):
                found[path] = LeftOut.DRAFT_DOCS
        return found


NOTHING = Exclusions()
"""Exclusions of a configuration that has none of its own."""
