"""The tables of a case file as they may be shown: which cells stay, and what the others become."""

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from ringmap.disclosure.bands import age_band, birth_band
from ringmap.disclosure.hiding import Hidden, Mask
from ringmap.disclosure.named_victims import (
    WITHHELD,
    cell_on_victims,
    columns_on_victims,
    note_without_victims,
)
from ringmap.disclosure.recorded_secrets import KEPT
from ringmap.disclosure.veil import Veil
from ringmap.model import (
    Case,
    as_text,
    end_of,
    find_country,
    find_province,
    match_keys,
    names_victims,
    province_point,
    start_of,
)

#: Column of the statement that counts what is not shown of a protected party.
WITHHELD_COLUMN = "withheld_entries"
_KEPT_OF_HOME = frozenset({"kind", "province", "country", "country_from"})
_KEPT_OF_NUMBER = frozenset({"kind"})
_PROVINCES = ("home_province", "province")
#: Columns that name parties by their ids, several in a cell.
_REFERENCES = ("home_place", "place_id", "holder", "person_id", "moved_by")


def veil_parties(parties: pd.DataFrame, names: Mapping[int, str], hidden: Hidden,
                 veil: Veil) -> pd.DataFrame:  # fmt: skip
    """Parties under the names to show; homes at the centre of their province, if it is known."""
    shown = parties.copy()
    places = list(names)
    for column in ("party", "id"):
        values = shown[column].astype(object)
        values.iloc[places] = list(names.values())
        shown[column] = values.astype("str")
    told = np.array([veil.names.get(name, name) for name in shown["name"]], dtype=object)
    for place in np.flatnonzero(hidden.all).tolist():
        told[place] = names[place]
    shown["name"] = pd.Series(told, index=shown.index, dtype="str")
    keys = match_keys(pa.array(told, type=pa.large_string()))
    shown["key"] = as_text(keys).set_axis(shown.index)
    shown["province"] = _shown_provinces(shown["province"], hidden.all, veil)
    shown.loc[hidden.all, ["lat", "lon"]] = np.nan
    homes = np.flatnonzero(hidden.homes).tolist()
    points = np.array([_province_of(shown, place) for place in homes], dtype=np.float64)
    shown.loc[hidden.homes, ["lat", "lon"]] = points.reshape(-1, 2)
    return shown


def _shown_provinces(values: pd.Series, strict: Mask, veil: Veil) -> pd.Series:
    """Provinces as they are; other texts scrubbed, or of hidden parties withheld."""
    texts = np.array([*values.tolist(), None], dtype=object)[:-1]
    known = np.array([isinstance(one, str) for one in texts], dtype=bool)
    whole = {one for one in set(texts[known]) if one == "unknown" or find_province(one)}
    other = known & np.array([one not in whole for one in texts], dtype=bool)
    texts[other & strict] = WITHHELD
    texts[other & ~strict] = [veil.text(one) for one in texts[other & ~strict]]
    return pd.Series(texts, index=values.index, dtype="str")


def _province_of(parties: pd.DataFrame, place: int) -> tuple[float, float]:
    province, country = parties["province"].iat[place], parties["country"].iat[place]
    if isinstance(province, str) and isinstance(country, str):
        return province_point(province, country) or (np.nan, np.nan)
    return (np.nan, np.nan)


def veil_statements(case: Case, names: Mapping[int, str], hidden: Hidden,
                    veil: Veil) -> pd.DataFrame:  # fmt: skip
    """Statements without what would tell who somebody is; how many were left out is counted."""
    table = case.statements
    party, column = table["party"].to_numpy(), table["column"]
    keep = np.ones(len(table), dtype=bool)
    for chosen, kept in ((hidden.persons, KEPT), (hidden.homes, _KEPT_OF_HOME),
                         (hidden.numbers, _KEPT_OF_NUMBER)):  # fmt: skip
        keep &= ~chosen[party] | column.isin(kept).to_numpy()
    shown = table[keep].reset_index(drop=True)
    shown["value"] = _shown_values(case, shown, names, hidden, veil)
    dropped = table[~keep].drop_duplicates(["party", "column", "value"])
    counts = dropped.groupby("party").agg(count=("column", "size"), record=("record", "min"))
    withheld = pd.DataFrame(
        {
            "party": counts.index.to_numpy(dtype=np.int32),
            "column": pd.Series([WITHHELD_COLUMN] * len(counts), dtype="str"),
            "value": counts["count"].astype("str").to_numpy(),
            "record": counts["record"].to_numpy(dtype=np.int32),
        }
    )
    whole = pd.concat([shown, withheld.astype({"value": "str"})], ignore_index=True)
    return whole.drop_duplicates(ignore_index=True)


