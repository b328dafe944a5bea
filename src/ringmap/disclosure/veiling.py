"""A case file in which no victim can be read by name: ids, names, homes, numbers, notes."""

import hashlib
import hmac
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.disclosure.bands import age_band, birth_band
from ringmap.disclosure.scrubbing import Scrubber
from ringmap.model import Case, find_province, province_point

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_KEPT = frozenset({
    "sex", "nationality", "ethnic_group", "country", "country_from", "role", "standing",
    "victim_status", "name", "age", "born", "home_province", "province", "home_place",
})  # fmt: skip
_KEPT_OF_HOME = frozenset({"kind", "province", "country", "country_from"})
_KEPT_OF_NUMBER = frozenset({"kind"})
_SCRUBBED = {
    "statements": ("value", "column"),
    "roles": ("as_written",),
    "tie_records": ("as_written", "page", "note"),
    "events": ("as_written", "note", "route", "leg"),
    "records": ("file", "page"),
    "sources": ("source_ref", "document", "page", "agency", "note", "further"),
}
WITHHELD = "withheld"
#: Column of the statement that counts what is not shown of a protected party.
WITHHELD_COLUMN = "withheld_entries"

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Veil:
    """What stands in the place of what: for parties by name, for texts by scrubbing."""

    parties: Mapping[str, str]
    scrubber: Scrubber

    def party(self, name: str) -> str:
        """What to call a party."""
        return self.parties.get(name, name)

    def text(self, text: str) -> str:
        """Text without the names of victims."""
        return self.scrubber.scrub(text)


def veil_case(case: Case, key: str) -> tuple[Case, Veil]:
    """The case file with its victims under pseudonyms, and how to veil what was found in it.

    A person who is a victim in any case, or presumed one, is shown as ``Victim`` and a code
    that stays the same as long as the key does. Ages become bands; homes become their
    province, at its centre; numbers that only victims use are withheld; columns of the
    user's own about a victim are withheld, and counted.
    """
    people = case.parties["side"].isin(["victim", "both"]).to_numpy()
    homes, numbers = _homes(case, people), _numbers(case, people)
    names = _pseudonyms(case, people, homes, numbers, key)
    secrets = list(_secrets(case, people, homes, numbers, names))
    veil = Veil(
        {str(case.parties["party"].iat[place]): name for place, name in names.items()},
        Scrubber(secrets),
    )
    parties = _veil_parties(case.parties, names, homes, people | numbers, veil)
    statements = _veil_statements(case, names, people, homes, numbers)
    tables = case.tables() | {"parties": parties, "statements": statements}
    for name, columns in _SCRUBBED.items():
        tables[name] = _scrub(tables[name], columns, veil.text)
    return Case(**tables, files=case.files), veil


def _homes(case: Case, people: Mask) -> Mask:
    """Places that are a victim's home: named as one, or of that kind, or lived in."""
    homes = (case.parties["kind"] == "home_village").to_numpy().copy()
    place = (case.parties["type"] == "place").to_numpy()
    told = case.statements[case.statements["column"] == "home_place"]
    of_victims = told[people[told["party"].to_numpy()]]["value"]
    homes |= place & case.parties["id"].isin(of_victims).to_numpy()
    lived = case.ties[case.ties["kind"].isin(["lived_at", "registered_at"])]
    source, target = lived["source"].to_numpy(), lived["target"].to_numpy()
    homes[target[people[source]]] = True
    return homes & place


def _numbers(case: Case, people: Mask) -> Mask:
    """Identifiers that victims hold and nobody else does."""
    identifier = (case.parties["type"] == "identifier").to_numpy()
    person = case.parties["type"].isin(["person", "organisation"]).to_numpy()
    source, target = case.ties["source"].to_numpy(), case.ties["target"].to_numpy()
    held, shared = np.zeros(len(people), dtype=bool), np.zeros(len(people), dtype=bool)
    for one, other in ((source, target), (target, source)):
        numbers = identifier[other] & person[one]
        held[other[numbers & people[one]]] = True
        shared[other[numbers & ~people[one]]] = True
    return identifier & held & ~shared


def _pseudonyms(case: Case, people: Mask, homes: Mask, numbers: Mask, key: str) -> dict[int, str]:
    """Name to show by position; no two the same, and none that a record uses as a name."""
    taken = set(case.parties["party"]) | set(case.parties["name"]) | set(case.parties["id"])
    names: dict[int, str] = {}
    for word, chosen in (("Victim", people), ("Home", homes), ("Number", numbers)):
        for place in np.flatnonzero(chosen).tolist():
            party = f"{case.parties['type'].iat[place]}\x1f{case.parties['id'].iat[place]}"
            name = _free_name(word, party, key, taken)
            names[place] = name
            taken.add(name)
    return names


def _free_name(word: str, party: str, key: str, taken: set[str]) -> str:
    digest = hmac.new(key.encode(), party.encode(), hashlib.sha256).digest()
    number = int.from_bytes(digest, "big")
    code = ""
    while number:
        number, sign = divmod(number, len(_ALPHABET))
        code += _ALPHABET[sign]
        if len(code) >= 4 and f"{word} {code}" not in taken:
            return f"{word} {code}"
    raise AssertionError("a digest is long enough to be unique")


