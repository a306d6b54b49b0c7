"""The catalogue of services → its services.

Organisations keep such lists in many forms, so three are read, each alone or below a key `services`:

    - checkout                      # names

    - name: checkout                # names with details
      aliases: [checkout-api]

    checkout:                       # details by name
      aliases: [checkout-api]

Details are `aliases`, `owner` and `description`. All other keys belong to other programs and are left alone.
"""

from __future__ import annotations

from postmortems.model.catalogue import Catalogue, CataloguedService
from postmortems.model.place import Place
from postmortems.model.postmortem import KeyPath
from postmortems.read.text import LARGEST, read_text
from postmortems.read.yaml_nodes import Bounds, YamlDocument, read_yaml
from postmortems.settings.parsing import SettingProblem
from postmortems.text.slug import slug

OPTION = "services"
"""The setting that names the catalogue."""

_WRAPPER = "services"
_BOUNDS = Bounds(characters=LARGEST, values=200_000)


def read_catalogue(path: str, data: bytes) -> tuple[Catalogue, tuple[SettingProblem, ...]]:
    """The catalogue in the file at `path`, and whatever makes it unusable; a pure function of its arguments.

    `path` is what messages call the file. With a catalogue that has problems nothing can be checked: it is a setting
    that cannot be used.
    """
    source, unreadable = read_text(path, data)
    if unreadable:
        return Catalogue(path), (catalogue_problem(unreadable.place, unreadable.message),)
    document = read_yaml(source, called="the catalogue", bounds=_BOUNDS)
    if document.problems:
        return Catalogue(path), tuple(
            catalogue_problem(problem.place, problem.message) for problem in document.problems
        )
    reader = _Reader(path, document)
    reader.read()
    return Catalogue(path, tuple(reader.services)), tuple(reader.problems)


def catalogue_problem(place: Place, message: str) -> SettingProblem:
    """Problem of the catalogue, as one of the setting that names it."""
    return SettingProblem(OPTION, f"{place.path}:{place.line}:{place.column}: {message}")


class _Reader:
    """One walk over the values of a catalogue."""

    def __init__(self, path: str, document: YamlDocument) -> None:
        self.path, self.document = path, document
        self.services: list[CataloguedService] = []
        self.problems: list[SettingProblem] = []
        self._names: dict[str, Place] = {}

    def read(self) -> None:
        """Read every service, in whichever form."""
        whole, keys = self._unwrapped()
        if isinstance(whole, list):
            for index, item in enumerate(whole):
                self._item(item, (*keys, index))
        elif isinstance(whole, dict):
            for name, details in whole.items():
                self._details(name, details, (*keys, name))
        elif whole is not None:
            self._say(keys, f"the catalogue is {_kind(whole)}, not a list or mapping of services")
            return
        if not self.services and not self.problems:
            self._say(keys, "the catalogue has no services")

    def _unwrapped(self) -> tuple[object, KeyPath]:
        """The list or mapping of services. A service may be called "services", too: then its details are below it."""
        data = self.document.data
        if not isinstance(data, dict) or _WRAPPER not in data:
            return data, ()
        inner = data[_WRAPPER]
        if isinstance(inner, dict):
            holds_services = all(details is None or isinstance(details, dict) for details in inner.values())
        else:
            holds_services = isinstance(inner, list) or len(data) == 1
        return (inner, (_WRAPPER,)) if holds_services else (data, ())

    def _item(self, value: object, keys: KeyPath) -> None:
        if not isinstance(value, dict):
            if (name := self._name(value, keys)) is not None:
                self._add(name, {}, keys, keys)
        elif "name" not in value:
            self._say(keys, 'a service has no "name"')
        elif (name := self._name(value["name"], (*keys, "name"))) is not None:
            self._add(name, value, (*keys, "name"), keys)

    def _details(self, name: str, value: object, keys: KeyPath) -> None:
        if not name.strip():
            self._say(keys, "the name of a service is empty")
        elif value is None or isinstance(value, dict):
            self._add(name, value or {}, keys, keys)
        else:
            self._say(keys, f'the details of "{name[:80]}" are {_kind(value)}, not a mapping with owner or aliases')

    def _name(self, value: object, keys: KeyPath) -> str | None:
        """A name as it is written: `no`, `on` and `404` are names here."""
        written = None if value is None else self.document.spelling.get(keys)
        if written and written.strip():
            return written.strip()
        self._say(keys, f"the name of a service is {'empty' if value in (None, '') else _kind(value)}")
        return None

    def _add(self, name: str, details: dict[str, object], place: KeyPath, keys: KeyPath) -> None:
        aliases = details.get("aliases")
        below = (*keys, "aliases")
        named = (
            [self._name(alias, (*below, index)) for index, alias in enumerate(aliases)]
            if isinstance(aliases, list)
            else [self._name(aliases, below)]
            if aliases is not None
            else []
        )
        self._claim(name, place)
        for index, alias in enumerate(named):
            if alias is not None and slug(alias) != slug(name):
                self._claim(alias, (*below, index))
        self.services.append(
            CataloguedService(
                name,
                tuple(alias for alias in named if alias is not None),
                self._detail(name, "owner", details, keys),
                self._detail(name, "description", details, keys),
            )
        )

    def _detail(self, name: str, key: str, details: dict[str, object], keys: KeyPath) -> str:
        """A detail as it is written; a list or a mapping names none."""
        value, place = details.get(key), (*keys, key)
        if isinstance(value, str):
            return value.strip()
        if isinstance(value, list | dict):
            self._say(place, f'the {key} of "{name[:80]}" is {_kind(value)}, not one line of text')
            return ""
        return "" if value is None else self.document.spelling.get(place, "").strip()

    def _claim(self, name: str, keys: KeyPath) -> None:
        """Note who has a name: two that are alike would leave open which service is meant."""
        place = self._place(keys)
        first = self._names.setdefault(slug(name), place)
        if first != place:
            self._say(keys, f'"{name[:80]}" is the name of two services; the other is on line {first.line}')

    def _say(self, keys: KeyPath, message: str) -> None:
        self.problems.append(catalogue_problem(self._place(keys), message))

    def _place(self, keys: KeyPath) -> Place:
        for length in range(len(keys), -1, -1):
            if place := self.document.keys.get(keys[:length]) or self.document.places.get(keys[:length]):
                return place
        return Place.at(self.path)


def _kind(value: object) -> str:
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "a mapping"
    return "a text" if isinstance(value, str) else "a truth value" if isinstance(value, bool) else "a number"
