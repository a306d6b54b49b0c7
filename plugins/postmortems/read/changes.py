"""What git says a branch changes. The only place that runs git.

Compared are the files on disk, uncommitted ones included, with the commit that the branch left the other one at. In a
shallow clone that commit may be missing; then the other commit itself is compared, which on a merge commit, as CI
systems check it out, is the same.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

from postmortems.model.changes import Changes

_TIMEOUT = 60


class ChangesError(Exception):
    """What changed cannot be told; the text says why and what to do, in one line."""


def changes_since(ref: str, docs: Path) -> Changes:
    """The files below `docs` that differ from commit `ref`; ChangesError where git cannot tell."""
    git = _Git(docs)
    git.run("rev-parse", "--show-toplevel", wrong=f"{docs} is in no git repository, so nothing is known of {ref}")
    commit = git.answer("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}").strip()
    if not commit:
        raise ChangesError(_unknown(ref, git))
    base = git.answer("merge-base", commit, "HEAD").strip()
    note = ""
    if not base:
        base = commit
        note = f"{ref} and this branch share no commit here, so {ref} itself is compared"
        if git.is_shallow:
            note += f"; what changed on it since counts, too, unless more is fetched: {_deepen(ref)}"
    wrong = f"git cannot compare with {ref}"
    compare = ("diff", "--name-only", "--no-renames", "--no-ext-diff", "--relative", "-z")
    differing = git.run(*compare, base, wrong=wrong)
    removed = git.run(*compare, "--diff-filter=D", base, wrong=wrong)
    untracked = git.run("ls-files", "--others", "--exclude-standard", "-z", wrong=wrong)
    return Changes(_paths(differing) | _paths(untracked), _paths(removed) - _paths(untracked), note)


def _paths(answer: str) -> frozenset[str]:
    return frozenset(filter(None, answer.split("\0")))


def _unknown(ref: str, git: _Git) -> str:
    if not git.answers("rev-parse", "--verify", "--quiet", "HEAD"):
        return "this git repository has no commit yet, so there is nothing to compare with"
    if git.is_shallow:
        return f"{ref} is not in this shallow clone: fetch it with `{_fetch(ref)}`"
    remote, slash, _ = ref.partition("/")
    if slash and remote in git.answer("remote").split():
        return f"no commit is called {ref}: fetch it with `{_fetch(ref)}`"
    return f"no commit, branch or tag is called {ref}: `git branch --all` lists the branches"


def _fetch(ref: str) -> str:
    remote, _, branch = ref.partition("/")
    if not branch:
        return f"git fetch --depth=1 origin {ref}"
    return f"git fetch --depth=1 {remote} {branch}:refs/remotes/{ref}"


def _deepen(ref: str) -> str:
    remote, slash, _ = ref.partition("/")
    return f"git fetch --unshallow {remote if slash else 'origin'}"


class _Git:
    """git in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def is_shallow(self) -> bool:
        """Whether the clone lacks history."""
        return self.answer("rev-parse", "--is-shallow-repository").strip() == "true"

    def answers(self, *arguments: str) -> bool:
        """Whether this succeeds."""
        return self._done(*arguments).returncode == 0

    def answer(self, *arguments: str) -> str:
        """What this prints; empty where it fails."""
        done = self._done(*arguments)
        return done.stdout if done.returncode == 0 else ""

    def run(self, *arguments: str, wrong: str) -> str:
        """What this prints; ChangesError, with the beginning `wrong` and git's own words, where it fails."""
        done = self._done(*arguments)
        if done.returncode:
            words = " ".join(done.stderr.split())[:300]
            raise ChangesError(f"{wrong}: {words}" if words else wrong)
        return done.stdout

    def _done(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        try:
            return subprocess.run(  # noqa: S603 - the arguments are ours, and a ref stands behind --end-of-options
                ["git", *arguments],  # noqa: S607 - the git that the user runs
                cwd=self.folder,
                capture_output=True,
                encoding="utf-8",
                errors="surrogateescape",
                timeout=_TIMEOUT,
                check=False,
            )
        except FileNotFoundError:
            raise ChangesError("git is not installed, and what changed is asked of it") from None
        except subprocess.TimeoutExpired:
            raise ChangesError(f"git has not answered for {_TIMEOUT} seconds") from None
        except OSError as error:
            raise ChangesError(f"git cannot be run: {error.strerror or error}") from None
