"""From a case file to cleared findings: graph, measures, and what may be shown of them."""

import shlex
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.analysis import (
    BRIDGING,
    Doubt,
    count_by_year,
    describe_rings,
    find_bridging,
    find_brokers,
    find_crossings,
    find_rank_intervals,
    find_rings,
    find_shared_members,
    gather_caveats,
    judge_brokers,
)
from ringmap.disclosure import PROTECT, Cleared, Policy, clear, list_hidden
from ringmap.errors import DisclosureError, GraphError
from ringmap.graph import RingGraph, build_graph, select_around, select_parties
from ringmap.model import Case
from ringmap.store import Disclosure, log_disclosure
from ringmap.workflow.choices import Asking, Choices
from ringmap.workflow.sources import Opened

Tell = Callable[[str], None]
_ABOUT = ("name", "roles", "side", "standing", "country", "province")


@dataclass(frozen=True, slots=True)
class Graphs:
    """The two graphs of a case file, and in a sentence what ties people in the second."""

    whole: RingGraph
    people: RingGraph
    basis: tuple[str, str] | None

    def named(self) -> Mapping[str, RingGraph]:
        """Both by the names that renderers know them by."""
        return {"whole": self.whole, "people": self.people}


def build_graphs(case: Case, choices: Choices) -> Graphs:
    """The whole typed graph, and people by their ties or else by what they share.

    Calls between telephones are ties of those whose telephones they are.
    """
    options: dict[str, Any] = {"directed": choices.directed, "as_of": choices.as_of}
    whole = build_graph(case, **options)
    people = build_graph(case, projection=["people", "people_through_calls"], **options)
    if len(people.ties):
        by_phone = (people.ties["kind"] == "phone_contact").any()
        return Graphs(whole, people, _BY_PHONE if by_phone else None)
    for projection, basis in _INSTEAD.items():
        shared = build_graph(case, projection=projection, **options)
        if len(shared.ties):
            return Graphs(whole, shared, basis)
    return Graphs(whole, people, None)


def projection_of(graphs: Graphs) -> list[str]:
    """What ties people in the second of the two graphs."""
    shared = [name for name, basis in _INSTEAD.items() if basis == graphs.basis]
    return shared or ["people", "people_through_calls"]


_BY_PHONE = (
    "Calls and messages between telephones count here as contact between the people who use "
    "them, or else own them.",
    "Các cuộc gọi và tin nhắn giữa những số điện thoại được tính ở đây là liên lạc giữa những "
    "người sử dụng, hoặc nếu không rõ thì đứng tên, các số đó.",
)
_INSTEAD = {
    "people_through_cases": (
        "No record ties two people directly, so people are tied here by the cases they share.",
        "Không có hồ sơ nào ghi mối liên hệ trực tiếp giữa hai người; ở đây hai người được nối "
        "với nhau khi cùng có tên trong một vụ án.",
    ),
    "people_through_places": (
        "No record ties two people directly, so people are tied here by the places they share.",
        "Không có hồ sơ nào ghi mối liên hệ trực tiếp giữa hai người; ở đây hai người được nối "
        "với nhau khi cùng có mặt ở một địa điểm.",
    ),
    "people_through_phones": (
        "No record ties two people directly, so people are tied here by the phones they share.",
        "Không có hồ sơ nào ghi mối liên hệ trực tiếp giữa hai người; ở đây hai người được nối "
        "với nhau khi dùng chung số điện thoại.",
    ),
}


def name_rings(graphs: Graphs, choices: Choices) -> tuple[Graphs, pd.DataFrame]:
    """The rings, and the graphs cut down to the one that was chosen, if any."""
    return cut_to_ring(graphs, find_rings(graphs.people), choices)


