"""A case file in which no victim can be read by name: ids, names, homes, numbers, notes."""

import hashlib
import hmac
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise, takewhile

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.disclosure.bands import age_band, birth_band
from ringmap.disclosure.scrubbing import Scrubber, Secret, bare_number
from ringmap.model import (
    Case,
    SourceFile,
    end_of,
    find_country,
    find_province,
    match_key,
    precision,
    province_point,
    start_of,
)

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_SHORTEST_CODE = 4
_KEPT = frozenset({
    "sex", "nationality", "ethnic_group", "country", "country_from", "name", "age", "born",
    "home_province", "province", "home_place",
})  # fmt: skip
_KEPT_OF_HOME = frozenset({"kind", "province", "country", "country_from"})
_KEPT_OF_NUMBER = frozenset({"kind"})
_NAMES = ("name", "aliases", "name_as_written", "aliases_as_written", "value")
_PROVINCES = ("home_province", "province")
#: Columns that name parties by their ids, several in a cell.
_REFERENCES = ("home_place", "place_id", "holder", "person_id", "moved_by")
_SCRUBBED = {
    "statements": ("column",),
    "roles": ("as_written", "dates_as_written", "event"),
    "tie_records": ("as_written", "dates_as_written", "page", "amount", "currency", "note"),
    "events": (
        "event",
        "as_written",
        "dates_as_written",
        "route",
        "leg",
        "amount",
        "currency",
        "note",
    ),
    "records": ("file", "page"),
    "sources": ("source_ref", "document", "page", "agency", "note", "further"),
}
_VILLAGE_WORDS = ("ban", "thon", "xom", "lang", "ap", "buon", "xa", "to", "village", "hamlet",
                  "commune")  # fmt: skip
_LARGER_WORDS = ("huyen", "quan", "thanh", "thi", "tp", "tx", "district", "county", "city", "town")
_WORD_OF_TYPE = {"person": "Person", "organisation": "Organisation", "place": "Place",
                 "identifier": "Number", "case": "Case"}  # fmt: skip
_KIN = ("kin_of", "married_to")
WITHHELD = "withheld"
A_HOME = "a home"
#: Column of the statement that counts what is not shown of a protected party.
WITHHELD_COLUMN = "withheld_entries"

Mask = npt.NDArray[np.bool_]


