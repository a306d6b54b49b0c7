"""The files of several repositories as one corpus: what is taken, what is refused, and where each file lies."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from tests.conftest import PATTERN, Write
from tests.source_repositories import CARDS, INDEX, PAYMENTS, SEARCH, SOURCES

from postmortems.model.corpus import Corpus
from postmortems.read.config_file import ProjectError
from postmortems.read.corpus import read_corpus
from postmortems.read.mounts import hidden_patterns, path_below, place_of, shown_from
from postmortems.read.settings_file import Project, read_project
from postmortems.settings import Settings

HOME = "postmortems/payments/2026/01-cards"


def project(root: Path) -> Project:
    return read_project(root / "mkdocs.yml")


def corpus(root: Path) -> Corpus:
    read = project(root)
    return read_corpus(read.docs, read.settings)


def said(root: Path) -> list[str]:
    """What the settings of a site are refused for, without the name of its file."""
    with pytest.raises(ProjectError) as refused:
        project(root)
    return [line.replace(f"{root / 'mkdocs.yml'}: plugins.postmortems.", "") for line in refused.value.lines]


def changed(root: Path, change: Mapping[str, str | bytes | None]) -> Path:
    for name, content in change.items():
        path = root / name
        if content is None:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


@pytest.fixture
def site(write: Write) -> Path:
    return write(SOURCES)


def test_ids_begin_with_the_name_of_the_source(site: Path) -> None:
    assert sorted(corpus(site).by_id) == [
        "2026/01-checkout", "payments/2026/01-cards", "payments/2026/02-refunds", "search/2026/01-index",
    ]  # fmt: skip


def test_the_owner_of_a_document_without_one_is_its_source(site: Path) -> None:
    owners = {name: postmortem.front_matter.owner for name, postmortem in corpus(site).by_id.items()}
    assert owners["payments/2026/01-cards"] == "payments"
    assert owners["search/2026/01-index"] == "Ranking"


def test_an_id_is_first_one_of_the_own_repository(site: Path) -> None:
    repeats = {name: postmortem.front_matter.repeat_of for name, postmortem in corpus(site).by_id.items()}
    assert repeats["payments/2026/02-refunds"] == ("payments/2026/01-cards",)
    assert repeats["search/2026/01-index"] == ("payments/2026/01-cards",)


def test_patterns_of_sources_stand_beside_the_own_ones_which_go_first(site: Path) -> None:
    assert list(corpus(site).pattern_by_id) == ["card-network", "database-issues"]
    docs = project(site).docs
    assert place_of(docs, "patterns/database-issues.md") == docs / "patterns/database-issues.md"
    assert hidden_patterns(docs) == []
    changed(site, {f"{PAYMENTS}/patterns/database-issues.md": PATTERN.replace("Stop the writes", "Wait")})
    assert hidden_patterns(docs) == [
        "source payments: not taken, as docs/patterns/ has patterns with these names: database-issues"
    ]


def test_two_sources_with_different_texts_of_one_pattern_are_an_error(site: Path) -> None:
    own = (site / f"{PAYMENTS}/patterns/card-network.md").read_text("utf-8")
    changed(site, {f"{SEARCH}/patterns/card-network.md": own})
    assert [problem.message for problem in corpus(site).problems] == []
    changed(site, {f"{SEARCH}/patterns/card-network.md": f"{own}\nMore.\n"})
    assert [(problem.rule, problem.message) for problem in corpus(site).problems] == [
        (
            "misplaced-file",
            'the sources "payments" and "search" both have patterns/card-network.md, with different texts',
        )
    ]


def test_registers_are_read_together(site: Path) -> None:
    entry = "- id: INC-{}\n  severity: SEV2\n  resolved_at: 2026-04-02T16:00:00Z\n  postmortem: {}\n"
    changed(
        site,
        {
            "docs/postmortems/register.yml": entry.format(1, "2026/01-checkout"),
            f"{PAYMENTS}/postmortems/register.yml": entry.format(2, "2026/01-cards"),
        },
    )
    register = corpus(site).register
    assert register is not None
    assert list(register.of_postmortem) == ["2026/01-checkout", "payments/2026/01-cards"]
    assert [problem.message for problem in corpus(site).problems] == []


def test_everything_knows_where_a_file_lies(site: Path) -> None:
    docs = project(site).docs
    assert place_of(docs, f"{HOME}/postmortem.md") == site / CARDS
    assert path_below(docs, site / CARDS) == f"{HOME}/postmortem.md"
    assert path_below(docs, site / INDEX) == "postmortems/search/2026/01-index/postmortem.md"
    assert path_below(docs, site / f"{PAYMENTS}/index.md") is None
    assert path_below(docs, site / f"{PAYMENTS}/patterns/database-issues.md") is None
    shown = shown_from(site, docs)
    assert shown(f"{HOME}/postmortem.md") == CARDS
    assert shown("patterns/card-network.md") == f"{PAYMENTS}/patterns/card-network.md"
    assert shown("patterns/database-issues.md") == "docs/patterns/database-issues.md"
    assert shown_from(site / "docs", docs)(f"{HOME}/postmortem.md") == f"../{CARDS}"


def test_a_site_without_sources_is_as_it_was_after_one_with_them(site: Path, write: Write) -> None:
    corpus(site)
    assert list(corpus(write({})).by_id) == ["2026/01-checkout"]


def link(target: str) -> Callable[[Path], None]:
    def replace(folder: Path) -> None:
        place = folder / PAYMENTS
        elsewhere = folder / "elsewhere"
        place.parent.rename(elsewhere) if target == "repository" else (place / target).rename(elsewhere)
        (place.parent if target == "repository" else place / target).symlink_to(elsewhere)

    return replace


def empty(folder: Path) -> None:
    shutil.rmtree(folder / PAYMENTS)
    (folder / PAYMENTS).mkdir()


def bare(folder: Path) -> None:
    for name in ("objects", "refs"):
        (folder / PAYMENTS / name).mkdir()
    (folder / PAYMENTS / "HEAD").write_text("ref: refs/heads/main\n", "utf-8")


def with_settings(old: str, new: str) -> Callable[[Path], None]:
    def replace(folder: Path) -> None:
        text = (folder / "mkdocs.yml").read_text("utf-8")
        assert old in text
        (folder / "mkdocs.yml").write_text(text.replace(old, new), "utf-8")

    return replace


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param(
            lambda folder: shutil.rmtree(folder / "sources/payments"),
            '"sources/payments/docs" does not exist; correct the path, or check it out first, such as with '
            "`git submodule update --init`",
            id="missing",
        ),
        pytest.param(
            empty,
            '"sources/payments/docs" is empty; check it out first, such as with `git submodule update --init`',
            id="a submodule that is not checked out",
        ),
        pytest.param(
            link("repository"),
            '"sources/payments" is a symbolic link, which no source may be; check out a copy of it',
            id="a link",
        ),
        pytest.param(
            link("postmortems"),
            '"sources/payments/docs/postmortems" is a symbolic link, which no source may be; check out a copy of it',
            id="a link to the postmortems",
        ),
        pytest.param(
            link("patterns"),
            '"sources/payments/docs/patterns" is a symbolic link, which no source may be; check out a copy of it',
            id="a link to the patterns",
        ),
        pytest.param(
            with_settings("sources/payments/docs", "docs"),
            '"docs" and the docs folder hold one another; a source is a folder beside it',
            id="the docs folder",
        ),
        pytest.param(
            with_settings("sources/payments/docs", "docs/postmortems"),
            '"docs/postmortems" and the docs folder hold one another; a source is a folder beside it',
            id="in the docs folder",
        ),
        pytest.param(
            with_settings("sources/payments/docs", "sources/payments"),
            '"sources/payments" has no folder "postmortems"; name the docs folder of the source, and its '
            "`postmortems` folder if that is another",
            id="another folder",
        ),
        pytest.param(
            with_settings("sources/payments/docs", "mkdocs.yml"),
            '"mkdocs.yml" cannot be listed: Not a directory',
            id="a file",
        ),
        pytest.param(
            lambda folder: (folder / "docs/postmortems/payments").mkdir(),
            'the docs folder has "postmortems/payments" itself; give the source another name',
            id="a name that is taken",
        ),
        pytest.param(
            lambda folder: [shutil.rmtree(each) for each in (folder / PAYMENTS / "postmortems/2026").iterdir()],
            '"sources/payments/docs/postmortems" has no postmortem; remove the source until it has one',
            id="no postmortem",
        ),
        pytest.param(bare, '"sources/payments/docs" is a bare git repository; check it out', id="a bare repository"),
    ],
)
def test_a_source_that_cannot_be_used_is_one_line(site: Path, change: Callable[[Path], None], message: str) -> None:
    change(site)
    assert said(site) == [f"sources.payments: {message}"]
    assert list(read_corpus(site / "docs", Settings()).by_id) == ["2026/01-checkout"]


def test_a_link_out_of_a_source_is_not_followed(site: Path) -> None:
    changed(site, {"secret.txt": "token"})
    (site / CARDS).with_name("log.txt").symlink_to(site / "secret.txt")
    (site / PAYMENTS / "patterns/leak.md").symlink_to(site / "docs/index.md")
    found = corpus(site)
    assert f"{HOME}/log.txt" not in found.files
    assert "patterns/leak.md" not in found.files
    assert [(problem.place.path, problem.message) for problem in found.problems] == [
        ("patterns/leak.md", '"leak.md" is a symbolic link to outside the folder of its source'),
        (f"{HOME}/log.txt", '"log.txt" is a symbolic link to outside the folder of its source'),
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_cannot_be_listed_is_a_problem(site: Path) -> None:
    (site / PAYMENTS / "patterns").chmod(0)
    try:
        assert [problem.message for problem in corpus(site).problems] == [
            "the folder cannot be listed: Permission denied"
        ]
    finally:
        (site / PAYMENTS / "patterns").chmod(0o755)
