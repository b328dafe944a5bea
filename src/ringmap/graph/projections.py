"""People tied by what they share (a case, a place, a phone), or by calls between their phones."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.errors import GraphError
from ringmap.graph.ringgraph import Evidence
from ringmap.model import Case, earliest_of, latest_of

PROJECTIONS = (
    "people", "people_through_calls", "people_through_cases", "people_through_places",
    "people_through_phones",
)  # fmt: skip
_THING = {"people_through_cases": "case", "people_through_places": "place",
          "people_through_phones": "identifier"}  # fmt: skip
_KIND = {"people_through_cases": "shared_case", "people_through_places": "shared_place",
         "people_through_phones": "shared_phone"}  # fmt: skip
_PHONES = ("phone", "sim")
_CONTACTS = ("called", "messaged")
#: More pairs than this no laptop should be asked to draw or rank.
MOST_PAIRS = 20_000_000

Ties = tuple[pd.DataFrame, npt.NDArray[np.int64], npt.NDArray[np.int32]]


def project(
    case: Case,
    ties: pd.DataFrame,
    start: npt.NDArray[np.int64],
    records: npt.NDArray[np.int32],
    names: Sequence[str],
    *,
    events: npt.NDArray[np.bool_],
) -> Ties:
    """Ties between people by the named projections, each with the records that made it.

    Of the events of the case only those marked in `events` put anybody anywhere.
    """
    parts = []
    for name in names:
        if name == "people":
            parts.append(_direct(case, ties, start, records))
        elif name == "people_through_calls":
            parts.append(_in_contact(case, ties, Evidence(start, records)))
        else:
            members = _members(case, ties, start, records, name, events)
            parts.append(_through(members, _KIND[name]))
    return _joined(parts)


def _direct(case: Case, ties: pd.DataFrame, start: npt.NDArray[np.int64],
            records: npt.NDArray[np.int32]) -> Ties:  # fmt: skip
    person = (case.parties["type"] == "person").to_numpy()
    keep = person[ties["source"].to_numpy()] & person[ties["target"].to_numpy()]
    kept = np.flatnonzero(keep)
    evidence = Evidence(start, records).take(kept)
    return ties[keep].reset_index(drop=True), evidence.start, evidence.records


def _in_contact(case: Case, ties: pd.DataFrame, evidence: Evidence) -> Ties:
    """People whose telephones were in touch, by calls or messages, in the direction of these.

    A telephone speaks for those who use it; where nobody is said to, for those who own it. Of
    several each has their share of the calls. A person who is recorded as calling a telephone
    speaks for themselves.
    """
    person, phone = _people_and_phones(case)
    source, target = ties["source"].to_numpy(), ties["target"].to_numpy()
    ends = phone | person
    contact = ties["kind"].isin(_CONTACTS).to_numpy() & ends[source] & ends[target]
    contact &= phone[source] | phone[target]
    speakers = _speakers(case, ties)
    calls = pd.DataFrame({"tie": np.flatnonzero(contact), "from_end": source[contact],
                          "to_end": target[contact]})  # fmt: skip
    for end in ("from", "to"):
        named = {name: f"{end}_{name}" for name in speakers.columns}
        calls = calls.merge(speakers.rename(columns=named), on=f"{end}_end")
    share = 1 / calls.groupby("tie")["tie"].transform("size").to_numpy(dtype=np.float64)
    strength = ties["weight"].fillna(1.0).to_numpy(dtype=np.float64)[calls["tie"]]
    calls = calls.assign(weight=share * strength)
    calls = calls[calls["from_person"] != calls["to_person"]].reset_index(drop=True)
    return _summed_calls(calls, ties, evidence)


def _people_and_phones(case: Case) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    person = (case.parties["type"] == "person").to_numpy()
    thing = (case.parties["type"] == "identifier").to_numpy()
    return person, thing & case.parties["kind"].isin(_PHONES).to_numpy()


def _speakers(case: Case, ties: pd.DataFrame) -> pd.DataFrame:
    """Who speaks for an end of a call, and by which tie (−1: for themselves)."""
    person, phone = _people_and_phones(case)
    source, target = ties["source"].to_numpy(), ties["target"].to_numpy()
    holds = ties["kind"].isin(("uses", "owns")).to_numpy() & person[source] & phone[target]
    held = np.flatnonzero(holds)
    uses = (ties["kind"] == "uses").to_numpy()
    used = np.zeros(len(phone), dtype=bool)
    used[target[held[uses[held]]]] = True
    held = held[uses[held] | ~used[target[held]]]
    people = np.flatnonzero(person)
    return pd.DataFrame(
        {
            "end": np.concatenate([target[held], people]),
            "person": np.concatenate([source[held], people]),
            "by": np.concatenate([held, np.full(len(people), -1)]),
        }
    ).drop_duplicates(["end", "person"], ignore_index=True)  # fmt: skip


def _summed_calls(calls: pd.DataFrame, ties: pd.DataFrame, evidence: Evidence) -> Ties:
    """One tie for each two people and direction, with the records of calls and of holding."""
    groups = calls.groupby(["from_person", "to_person"], sort=True)
    group = groups.ngroup().to_numpy().astype(np.int64)
    pairs = calls[["from_person", "to_person"]].drop_duplicates().sort_values(
        ["from_person", "to_person"]
    )  # fmt: skip
    count, of_tie = len(pairs), calls["tie"].to_numpy()
    summed = pd.DataFrame(
        {
            "source": pairs["from_person"].to_numpy(dtype=np.int32),
            "target": pairs["to_person"].to_numpy(dtype=np.int32),
            "kind": pd.Series(["phone_contact"] * count, dtype="str"),
            "case": np.full(count, -1, dtype=np.int32),
            "direction": pd.Series(["directed"] * count, dtype="str"),
            "weight": np.bincount(group, weights=calls["weight"], minlength=count),
            "first": earliest_of(ties["first"].iloc[of_tie], group, count),
            "last": latest_of(ties["last"].iloc[of_tie], group, count),
        }
    )
    lists: list[set[int]] = [set() for _ in range(count)]
    for place, row in zip(group, calls[["tie", "from_by", "to_by"]].to_numpy(), strict=True):
        for tie in row[row >= 0].tolist():
            lists[place].update(evidence.of(tie))
    told = [sorted(one) for one in lists]
    start = np.concatenate([[0], np.cumsum([len(one) for one in told])]).astype(np.int64)
    return summed, start, np.array([one for part in told for one in part], dtype=np.int32)


def _members(
    case: Case,
    ties: pd.DataFrame,
    start: npt.NDArray[np.int64],
    records: npt.NDArray[np.int32],
    name: str,
    events: npt.NDArray[np.bool_],
) -> pd.DataFrame:
    """A row per person, thing and record that puts the person there."""
    person = (case.parties["type"] == "person").to_numpy()
    thing = (case.parties["type"] == _THING[name]).to_numpy()
    if name == "people_through_phones":
        thing = thing & case.parties["kind"].isin(_PHONES).to_numpy()
    source, target = ties["source"].to_numpy(), ties["target"].to_numpy()
    counts = np.diff(start)
    parts = []
    for people, things in ((source, target), (target, source)):
        keep = person[people] & thing[things]
        kept = np.flatnonzero(keep)
        rows = np.repeat(kept, counts[kept])
        parts.append(
            pd.DataFrame(
                {
                    "person": people[rows],
                    "thing": things[rows],
                    "record": Evidence(start, records).take(kept).records,
                }
            )
        )
    if name == "people_through_places":
        parts.append(_visits(case, events))
    return pd.concat(parts, ignore_index=True).drop_duplicates(ignore_index=True)


def _visits(case: Case, kept: npt.NDArray[np.bool_]) -> pd.DataFrame:
    """Who was at which place, by the events that led there."""
    events = case.events[kept]
    parts = [
        pd.DataFrame({"person": events[who], "thing": events[where], "record": events["record"]})
        for who in ("person", "moved_by")
        for where in ("from_place", "to_place", "crossing")
    ]
    visits = pd.concat(parts, ignore_index=True)
    person = (case.parties["type"] == "person").to_numpy()
    known = (visits["person"].to_numpy() >= 0) & (visits["thing"].to_numpy() >= 0)
    visits = visits[known]
    of_people: pd.DataFrame = visits[person[visits["person"].to_numpy()]]
    return of_people


def _through(members: pd.DataFrame, kind: str) -> Ties:
    """A tie for each two people who share something, strength 1/(k − 1) for each thing of k."""
    weight: dict[tuple[int, int], float] = {}
    behind: dict[tuple[int, int], set[int]] = {}
    groups = members.groupby("thing", sort=True)
    sizes = groups["person"].nunique()
    if int((sizes * (sizes - 1) // 2).sum()) > MOST_PAIRS:
        raise GraphError(
            "too many people share the same things for each pair to be a tie",
            hint="choose the projection 'people', or leave out the largest places or cases",
        )
    for _, group in groups:
        recorded = group.groupby("person", sort=True)["record"].agg(set)
        people = [int(one) for one in recorded.index]
        for i, a in enumerate(people):
            for b in people[i + 1 :]:
                weight[a, b] = weight.get((a, b), 0.0) + 1 / (len(people) - 1)
                behind.setdefault((a, b), set()).update(recorded[a], recorded[b])
    pairs = sorted(weight)
    ties = pd.DataFrame(
        {
            "source": np.array([a for a, _ in pairs], dtype=np.int32),
            "target": np.array([b for _, b in pairs], dtype=np.int32),
            "kind": pd.Series([kind] * len(pairs), dtype="str"),
            "case": np.full(len(pairs), -1, dtype=np.int32),
            "direction": pd.Series(["undirected"] * len(pairs), dtype="str"),
            "weight": np.array([weight[pair] for pair in pairs], dtype=np.float64),
            "first": pd.Series([None] * len(pairs), dtype="str"),
            "last": pd.Series([None] * len(pairs), dtype="str"),
        }
    )
    lists = [np.array(sorted(behind[pair]), dtype=np.int32) for pair in pairs]
    start = np.concatenate([[0], np.cumsum([len(one) for one in lists])]).astype(np.int64)
    return ties, start, np.concatenate([*lists, np.zeros(0, dtype=np.int32)]).astype(np.int32)


def _joined(parts: Sequence[Ties]) -> Ties:
    tables = [ties for ties, _, _ in parts]
    counts = np.concatenate([np.diff(start) for _, start, _ in parts])
    return (
        pd.concat(tables, ignore_index=True),
        np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        np.concatenate([records for _, _, records in parts]).astype(np.int32),
    )
