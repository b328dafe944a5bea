"""The texts of a case file that must not be read, in every spelling that a record has of them."""

from collections.abc import Iterable, Mapping

from ringmap.disclosure.bands import birth_band
from ringmap.disclosure.hiding import Hidden, village_parts
from ringmap.disclosure.name_forms import Secret
from ringmap.disclosure.named_victims import A_VICTIM, find_named_victims
from ringmap.disclosure.scrubbing import Scrubber
from ringmap.disclosure.secret_numbers import bare_number, digits_in
from ringmap.model import (
    Case,
    end_of,
    find_province,
    match_key,
    names_in_cell,
    precision,
    start_of,
)

#: Columns of statements that are kept of a person, at least as a band or a province.
KEPT = frozenset({
    "sex", "nationality", "ethnic_group", "country", "country_from", "name", "age", "born",
    "home_province", "province", "home_place",
})  # fmt: skip

#: Columns of statements that a name may stand in.
NAME_COLUMNS = ("name", "aliases", "name_as_written", "aliases_as_written", "value")
A_HOME = "a home"


def make_scrubber(case: Case, hidden: Hidden, names: Mapping[int, str]) -> Scrubber:
    """What takes the secrets of hidden parties out of text; the names of others stay in it.

    `names` are what to call the hidden parties, by position.
    """
    shown = ~hidden.all
    parties = case.parties
    person = (parties["type"] == "person").to_numpy()
    told = case.statements[case.statements["column"].isin(NAME_COLUMNS)]
    told = told[shown[told["party"].to_numpy()]]
    open_names = {(str(name), bool(one)) for name, one in
                  zip(parties["name"][shown], person[shown], strict=True)}  # fmt: skip
    open_names |= {(str(name), bool(one)) for name, one in
                   zip(told["value"], person[told["party"].to_numpy()], strict=True)}  # fmt: skip
    births = case.statements[case.statements["column"] == "born"]
    births = births[hidden.persons[births["party"].to_numpy()]]["value"]
    ends = {end for one in births.unique() for end in (start_of(str(one)), end_of(str(one)))}
    full = {end: birth_band(end) for end in sorted(ends) if precision(end) in ("day", "month")}
    found = (one for one in _secrets(case, hidden, names) if one.text not in _NO_NAMES)
    secrets = dict.fromkeys(found)
    return Scrubber(secrets, sorted(open_names), full)


#: Who stands so in the place of a name is told from nobody by it, and notes need these words.
_NO_NAMES = frozenset({
    "girl", "girls", "boy", "boys", "woman", "women", "man", "men", "child", "children", "minor",
    "minors", "baby", "infant", "friend", "friends", "sister", "brother", "daughter", "son", "wife",
    "victim", "victims", "unknown girl", "unknown", "cô gái", "bé gái", "bé trai", "trẻ em",
    "phụ nữ", "nạn nhân", "niña", "niño", "mujer", "menor", "víctima", "amiga", "hermana", "hija",
})  # fmt: skip


def _secrets(case: Case, hidden: Hidden, names: Mapping[int, str]) -> Iterable[Secret]:
    """Every recorded spelling of what must not be read, with what stands in its place."""
    told = case.statements[hidden.all[case.statements["party"].to_numpy()]]
    told = told[told["column"].isin(NAME_COLUMNS) | ~told["column"].isin(KEPT)]
    numbers, persons = _shown_digits(case, hidden), hidden.persons.tolist()
    cells = (told[name].tolist() for name in ("party", "column", "value"))
    for party, column, value in zip(*cells, strict=True):
        person = persons[party]
        if column in NAME_COLUMNS:
            parts = names_in_cell(str(value)) if person else str(value).split(";")
            for part in dict.fromkeys((value, *parts)):
                yield Secret(str(part), names[int(party)], person)
        elif person and digits_in(value) and bare_number(value) not in numbers:
            yield Secret(str(value), names[int(party)], digits_only=True)
    ids, called = case.parties["id"].tolist(), case.parties["name"].tolist()
    labelled = (case.parties["label_is_id"].to_numpy(dtype=bool) & hidden.persons).tolist()
    by_code = sorted(names, key=names.__getitem__)  # the order of ids would tell of them
    for place in by_code:
        for told_id in dict.fromkeys((ids[place], called[place])):
            yield Secret(str(told_id), names[place], labelled[place])
    for place in (one for one in by_code if hidden.homes[one]):
        for part in village_parts(str(called[place])):
            yield Secret(part, names[place])
    yield from _home_texts(case, hidden)
    people = case.parties[hidden.persons]
    known = {*people["key"], *map(match_key, people["id"])}
    for name in sorted(find_named_victims(case)):
        if match_key(name) not in known:
            yield Secret(name, A_VICTIM, of_person=True)


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
        for part in village_parts(str(value)):
            yield Secret(part, A_HOME)
