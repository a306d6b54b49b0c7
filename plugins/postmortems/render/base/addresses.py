"""Where every page stands on the site, relative to its root; the one place that knows the URLs of the design."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from postmortems.model.postmortem import Postmortem
from postmortems.text.slug import slug


def month_name(month: tuple[int, int]) -> str:
    """A month in an address: `2024-02`."""
    return f"{month[0]:04}-{month[1]:02}"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Addresses relative to the site's root, percent-encoded, without a leading `/`.

    `directory_urls` is MkDocs' `use_directory_urls`. `root` is the way from the page being rendered to the site's
    root: empty, or `../` so many times. `folder` is that of the postmortems.
    """

    directory_urls: bool = True
    root: str = ""
    folder: str = "postmortems"

    def home(self) -> str:
        return self._folder("")

    def postmortems(self) -> str:
        return self._folder(f"{self.folder}/")

    def filtered(self, asked: Iterable[tuple[str, str]], year: int | None = None) -> str:
        """The index of all postmortems, or that of a year, narrowed to what has these values.

        `asked` are pairs of a filter's name and a value. `assets/index.js` reads them.
        """
        index = self.postmortems() if year is None else self.year(year)
        return f"{index}?{urlencode(tuple(asked))}"

    def year(self, year: int) -> str:
        return self._folder(f"{self.folder}/{year}/")

    def postmortem(self, postmortem: Postmortem) -> str:
        return self.postmortem_of(postmortem.id)

    def postmortem_of(self, name: str) -> str:
        """The page of the postmortem with this id."""
        return self._folder(f"{self.folder}/{name}/")

    def patterns(self) -> str:
        return self._folder("patterns/")

    def pattern(self, pattern: str) -> str:
        return self._leaf(f"patterns/{pattern}")

    def services(self) -> str:
        return self._folder("services/")

    def service(self, service: str) -> str:
        """The page of a service, by its name in any spelling."""
        return self._leaf(f"services/{slug(service)}")

    def actions(self) -> str:
        return self._folder("actions/")

    def owners(self) -> str:
        return self._folder("owners/")

    def owner(self, owner: str) -> str:
        """The page of an owner, by its name in any spelling."""
        return self._leaf(f"owners/{slug(owner)}")

    def reviews(self) -> str:
        return self._folder("reviews/")

    def review(self, month: tuple[int, int]) -> str:
        """The review of a month, given as year and month."""
        return self._leaf(f"reviews/{month_name(month)}")

    def data(self, file: str) -> str:
        """A file for machines, by its place below the site's root."""
        return self.root + quote(file)

    def metrics(self) -> str:
        return self._folder("metrics/")

    def guide(self, page: str) -> str:
        """A page of the guide that ships with this repository's own site; other sites may not have it."""
        return self._leaf(f"guide/{page}")

    def rules(self) -> str:
        """The list of all rules, which every site has."""
        return self._folder("guide/rules/")

    def file(self, path: str) -> str:
        """A file that is no page, such as a script or data, by its place below the root."""
        return self.root + quote(path)

    def _folder(self, path: str) -> str:
        encoded = self.root + quote(path if self.directory_urls else f"{path}index.html")
        return encoded or "./"

    def _leaf(self, path: str) -> str:
        return self.root + quote(f"{path}/" if self.directory_urls else f"{path}.html")
