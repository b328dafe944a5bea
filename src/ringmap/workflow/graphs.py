"""The two graphs that questions are asked of, and the rings in them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from ringmap.analysis import describe_rings, find_rings
from ringmap.disclosure import list_hidden
from ringmap.errors import GraphError
from ringmap.graph import RingGraph, build_graph, select_around, select_parties
from ringmap.model import Case
from ringmap.workflow.choices import Choices


@dataclass(frozen=True, slots=True)
class Graphs:
    """The two graphs of a case file, and in a sentence what ties people in the second."""

    whole: RingGraph
    people: RingGraph
    basis: tuple[str, str] | None

    @property
    def notes(self) -> list[str]:
        """What is to be said of the ties between people, if they are not simply recorded."""
        return [self.basis[0]] if self.basis else []

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


def build_chosen(case: Case, choices: Choices) -> Graphs:
    """The same, cut down to the ring that was chosen, if any."""
    graphs = build_graphs(case, choices)
    return graphs if choices.ring is None else name_rings(graphs, choices)[0]


def refuse_untied(graphs: Graphs) -> None:
    """Make sure that people are tied.

    Raises
    ------
    GraphError
        If no two are: there is nothing to measure.
    """
    if graphs.people.ties.empty:
        raise GraphError(
            "no two people are tied in these records", hint="add ties.csv, or cases that they share"
        )


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