class VeiledCase(Case):
    """A case file that went through `veil_case`; it has nothing left to veil."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """Which parties may not be read by name, by position."""

    people: Mask
    kin: Mask
    homes: Mask
    numbers: Mask

    @property
    def persons(self) -> Mask:
        """Victims and their kin."""
        return self.people | self.kin

    @property
    def all(self) -> Mask:
        """People, homes and numbers."""
        return self.persons | self.homes | self.numbers


@dataclass(frozen=True, slots=True)
class Veil:
    """What stands in the place of what: parties and names as a whole, texts by scrubbing."""

    parties: Mapping[str, str]
    names: Mapping[str, str]
    scrubber: Scrubber

    def party(self, name: str) -> str:
        """What to call a party."""
        return self.parties.get(name, name)

    def text(self, text: str) -> str:
        """Text without the names of victims."""
        return self.scrubber.scrub(text)

    def value(self, text: str) -> str:
        """A party, the name of a party, or text, as it may be shown."""
        if text in self.parties:
            return self.parties[text]
        return self.names[text] if text in self.names else self.text(text)


def count_protected(case: Case) -> int:
    """How many people of a case file are protected as victims."""
    return int(_protected(case).sum())


def list_hidden(case: Case) -> frozenset[str]:
    """Parties that the default policy shows under a code: victims, kin, homes, their numbers.

    Names that ringmap makes up, such as those of rings, are not to be made of them.
    """
    hidden = _hidden(case)
    return frozenset(case.parties["party"][hidden.all].tolist())


def _hidden(case: Case) -> Hidden:
    people = _protected(case)
    kin = _kin(case, people)
    return Hidden(people, kin, _homes(case, people), _numbers(case, people | kin))


def veil_case(case: Case, key: str) -> tuple[Case, Veil]:
    """The case file with its victims under pseudonyms, and how to veil what was found in it.

    A person who is a victim in any case, or presumed one, is shown as ``Victim`` and a code
    that stays the same as long as the key does; their kin who are no offenders are shown as
    ``Relative``, for a mother's name is as good as the child's. Ages become bands; homes
    become their province, at its centre; numbers that only victims use are withheld;
    columns of the user's own about a victim are withheld, and counted. Parties are sorted
    anew, so that the order tells nothing of the ids. A case file that was veiled stays as
    it is, whatever the key.
    """
    if isinstance(case, VeiledCase):
        same = {str(party): str(party) for party in case.parties["party"]}
        return case, Veil(same, {}, Scrubber(()))
    hidden = _hidden(case)
    names = _pseudonyms(case, hidden, key)
    scrubber = _scrubber(case, hidden, names)
    _name_told_ids(case, names, scrubber, key)
    veil = _veil(case, hidden, names, scrubber)
    tables = case.tables() | {
        "parties": _veil_parties(case.parties, names, hidden, veil),
        "statements": _veil_statements(case, names, hidden, veil),
    }
    for name, columns in _SCRUBBED.items():
        tables[name] = _scrub(tables[name], columns, veil.text)
    # A digest of a row would let a guess at the row be tried.
    tables["records"] = tables["records"].assign(
        digest=np.zeros(len(tables["records"]), dtype=np.uint64)
    )
    files = tuple(SourceFile(veil.text(file.file), file.sha256) for file in case.files)
    return VeiledCase(**sort_parties(tables), files=files), veil


def call_by_codes(case: Case, key: str) -> Case:
    """The same case file, its protected parties called by their codes and sorted by them.

    Ids may be names. What is measured on such a case file says nothing of them: neither the
    order of its rows, nor the number of a tie or ring, nor the last digit of a sum. Nothing
    else is veiled: this is a case file to think about, and still to be cleared under the same
    key, which gives the same codes.
    """
    if isinstance(case, VeiledCase):
        return case
    hidden = _hidden(case)
    names = _pseudonyms(case, hidden, key)
    _name_told_ids(case, names, _scrubber(case, hidden, names), key)
    called = case.parties["party"].astype(object)
    called.iloc[list(names)] = list(names.values())
    tables = case.tables() | {"parties": case.parties.assign(party=called.astype("str"))}
    return Case(**sort_parties(tables, by="party"), files=case.files)


def _protected(case: Case) -> Mask:
    """Victims, presumed victims, and whoever a record calls a victim beside another role."""
    people = case.parties["side"].isin(["victim", "both"]).to_numpy(dtype=bool).copy()
    roles = case.roles
    called = roles["standing"].isin(["possible_victim", "identified_victim"])
    called |= roles["victim_status"].notna()
    people[roles["person"].to_numpy()[called.to_numpy(dtype=bool)]] = True
    people[case.ties["source"].to_numpy()[(case.ties["kind"] == "victim_in").to_numpy()]] = True
    return people & (case.parties["type"] == "person").to_numpy()


def _kin(case: Case, people: Mask) -> Mask:
    """People tied to a victim by blood or marriage who are no offenders in any record."""
    ties = case.ties[case.ties["kind"].isin(_KIN)]
    source, target = ties["source"].to_numpy(), ties["target"].to_numpy()
    kin = np.zeros(len(people), dtype=bool)
    kin[target[people[source]]] = True
    kin[source[people[target]]] = True
    offender = (case.parties["side"] == "offender").to_numpy(dtype=bool)
    return kin & ~people & ~offender & (case.parties["type"] == "person").to_numpy()


def _homes(case: Case, people: Mask) -> Mask:
    """Places that are a victim's home: named as one, or of that kind, or lived in."""
    homes = (case.parties["kind"] == "home_village").to_numpy(dtype=bool).copy()
    place = (case.parties["type"] == "place").to_numpy()
    told = case.statements[case.statements["column"] == "home_place"]
    of_victims = told[people[told["party"].to_numpy()]]["value"]
    homes |= case.parties["id"].isin(of_victims).to_numpy()
    villages = {match_key(part) for text in of_victims for part in _village_parts(str(text))}
    homes |= case.parties["key"].isin(villages).to_numpy()
    lived = case.ties[case.ties["kind"].isin(["lived_at", "registered_at"])]
    source, target = lived["source"].to_numpy(), lived["target"].to_numpy()
    homes[target[people[source]]] = True
    return homes & place


