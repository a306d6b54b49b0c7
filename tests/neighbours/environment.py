"""Environments of other people's plugins, each with what this package needs, made once and kept in the user's cache.

Two plugins that cannot be installed together, or do not leave Material as it is, have an environment each. A list
(`together.in`) names what is in one, and `make lock` pins it and all that it needs, ours included (`together.txt`):
so it is proved that they can be installed beside us. This package itself comes in from the checkout.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from hashlib import blake2b
from importlib.metadata import distribution
from pathlib import Path

import pytest
from filelock import FileLock
from platformdirs import user_cache_path

from tests.sites import made_once

PINS = Path(__file__).parent
LAST = {"materialx": "mkdocs-materialx"}
"""What has to be installed once more, last: it writes over the files of Material."""


class NoEnvironmentError(Exception):
    """An environment that cannot be made; the text says why."""


def python_of(name: str) -> str:
    """The interpreter of an environment. Where it cannot be made the test is skipped; in CI it fails."""
    made = _made(name)
    if isinstance(made, Path):
        return str(made)
    if os.environ.get("POSTMORTEMS_NEED_TOOLS"):
        pytest.fail(made)
    pytest.skip(made)


def checkout(shared: Path) -> str:
    """A folder for PYTHONPATH in which this package is installed as it stands in the checkout; one for all workers."""
    return str(made_once(shared / "checkout", _link_package))


def _link_package(folder: Path) -> None:
    found = distribution("mkdocs-postmortems")
    info = f"mkdocs_postmortems-{found.version}.dist-info"
    for name, target in {"postmortems": _package(), info: Path(str(found.locate_file(info)))}.items():
        (folder / name).symlink_to(target, target_is_directory=True)


def _package() -> Path:
    return Path(__file__).parents[2] / "plugins" / "postmortems"


@cache
def _made(name: str) -> Path | str:
    pins = PINS / f"{name}.txt"
    key = blake2b(f"{sys.version} {sys.base_prefix}".encode() + pins.read_bytes(), digest_size=6).hexdigest()
    cache_folder = user_cache_path("mkdocs-postmortems-tests", ensure_exists=True)
    folder = cache_folder / f"{name}-{key}"
    python = folder / "bin" / "python"
    with FileLock(cache_folder / f"{name}.lock"):
        if not (folder / ".ready").exists():
            for old in cache_folder.glob(f"{name}-*"):
                shutil.rmtree(old, ignore_errors=True)
            try:
                _run(sys.executable, "-m", "venv", "--without-pip", str(folder))
                install = (sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps")
                _run(*install, "--no-compile", "--requirement", str(pins))
                if last := LAST.get(name):
                    pinned = next(line for line in pins.read_text("utf-8").splitlines() if line.startswith(f"{last}=="))
                    _run(*install, "--no-compile", "--force-reinstall", pinned.split()[0])
            except NoEnvironmentError as error:
                shutil.rmtree(folder, ignore_errors=True)
                return f"the environment of {pins.name} cannot be made: {error}"
            (folder / ".ready").touch()
    return python


def _run(*command: str) -> None:
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", errors="replace", check=False,
        env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
    )  # fmt: skip
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or done.stderr.splitlines()
        raise NoEnvironmentError((lines or ["no reason is given"])[-1].removeprefix("ERROR: "))
