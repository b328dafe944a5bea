"""A case file as it was assembled, text as positions among texts, until a table is asked for."""

from collections.abc import Mapping
from typing import Self

import pandas as pd

from ringmap.model.case import COLUMNS, Case, SourceFile
from ringmap.model.drafts import Table, as_frame, columns_of, of_frame


class CodedCase(Case):
    """A case file of which a table of text is made when it is first asked for.

    It differs from any other in nothing else. Most are put into a store, which wants positions.
    """

    _coded: dict[str, Table]

    @classmethod
    def of(cls, coded: Mapping[str, Table], files: tuple[SourceFile, ...]) -> Self:
        """The case file of some tables, whose numbers have the types that theirs have in a case."""
        case = cls.__new__(cls)
        tables = {name: columns_of(table, COLUMNS[name]) for name, table in coded.items()}
        case.__dict__.update(_coded=tables, files=files)
        return case

    def __getattr__(self, name: str) -> pd.DataFrame:
        """The table of that name. Python asks here only for what the case file has not yet."""
        coded = self.coded(name)
        if coded is not None:
            self.__dict__.setdefault(name, as_frame(coded, COLUMNS[name]))
            # A copy of this case file may have the same positions: they are not taken from it.
            left = {other: table for other, table in self._coded.items() if other != name}
            self.__dict__["_coded"] = left
        if name not in self.__dict__:
            raise AttributeError(name)
        kept: pd.DataFrame = self.__dict__[name]
        return kept

    def coded(self, name: str) -> Table | None:
        """A table nobody asked for yet, as it was assembled."""
        found: Table | None = self.__dict__.get("_coded", {}).get(name)
        return found


def coded_table(case: Case, name: str) -> Table:
    """A table of any case file, text as positions among texts."""
    coded = case.coded(name) if isinstance(case, CodedCase) else None
    return of_frame(getattr(case, name)) if coded is None else coded