def _village_parts(home: str) -> list[str]:
    """The parts of a written home that are smaller than a district, with and without their word."""
    found = []
    for part in (one.strip() for one in home.split(",")):
        words = part.split()
        if not words or find_province(part) or find_country(part):
            continue
        if match_key(words[0]) in _LARGER_WORDS and len(words) > 1:
            continue
        found.append(part)
        if match_key(words[0]) in _VILLAGE_WORDS and len(words) > 2:
            found.append(" ".join(words[1:]))
    return found


def _numbers(case: Case, people: Mask) -> Mask:
    """Identifiers that victims (or their kin) hold and nobody else does."""
    identifier = (case.parties["type"] == "identifier").to_numpy()
    person = case.parties["type"].isin(["person", "organisation"]).to_numpy()
    source, target = case.ties["source"].to_numpy(), case.ties["target"].to_numpy()
    held, shared = np.zeros(len(people), dtype=bool), np.zeros(len(people), dtype=bool)
    for one, other in ((source, target), (target, source)):
        numbers = identifier[other] & person[one]
        held[other[numbers & people[one]]] = True
        shared[other[numbers & ~people[one]]] = True
    return identifier & held & ~shared


def _pseudonyms(case: Case, hidden: Hidden, key: str) -> dict[int, str]:
    """Name to show by position; no two the same, and none that a record uses as a name."""
    names: dict[int, str] = {}
    taken = _taken(case)
    for word, chosen in (("Victim", hidden.people), ("Relative", hidden.kin),
                         ("Home", hidden.homes), ("Number", hidden.numbers)):  # fmt: skip
        codes = {place: _code(case, place, key) for place in np.flatnonzero(chosen).tolist()}
        least = _lengths_apart(codes)
        for place, code in codes.items():
            names[place] = _free_name(word, case, place, code, taken, least[place])
    return names


def _lengths_apart(codes: Mapping[int, str]) -> dict[int, int]:
    """For each code the length from which on it is like no other.

    Whoever comes later makes a code longer, and never takes the one that another had: an old
    page must not point at somebody else.
    """
    ordered = sorted(codes.items(), key=lambda one: one[1])
    least = dict.fromkeys(codes, _SHORTEST_CODE)
    for (one, code), (other, after) in pairwise(ordered):
        letters = zip(code, after, strict=False)
        alike = sum(1 for _ in takewhile(lambda two: two[0] == two[1], letters))
        for place in (one, other):
            least[place] = max(least[place], alike + 1)
    return least


def _taken(case: Case) -> set[str]:
    told = case.statements["value"][case.statements["column"].isin(_NAMES)]
    texts = pd.concat([case.parties["party"], case.parties["name"], case.parties["id"], told])
    return {match_key(text) for text in texts.unique()}


def _code(case: Case, place: int, key: str) -> str:
    """All the letters that a party's pseudonym may be cut from."""
    party = f"{case.parties['type'].iat[place]}\x1f{case.parties['id'].iat[place]}"
    digest = hmac.new(key.encode(), party.encode(), hashlib.sha256).digest()
    number = int.from_bytes(digest, "big")
    code = ""
    while number:
        number, sign = divmod(number, len(_ALPHABET))
        code += _ALPHABET[sign]
    return code


def _free_name(word: str, case: Case, place: int, code: str, taken: set[str],
               least: int = _SHORTEST_CODE) -> str:  # fmt: skip
    for length in range(least, len(code) + 1):
        name = f"{word} {code[:length]}"
        own = name == case.parties["party"].iat[place]
        if own or match_key(name) not in taken:
            taken.add(match_key(name))
            return name
    raise AssertionError("a digest is long enough to be unique")


def _name_told_ids(case: Case, names: dict[int, str], scrubber: Scrubber, key: str) -> None:
    """Give those parties a code, too, whose id holds the name of a victim."""
    taken = _taken(case) | {match_key(name) for name in names.values()}
    types = case.parties["type"].to_numpy()
    called = zip(case.parties["party"].tolist(), case.parties["id"].tolist(), strict=True)
    for place, both in enumerate(called):
        person = types[place] == "person"
        told = any(scrubber.scrub_name(one, person=person) != one for one in both)
        if place not in names and told:
            code = _code(case, place, key)
            names[place] = _free_name(_WORD_OF_TYPE[types[place]], case, place, code, taken)