def cut_to_ring(
    graphs: Graphs, rings: pd.DataFrame, choices: Choices
) -> tuple[Graphs, pd.DataFrame]:
    """Graphs and rings cut down to the ring that was chosen, if any."""
    if choices.ring is None:
        return graphs, rings
    members = rings["party"][rings["ring"].isin([choices.ring, f"R{choices.ring}"])]
    if members.empty:
        known = ", ".join(sorted(set(rings["ring"].astype(str)), key=_numeric)) or "none"
        raise GraphError(f"no ring '{choices.ring}'", hint=f"rings found here: {known}")
    people = select_parties(graphs.people, members)
    whole = select_around(graphs.whole, members)
    kept = rings[rings["party"].isin(members)].reset_index(drop=True)
    kept.attrs = rings.attrs
    return Graphs(whole, people, graphs.basis), kept


def call_rings(case: Case, graphs: Graphs, rings: pd.DataFrame) -> pd.DataFrame:
    """A row per ring with its name; no name is made of a victim, a victim's kin or home."""
    return describe_rings(graphs.whole, rings, unnamed=list_hidden(case))


def _numeric(text: str) -> tuple[int, str]:
    return (int(text), "") if text.isdigit() else (0, text)


def ring_of_each(rings: pd.DataFrame) -> dict[str, str]:
    """The ring that has the largest share of each party."""
    first = rings.sort_values(["party", "share"], ascending=[True, False])
    own = first.drop_duplicates("party")
    return dict(zip(own["party"].astype(str), own["ring"].astype(str), strict=True))


def with_columns(graph: RingGraph, **columns: pd.Series) -> RingGraph:
    """The graph with further columns of its parties."""
    return replace(graph, parties=graph.parties.assign(**columns))


def rank_people(
    graphs: Graphs, choices: Choices, rings: pd.DataFrame | None, doubt: Doubt | None = None
) -> pd.DataFrame:
    """Every person with every measure, the brokers first; victims are not ranked unless asked.

    `rank` counts from 1, and people with the same betweenness share a rank; with `doubt`, also
    between which ranks the true one lies. Victims who are not ranked are not called brokers
    either, and count in the network all the same.
    """
    graph = graphs.people
    if choices.group == "ring" and rings is not None:
        graph = with_columns(graph, ring=graph.parties["party"].map(ring_of_each(rings)))
    unranked = _unranked(graph, choices)
    table = find_brokers(graph, group=choices.group, spare=unranked, doubt=doubt)
    if choices.more:
        table = _add_more(table, graph)
    about = graph.parties.set_index("party")
    known = [column for column in _ABOUT if column in about.columns]
    for column in known:
        table[column] = table["party"].astype(object).map(about[column]).to_numpy()
    table["rank"] = _ranks(table, unranked)
    table["grades"] = count_grades(table["records"], graph.records)
    verdict = judge_brokers(table, graph)
    table.attrs["verdict"] = verdict.because
    table = table.sort_values(
        ["rank", "betweenness", "party"], ascending=[True, False, True], na_position="last"
    )
    first_columns = ["rank", "party", *known]
    last = ["verdict", "because", "because_vi", "grades", "records"]
    rest = [column for column in table.columns if column not in (*first_columns, *last)]
    return table[[*first_columns, *rest, *last]].reset_index(drop=True)


_SURELY = {"below": "surely_below", "above": "surely_above", "equal": "surely_level"}


def _add_more(table: pd.DataFrame, graph: RingGraph) -> pd.DataFrame:
    """The ranking with measures of bridging, and how many are surely above, below and level."""
    bridging = find_bridging(graph, brokers=table).set_index("party")[list(BRIDGING)]
    surely = find_rank_intervals(graph).set_index("party")[list(_SURELY)].rename(columns=_SURELY)
    more = bridging.join(surely).loc[table["party"]].reset_index(drop=True)
    joined = pd.concat([table, more], axis=1)
    joined.attrs = table.attrs
    return joined


