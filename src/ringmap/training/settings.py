"""YAML files of scenarios and profiles: those that come with ringmap, and the user's own."""

from collections.abc import Iterable, Mapping
from functools import partial
from importlib.resources import files
from pathlib import Path

import yaml

from ringmap.errors import InventionError, ScenarioError
from ringmap.model import Setting, printable
from ringmap.model import read_settings as read_any

read_settings = partial(read_any, error=ScenarioError)


def list_shipped(folder: str) -> tuple[str, ...]:
    """Names of the YAML files of a kind that come with ringmap, in the order of the alphabet."""
    names = (one.name for one in files("ringmap.training").joinpath(folder).iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


def read_shipped(path: str) -> Setting:
    """A YAML file that comes with ringmap, by its path in the room; such as ``documents.yaml``.

    It is composed the quick way: a test sees to it that the strict reader has no objection.
    """
    text = files("ringmap.training").joinpath(path).read_text("utf-8")
    node = yaml.compose(text, _Loader)
    if node is None:
        raise ScenarioError("expected lines 'key: value', found nothing", file=path, line=1)
    return Setting(path.rpartition("/")[2], node, "", ScenarioError)


_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_own(kind: str, name: str, shipped: Iterable[str]) -> Setting:
    """A YAML file of the user's own; anything else is no scenario or profile."""
    path = Path(name)
    if path.suffix.lower() in {".yaml", ".yml"}:
        return read_settings(path)
    known = ", ".join(shipped)
    raise InventionError(f"no {kind} '{printable(name)}'", hint=f"one of {known}, or a .yaml file")


def read_texts(setting: Setting) -> Mapping[str, str]:
    """A text in several languages: ``{en: …, vi: …}``, or one text for all."""
    if not setting.is_mapping():
        return {"en": setting.text()}
    found = {language: value.text() for language, value in setting.items()}
    if "en" not in found:
        raise setting.expected("a line 'en:'")
    return found
