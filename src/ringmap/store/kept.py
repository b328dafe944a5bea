"""A case file whose tables stay packed until someone asks for them."""

from collections.abc import Mapping
from typing import Self

import pandas as pd
import pyarrow as pa

from ringmap.errors import StoreError
from ringmap.model import COLUMNS, Case, SourceFile
from ringmap.store.columns import unpack_table

Packed = Mapping[str, list[bytes]]


class KeptCase(Case):
    """A case file as a store gives it, each table unpacked when it is first asked for.

    It differs from any other in nothing else. Its blocks were found sound before.
    """

    _packed: Packed

    @classmethod
    def of(cls, packed: Packed, files: tuple[SourceFile, ...]) -> Self:
        """The case file of which blocks hold the tables."""
        case = cls.__new__(cls)
        case.__dict__.update(_packed=packed, files=files)
        return case

    def __getattr__(self, name: str) -> pd.DataFrame:
        """The table of that name. Python asks here only for what the case file has not yet."""
        if name not in COLUMNS:
            raise AttributeError(name)
        try:
            table = unpack_table(name, self._packed[name])
        except (ValueError, KeyError, TypeError, OSError, pa.ArrowException) as error:
            raise StoreError(
                f"the table '{name}' cannot be unpacked ({error})",
                hint="restore a copy, or load the sources again into a new store",
            ) from error
        kept: pd.DataFrame = self.__dict__.setdefault(name, table)
        return kept