def _secrets(case: Case, people: Mask, homes: Mask, numbers: Mask,
             names: Mapping[int, str]) -> Iterable[tuple[str, str]]:  # fmt: skip
    """Every recorded spelling of what must not be read, with what stands in its place."""
    hidden = people | homes | numbers
    told = case.statements[hidden[case.statements["party"].to_numpy()]]
    names_of = ("name", "aliases", "name_as_written", "aliases_as_written", "value")
    for party, column, value in zip(told["party"], told["column"], told["value"], strict=True):
        if column in names_of:
            for part in (value, *str(value).split(";")):
                yield str(part), names[int(party)]
    for place in np.flatnonzero(hidden).tolist():
        if case.parties["label_is_id"].iat[place]:
            yield str(case.parties["id"].iat[place]), names[place]
    yield from _home_texts(case, people)


def _home_texts(case: Case, people: Mask) -> Iterable[tuple[str, str]]:
    """Homes written as text, where they are no province."""
    told = case.statements[case.statements["column"] == "home_place"]
    ids = set(case.parties["id"])
    for value in told[people[told["party"].to_numpy()]]["value"].unique():
        if value not in ids and not find_province(value):
            yield str(value), "a home"


def _veil_parties(parties: pd.DataFrame, names: Mapping[int, str], homes: Mask, blank: Mask,
                  veil: Veil) -> pd.DataFrame:  # fmt: skip
    shown = parties.copy()
    places = list(names)
    for column in ("party", "id", "name"):
        values = shown[column].astype(object)
        values.iloc[places] = list(names.values())
        shown[column] = values.astype("str")
    shown["key"] = shown["key"].where(~pd.Series(range(len(shown))).isin(places), shown["name"])
    for place in np.flatnonzero(homes):
        point = _province_of(shown, int(place))
        shown.loc[int(place), ["lat", "lon"]] = point
    shown.loc[blank & ~homes, ["lat", "lon"]] = np.nan
    texts = {column: shown[column].map(veil.text, na_action="ignore") for column in ("name",)}
    return shown.assign(**texts).astype({"name": "str"})


def _province_of(parties: pd.DataFrame, place: int) -> tuple[float, float]:
    province, country = parties["province"].iat[place], parties["country"].iat[place]
    if isinstance(province, str) and isinstance(country, str):
        return province_point(province, country) or (np.nan, np.nan)
    return (np.nan, np.nan)


def _veil_statements(case: Case, names: Mapping[int, str], people: Mask, homes: Mask,
                     numbers: Mask) -> pd.DataFrame:  # fmt: skip
    table = case.statements
    party, column = table["party"].to_numpy(), table["column"]
    keep = np.ones(len(table), dtype=bool)
    for chosen, kept in ((people, _KEPT), (homes, _KEPT_OF_HOME), (numbers, _KEPT_OF_NUMBER)):
        keep &= ~chosen[party] | column.isin(kept).to_numpy()
    shown = table[keep].reset_index(drop=True)
    shown["value"] = _shown_values(case, shown, names, people)
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


def _shown_values(case: Case, table: pd.DataFrame, names: Mapping[int, str],
                  people: Mask) -> pd.Series:  # fmt: skip
    values = table["value"].astype(object).to_numpy(copy=True)
    columns = table["column"].to_numpy()
    parties = table["party"].to_numpy()
    for row in np.flatnonzero(people[parties]):
        values[row] = _shown_value(case, str(columns[row]), str(values[row]),
                                   names[int(parties[row])])  # fmt: skip
    return pd.Series(values, dtype="str")


def _shown_value(case: Case, column: str, value: str, name: str) -> str:
    if column == "name":
        return name
    if column == "born":
        return birth_band(value) if value[:4].isdigit() else WITHHELD
    if column == "age":
        return _banded(value)
    if column == "home_place":
        return _province_name(case, value)
    if column in ("home_province", "province"):
        return value if find_province(value) else WITHHELD
    return value


def _banded(value: str) -> str:
    try:
        return age_band(float(value))
    except ValueError:
        return WITHHELD


def _province_name(case: Case, value: str) -> str:
    """Province of a home given by the id of a place, or by name."""
    match = case.parties[(case.parties["id"] == value) & (case.parties["type"] == "place")]
    if len(match) and isinstance(province := match["province"].iat[0], str):
        return province
    return value if find_province(value) else WITHHELD


def _scrub(table: pd.DataFrame, columns: Iterable[str],
           scrub: Callable[[str], str]) -> pd.DataFrame:  # fmt: skip
    changes = {}
    for column in columns:
        codes, distinct = pd.factorize(table[column], use_na_sentinel=True)
        cleaned = np.array([*(scrub(str(text)) for text in distinct), None], dtype=object)
        changes[column] = pd.Series(cleaned[codes], index=table.index, dtype="str")
    return table.assign(**changes)