def _shown_values(case: Case, table: pd.DataFrame, names: Mapping[int, str], hidden: Hidden,
                  veil: Veil) -> pd.Series:  # fmt: skip
    listed = case.parties["id"].tolist()
    ids = {str(listed[place]): name for place, name in names.items()}
    homes = _provinces_of_homes(case)
    party = table["party"].to_numpy()
    on_victims, call = columns_on_victims(case), call_victims(names, veil)

    def told(column: str, value: str) -> str:
        if column in on_victims:
            return cell_on_victims(column, value, call)
        if column == "note":
            value = note_without_victims(value, call, below=names_victims)
        return _of_shown(column, value, ids, veil)

    things = hidden.homes | hidden.numbers
    persons = hidden.persons[party]
    things = things[party] & ~persons
    shown = np.empty(len(table), dtype=object)
    for chosen, say in (
        (persons, lambda column, value: _of_person(homes, column, value, veil)),
        (things, _of_thing),
        (~persons & ~things, told),
    ):
        shown[chosen] = _said_once(table[chosen], say)
    named = persons & (table["column"] == "name").to_numpy()
    shown[named] = [names[one] for one in party[named].tolist()]
    return pd.Series(shown, index=table.index, dtype="str")


def _said_once(table: pd.DataFrame, say: Callable[[str, str], str]) -> npt.NDArray[np.object_]:
    """What is to be said of each value of a column; each value is looked at once."""
    columns, column_names = pd.factorize(table["column"])
    values, texts = pd.factorize(table["value"])
    pairs, first, place = np.unique(
        columns.astype(np.int64) * len(texts) + values, return_index=True, return_inverse=True
    )
    listed_columns, listed_texts = column_names.tolist(), texts.tolist()
    said = np.empty(len(pairs), dtype=object)
    said[:] = [
        say(listed_columns[columns[row]], listed_texts[values[row]]) for row in first.tolist()
    ]
    found: npt.NDArray[np.object_] = said[place]
    return found


def call_victims(names: Mapping[int, str], veil: Veil) -> Callable[[str], str | None]:
    """The code of whoever a text names whole, if that is a hidden party."""
    codes = frozenset(names.values())

    def call(name: str) -> str | None:
        code = veil.parties.get(name, veil.text(name))
        return code if code in codes else None

    return call


def _of_shown(column: str, value: str, ids: Mapping[str, str], veil: Veil) -> str:
    """A value of a party that may be shown."""
    if column in _REFERENCES:
        parts = [part.strip() for part in value.split(";")]
        if any(part in ids for part in parts):
            return ";".join(ids.get(part, veil.text(part)) for part in parts)
    if column in _PROVINCES and find_province(value):
        return value
    return veil.names[value] if column == "name" and value in veil.names else veil.text(value)


def _of_thing(column: str, value: str) -> str:
    """A value of a hidden home or number: its sort, and where it lies by province."""
    if value == "unknown" or (column == "province" and find_province(value)):
        return value
    if column == "country" and find_country(value):
        return value
    return value if column in ("kind", "country_from") and value.isidentifier() else WITHHELD


def _of_person(homes: Mapping[str, str], column: str, value: str, veil: Veil) -> str:
    """A value of a hidden person, whose name is withheld here."""
    if column == "name":
        return WITHHELD
    if value == "unknown" or column == "sex":
        return value if value.isidentifier() else WITHHELD
    if column == "born":
        return _birth(value)
    if column == "age":
        return _banded(value)
    if column == "home_place":
        value = homes.get(value, value)
    if column in (*_PROVINCES, "home_place"):
        return value if find_province(value) else WITHHELD
    if column in ("nationality", "country"):
        return value if find_country(value) else WITHHELD
    return veil.text(value)


def _birth(born: str) -> str:
    """The band that a whole date of birth lies in; nothing of one that lies in no single band."""
    ends = (start_of(born), end_of(born))
    bands = {birth_band(end) if end[:4].isdigit() else WITHHELD for end in ends}
    return bands.pop() if len(bands) == 1 else WITHHELD


def _provinces_of_homes(case: Case) -> dict[str, str]:
    """Province of places by id, where it is known."""
    known = case.parties[(case.parties["type"] == "place") & case.parties["province"].notna()]
    return dict(zip(known["id"].tolist(), known["province"].tolist(), strict=True))


def _banded(value: str) -> str:
    try:
        age_years = float(value)
    except ValueError:
        return WITHHELD
    return age_band(age_years) if 0 <= age_years < 150 else WITHHELD
