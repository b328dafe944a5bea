"""Parties that were mentioned before a table listed them, when two case files become one.

A tie names its ends by id. Read before the table that lists them, it cannot know that an end is
an organisation, or that a telephone has an id of its own. Once the table is there, the case
file is to be the same as if it had come first.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ringmap.model.case import PARTY_TYPES
from ringmap.model.drafts import (
    Coded,
    Codes,
    Draft,
    Mask,
    Table,
    as_texts,
    is_one_of,
    mapped,
    numbers_of,
    otherwise,
    ranked,
    renewed,
    take,
)

#: What a list of calls says of a number that no table lists.
_OF_NUMBERS = ("name", "value", "kind")
_LISTING = ("people", "organisations", "places", "identifiers", "cases")
_PERSON = PARTY_TYPES.index("person")


def settle_mentions(draft: Draft, same: Mapping[str, str]) -> Draft:
    """A draft whose parties that were only mentioned are taken for those that are listed.

    Parameters
    ----------
    same
        Ids that were made of numbers, and the ids under which a table lists these numbers.
    """
    settled = _call_as_listed(draft, same)
    settled["parties"] = _with_codes_for_keys(settled["parties"])
    bare = _listed_barely(settled)
    settled["parties"] = _take_for_listed(settled["parties"], _told(settled) | bare)
    happened = _of_those(settled["parties"], _in_events(settled))
    listed = _told(settled, _LISTING) | _of_those(settled["parties"], bare) | happened
    labelled = settled["parties"].numbers["label_is_id"] & ~listed
    settled["parties"] = renewed(settled["parties"], {"label_is_id": labelled})
    return settled


def _call_as_listed(draft: Draft, same: Mapping[str, str]) -> Draft:
    """Numbers under the ids that a table gives them, which also says what they are."""
    parties, statements = draft["parties"], draft["statements"]
    ids = parties.texts["id"]
    made = is_one_of(ids, same) & is_one_of(parties.texts["type"], ["identifier"])
    if not made.any():
        return dict(draft)
    said = made[statements.numbers["party"]] & is_one_of(statements.texts["column"], _OF_NUMBERS)
    others = Coded(np.where(made, np.int32(-1), ids.codes), ids.texts)
    listed = otherwise(others, mapped(ids, same.get))
    return draft | {
        "parties": replace(parties, texts={**parties.texts, "id": listed}),
        "statements": take(statements, ~said),
    }


def _with_codes_for_keys(parties: Table) -> Table:
    """Parties of which the same id has the same code, and a type its position in PARTY_TYPES."""
    types = numbers_of(parties.texts["type"], PARTY_TYPES.index, -1).astype(np.int32)
    texts = {"id": ranked(parties.texts["id"]), "type": Coded(types, as_texts(PARTY_TYPES))}
    return replace(parties, texts=texts)


def _told(draft: Draft, tables: Collection[str] = ()) -> Mask:
    """True for parties of which records say something, those of some tables or any."""
    records = draft["records"]
    counts = np.ones(records.rows, dtype=bool)
    if tables:
        counts = is_one_of(records.texts["table"], tables)
    told = np.zeros(draft["parties"].rows, dtype=bool)
    for name, column in (("statements", "party"), ("roles", "person")):
        rows = draft[name].numbers
        told[rows[column][counts[rows["record"]]]] = True
    return _of_those(draft["parties"], told)


def _listed_barely(draft: Draft) -> Mask:
    """True for people whom a table lists by their id and nothing more, as a redacted victim.

    Whom no table lists was mentioned by a tie, and has the id for a label, or by an event.
    """
    parties = draft["parties"]
    mentioned = parties.numbers["label_is_id"] | _in_events(draft)
    bare = (parties.texts["type"].codes == _PERSON) & ~_told(draft) & ~mentioned
    return _of_those(parties, bare)


def _in_events(draft: Draft) -> Mask:
    """True for parties that an event names."""
    named = np.zeros(draft["parties"].rows + 1, dtype=bool)
    for column in ("person", "moved_by"):
        named[draft["events"].numbers[column]] = True
    return named[:-1]


def _of_those(parties: Table, some: Mask) -> Mask:
    """True for every row of the parties of which some rows are given."""
    ids = parties.texts["id"]
    key = ids.codes.astype(np.int64) * len(PARTY_TYPES) + parties.texts["type"].codes
    found = np.zeros(len(ids.texts) * len(PARTY_TYPES), dtype=bool)
    found[key[some]] = True
    return np.asarray(found[key])


def _take_for_listed(parties: Table, told: Mask) -> Table:
    """Parties by type and id; a mention, which makes a person, is no other than what it names.

    An id that parties of several types share stays a person, and so does one of which nothing
    is recorded but that it was mentioned.
    """
    ids, types = parties.texts["id"], parties.texts["type"]
    listed = np.zeros((len(ids.texts), len(PARTY_TYPES)), dtype=bool)
    listed[ids.codes[told], types.codes[told]] = True
    named_id, named_type = _named(ids.texts, listed)
    mention = (types.codes == _PERSON) & ~told & (named_type[ids.codes] >= 0)
    texts = {
        "id": Coded(np.where(mention, named_id[ids.codes], ids.codes), ids.texts),
        "type": Coded(np.where(mention, named_type[ids.codes], types.codes), types.texts),
    }
    return replace(parties, texts=texts)


def _named(texts: pa.LargeStringArray, listed: Mask) -> tuple[Codes, Codes]:
    """Which party each text names: the position of its id, and its type, −1 where it names none.

    `listed` says for each text, as an id, of which types a table lists a party.
    """
    named_id = np.arange(len(texts), dtype=np.int32)
    alone = listed.sum(axis=1) == 1
    named_type = np.where(alone, listed.argmax(axis=1), -1).astype(np.int32)
    typed = ~alone & np.asarray(pc.match_substring(texts, ":"), dtype=bool)
    places = np.flatnonzero(typed)
    parts = [text.partition(":") for text in texts.filter(pa.array(typed)).to_pylist()]
    found = pc.index_in(as_texts(rest for _, _, rest in parts), texts).fill_null(-1)
    for place, (type_name, _, _), rest in zip(places, parts, found.to_pylist(), strict=True):
        if type_name in PARTY_TYPES and rest >= 0 and listed[rest, PARTY_TYPES.index(type_name)]:
            named_id[place], named_type[place] = rest, PARTY_TYPES.index(type_name)
    return named_id, named_type