def _scrubber(case: Case, hidden: Hidden, names: Mapping[int, str]) -> Scrubber:
    shown = ~hidden.all
    parties = case.parties
    person = (parties["type"] == "person").to_numpy()
    told = case.statements[case.statements["column"].isin(_NAMES)]
    told = told[shown[told["party"].to_numpy()]]
    open_names = {(str(name), bool(one)) for name, one in
                  zip(parties["name"][shown], person[shown], strict=True)}  # fmt: skip
    open_names |= {(str(name), bool(one)) for name, one in
                   zip(told["value"], person[told["party"].to_numpy()], strict=True)}  # fmt: skip
    births = case.statements[case.statements["column"] == "born"]
    births = births[hidden.persons[births["party"].to_numpy()]]["value"]
    ends = {end for one in births.unique() for end in (start_of(str(one)), end_of(str(one)))}
    full = {end: birth_band(end) for end in sorted(ends) if precision(end) in ("day", "month")}
    secrets = dict.fromkeys(_secrets(case, hidden, names))
    return Scrubber(secrets, sorted(open_names), full)


def _secrets(case: Case, hidden: Hidden, names: Mapping[int, str]) -> Iterable[Secret]:
    """Every recorded spelling of what must not be read, with what stands in its place."""
    told = case.statements[hidden.all[case.statements["party"].to_numpy()]]
    numbers = _shown_digits(case, hidden)
    for party, column, value in zip(told["party"], told["column"], told["value"], strict=True):
        person = bool(hidden.persons[party])
        if column in _NAMES:
            for part in dict.fromkeys((value, *str(value).split(";"))):
                yield Secret(str(part), names[int(party)], person)
        elif person and column not in _KEPT and bare_number(value) not in numbers:
            yield Secret(str(value), names[int(party)], digits_only=True)
    for place in np.flatnonzero(hidden.all).tolist():
        for told_id in {case.parties["id"].iat[place], case.parties["name"].iat[place]}:
            labelled = bool(case.parties["label_is_id"].iat[place] and hidden.persons[place])
            yield Secret(str(told_id), names[place], labelled)
    for place in np.flatnonzero(hidden.homes).tolist():
        for part in _village_parts(str(case.parties["name"].iat[place])):
            yield Secret(part, names[place])
    yield from _home_texts(case, hidden)


def _shown_digits(case: Case, hidden: Hidden) -> set[str]:
    """Numbers that others use as well: they stay, for they tie cases together."""
    identifier = (case.parties["type"] == "identifier").to_numpy() & ~hidden.all
    told = case.statements[identifier[case.statements["party"].to_numpy()]]["value"]
    return {bare_number(text) for text in (*told, *case.parties["id"][identifier])}


def _home_texts(case: Case, hidden: Hidden) -> Iterable[Secret]:
    """Homes written as text, whole and by their parts, where they are no province."""
    told = case.statements[case.statements["column"] == "home_place"]
    ids = set(case.parties["id"][case.parties["type"] == "place"])
    for value in told[hidden.persons[told["party"].to_numpy()]]["value"].unique():
        if value in ids or find_province(value) or match_key(value) == "unknown":
            continue
        yield Secret(str(value), A_HOME)
        for part in _village_parts(str(value)):
            yield Secret(part, A_HOME)


def _veil(case: Case, hidden: Hidden, names: Mapping[int, str], scrubber: Scrubber) -> Veil:
    parties = dict(zip(case.parties["party"].tolist(), case.parties["party"].tolist(), strict=True))
    for column in ("id", "party"):
        parties |= {str(case.parties[column].iat[place]): name for place, name in names.items()}
    shown = case.parties[~hidden.all]
    person = (shown["type"] == "person").tolist()
    names_of = {
        str(name): scrubber.scrub_name(str(name), person=one)
        for name, one in zip(shown["name"], person, strict=True)
    }
    return Veil(parties, names_of, scrubber)


def _veil_parties(parties: pd.DataFrame, names: Mapping[int, str], hidden: Hidden,
                  veil: Veil) -> pd.DataFrame:  # fmt: skip
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
    shown["key"] = shown["name"].map(match_key).astype("str")
    shown["province"] = _shown_provinces(shown["province"], hidden.all, veil)
    for place in np.flatnonzero(hidden.homes).tolist():
        shown.loc[place, ["lat", "lon"]] = _province_of(shown, place)
    shown.loc[hidden.all & ~hidden.homes, ["lat", "lon"]] = np.nan
    return shown