def count_grades(behind: pd.Series, records: pd.DataFrame | None) -> pd.Series:
    """How many records of each grade stand behind a row, the best first: ``2 A2, 1 ungraded``."""
    if records is None:
        return pd.Series([""] * len(behind), index=behind.index, dtype="str")
    told = records["reliability"].fillna("") + records["credibility"].fillna("")
    grades = [grade or "ungraded" for grade in told]
    counts = [Counter(grades[place] for place in places) for places in behind]
    return pd.Series(
        [", ".join(f"{n} {grade}" for grade, n in sorted(one.items())) for one in counts],
        index=behind.index,
        dtype="str",
    )


def _unranked(graph: RingGraph, choices: Choices) -> frozenset[str]:
    """Parties that have no rank: victims, unless they were asked for."""
    return frozenset(graph.parties["party"][~ranked(graph.parties, choices)])


def _ranks(table: pd.DataFrame, unranked: frozenset[str]) -> pd.Series:
    """Competition ranks by betweenness, equal values level."""
    ranked = ~table["party"].isin(unranked).to_numpy()
    values = table["betweenness"].round(9).where(ranked)
    return values.rank(method="min", ascending=False).astype("Int64")


def ranked(people: pd.DataFrame, choices: Choices) -> npt.NDArray[np.bool_]:
    """Who is ranked: everybody but victims, unless they were asked for."""
    if "side" not in people.columns or choices.rank_victims:
        return np.ones(len(people), dtype=bool)
    return np.asarray(~people["side"].isin(["victim", "both"]), dtype=bool)


def investigate(
    opened: Opened, choices: Choices, asking: Asking, tell: Tell, *, title: str = ""
) -> Cleared:
    """All that a map or a report shows, cleared; its title too, which a file may have named."""
    tell("building the graph")
    graphs = build_graphs(opened.case, choices)
    tell("looking for rings")
    found = find_rings(graphs.people)
    called = call_rings(opened.case, graphs, found)
    graphs, rings = cut_to_ring(graphs, found, choices)
    tell("measuring who stands between whom")
    known = graphs.people.parties["country"].notna().any()
    grouped = choices if choices.group or not known else replace(choices, group="country")
    brokers = rank_people(graphs, grouped, rings)
    tell("following ties and legs over borders")
    crossings = find_crossings(graphs.whole)
    findings = {
        "brokers": brokers,
        "rings": rings,
        "ring_names": called[called["ring"].isin(rings["ring"])].reset_index(drop=True),
        "shared_members": find_shared_members(graphs.people, rings),
        "crossings": crossings,
        "counts": count_by_year(opened.case),
        "title": title,
        "caveats": [
            *([graphs.basis] if graphs.basis else []),
            *gather_caveats(graphs.people, rings=rings),
        ],
    }
    return clear_for(opened, choices, asking, graphs=graphs.named(), findings=findings)


def clear_for(
    opened: Opened,
    choices: Choices,
    asking: Asking,
    *,
    graphs: Mapping[str, RingGraph] | None = None,
    findings: Mapping[str, Any] | None = None,
) -> Cleared:
    """Clear under the policy asked for; asking for victims by name is recorded first.

    Raises
    ------
    DisclosureError
        If victims are asked for by name where nothing can record it.
    """
    policy = PROTECT
    if choices.show_victims:
        _record(opened, asking)
        policy = Policy(show_victims=True)
    return clear(opened.case, key=opened.key, graphs=graphs, findings=findings, policy=policy)


def _record(opened: Opened, asking: Asking) -> None:
    if opened.store is None:
        case = shlex.quote(f"{Path(opened.name).name}.ringmap")
        raise DisclosureError(
            "victims are shown by name only from a store, which records that you asked",
            hint=f"first run: ringmap load SOURCE --into {case}",
        )
    entry = Disclosure(
        asking.asked_at, asking.asked_by, asking.command, asking.output, "victims by name"
    )
    log_disclosure(opened.store, entry)
