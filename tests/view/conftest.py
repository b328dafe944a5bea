"""Cases for the pages' tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ringmap.model import Case
from ringmap.records import read
from view.small_case import FILES

MakeCase = Callable[..., Case]


@pytest.fixture
def make_case(tmp_path: Path) -> MakeCase:
    """A case read from tables given as text; the small invented case unless told otherwise."""

    def make(**tables: str) -> Case:
        folder = tmp_path / f"case{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        for name, text in (FILES | tables).items():
            if text:
                (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        return read(folder).case

    return make