def _shown_provinces(values: pd.Series, strict: Mask, veil: Veil) -> pd.Series:
    """Provinces as they are; other texts scrubbed, or of hidden parties withheld."""
    shown = [
        one if not isinstance(one, str) or find_province(one) or one == "unknown"
        else WITHHELD if hidden else veil.text(one)
        for one, hidden in zip(values, strict, strict=True)
    ]  # fmt: skip
    return pd.Series(shown, index=values.index, dtype="str")


def _province_of(parties: pd.DataFrame, place: int) -> tuple[float, float]:
    province, country = parties["province"].iat[place], parties["country"].iat[place]
    if isinstance(province, str) and isinstance(country, str):
        return province_point(province, country) or (np.nan, np.nan)
    return (np.nan, np.nan)


def _veil_statements(case: Case, names: Mapping[int, str], hidden: Hidden,
                     veil: Veil) -> pd.DataFrame:  # fmt: skip
    table = case.statements
    party, column = table["party"].to_numpy(), table["column"]
    keep = np.ones(len(table), dtype=bool)
    for chosen, kept in ((hidden.persons, _KEPT), (hidden.homes, _KEPT_OF_HOME),
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
    ids = {str(case.parties["id"].iat[place]): name for place, name in names.items()}
    homes = _provinces_of_homes(case)
    known: dict[tuple[str, str], str] = {}
    values = []
    persons, other = hidden.persons, hidden.homes | hidden.numbers
    for party, column, value in zip(table["party"], table["column"], table["value"], strict=True):
        if persons[party]:
            values.append(_of_person(homes, column, value, names[int(party)], veil))
        elif other[party]:
            values.append(_of_thing(column, value))
        else:
            if (column, value) not in known:
                known[column, value] = _of_shown(column, value, ids, veil)
            values.append(known[column, value])
    return pd.Series(values, index=table.index, dtype="str")


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


def _of_person(homes: Mapping[str, str], column: str, value: str, name: str, veil: Veil) -> str:
    if column == "name":
        return name
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


def _scrub(table: pd.DataFrame, columns: Iterable[str],
           scrub: Callable[[str], str]) -> pd.DataFrame:  # fmt: skip
    changes = {}
    for column in columns:
        codes, distinct = pd.factorize(table[column], use_na_sentinel=True)
        cleaned = np.array([*(scrub(str(text)) for text in distinct), None], dtype=object)
        changes[column] = pd.Series(cleaned[codes], index=table.index, dtype="str")
    return table.assign(**changes)


_PARTY_COLUMNS = {
    "statements": ("party",),
    "roles": ("person", "case"),
    "ties": ("source", "target", "case"),
    "events": ("case", "from_place", "to_place", "crossing", "person", "moved_by"),
}


def sort_parties(tables: Mapping[str, pd.DataFrame], *, by: str = "id") -> dict[str, pd.DataFrame]:
    """Tables with parties by id as they are shown, and ties in the order of their ends.

    In the old order a pseudonym between "Mai" and "Minh" would say how the name begins.
    """
    order = tables["parties"].sort_values([by, "type"], kind="stable").index.to_numpy()
    place = np.empty(len(order) + 1, dtype=np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    place[-1] = -1  # "not recorded" stays so
    moved = dict(tables) | {"parties": tables["parties"].iloc[order].reset_index(drop=True)}
    for name, columns in _PARTY_COLUMNS.items():
        changes = {column: place[tables[name][column].to_numpy()] for column in columns}
        moved[name] = tables[name].assign(**changes)
    return moved | _sorted_ties(moved["ties"], tables["tie_records"])


def _sorted_ties(ties: pd.DataFrame, records: pd.DataFrame) -> dict[str, pd.DataFrame]:
    turned = (ties["direction"] == "undirected").to_numpy() & (
        ties["source"] > ties["target"]
    ).to_numpy()
    source, target = ties["source"].to_numpy(), ties["target"].to_numpy()
    ties = ties.assign(
        source=np.where(turned, target, source), target=np.where(turned, source, target)
    )
    order = ties.sort_values(["source", "target", "kind", "case"], kind="stable").index.to_numpy()
    place = np.empty(len(order), dtype=np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    of_tie = records["tie"].to_numpy()
    was_turned = records["turned"].to_numpy() ^ turned[of_tie]
    records = records.assign(tie=place[of_tie], turned=was_turned)
    records = records.sort_values(["tie", "record"], kind="stable", ignore_index=True)
    return {"ties": ties.iloc[order].reset_index(drop=True), "tie_records": records}
