"""Each room's door offers exactly what it imports, in order, after one sentence."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "ringmap"
#: Opens each name when it is asked for: what it offers is asserted on its own below.
LATE = "workflow"
DOORS = sorted(door.parent.name for door in PACKAGE.glob("*/__init__.py")
               if door.parent.name != LATE)  # fmt: skip


@pytest.fixture(params=DOORS)
def room(request):
    return request.param


@pytest.fixture
def door(room):
    return ast.parse((PACKAGE / room / "__init__.py").read_text(encoding="utf-8"))


def test_a_door_opens_with_one_sentence(door):
    """A newcomer reads one line and knows what the room gives."""
    words = ast.get_docstring(door) or ""

    assert words.endswith(".")
    assert ". " not in words
    assert "\n\n" not in words


def test_a_door_offers_what_it_imports(door):
    """Nothing is offered that is not there, and nothing is imported for no one."""
    imported = [name for line in _imports(door) for name in _bound_names(line)]

    assert sorted(_offered(door)) == sorted(imported)


def test_a_door_lists_its_names_in_order(door):
    """Constants, then classes, then functions, each by the alphabet, as ruff sorts them."""
    offered = _offered(door)

    assert offered == sorted(offered, key=_rank)
    assert len(offered) == len(set(offered))


def test_a_door_takes_from_its_own_room_only(room, door):
    """Another room's name is fetched at that room's door, not passed on here."""
    taken = [line.module for line in _imports(door)]

    assert [name for name in taken if not str(name).startswith(f"ringmap.{room}.")] == []


def test_a_door_does_no_work(door):
    """Importing a room costs its imports and nothing more."""
    rest = [
        line
        for line in door.body[1:]
        if not isinstance(line, ast.ImportFrom) and not _is_list_of_names(line)
    ]

    assert [ast.unparse(line) for line in rest] == []


def _imports(door: ast.Module) -> list[ast.ImportFrom]:
    return [
        line
        for line in door.body
        if isinstance(line, ast.ImportFrom) and line.module != "__future__"
    ]


def _bound_names(line: ast.ImportFrom) -> list[str]:
    return [name.asname or name.name for name in line.names]


def _is_list_of_names(line: ast.stmt) -> bool:
    targets = line.targets if isinstance(line, ast.Assign) else [getattr(line, "target", None)]
    return [getattr(target, "id", None) for target in targets] == ["__all__"]


def _offered(door: ast.Module) -> list[str]:
    """The names in `__all__`; a door without one offers nothing."""
    lists = [line.value for line in door.body if _is_list_of_names(line)]
    return list(ast.literal_eval(lists[0])) if lists else []


def _rank(name: str) -> tuple[int, str]:
    if name.isupper():
        return 0, name
    return (1 if name[0].isupper() else 2), name


def test_the_late_door_offers_what_its_rooms_have():
    """Every name that it promises is found, and no other."""
    late = importlib.import_module(f"ringmap.{LATE}")

    assert all(hasattr(late, name) for name in late.__all__)
    assert set(late._HOME_OF) == set(late.__all__)
    assert not hasattr(late, "nothing of the kind")
