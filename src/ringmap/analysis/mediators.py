"""Mediators: between which groups a party stands, and whether chance would put it there."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from ringmap.analysis.counting import counted
from ringmap.analysis.evidence import records_of_parties
from ringmap.analysis.groups import codes_of_column
from ringmap.analysis.mediation import MEDIATION, MediationSums
from ringmap.analysis.mediation_chance import (
    ROLES,
    Chance,
    OpenPathSums,
    chance_of_groups,
    chance_of_ties,
    probabilities,
    shuffles_for,
)
from ringmap.analysis.pairs import Integers, Numbers, Pairs, pairs_of, triangles_of
from ringmap.errors import QuestionError
from ringmap.graph import RingGraph

#: A p above the first is nothing unusual; between both it may be, as the smallest of five.
USUAL, UNUSUAL = 0.05, 0.01
#: What chance says of each role, in the order of columns.
MEDIATION_CHANCE = tuple(f"{role}_{kind}" for kind in ("expected", "z", "p") for role in ROLES)


def find_mediators(
    graph: RingGraph, *, group: str, seed: int = 0, shuffles: int | None = None
) -> pd.DataFrame:
    """A row per party: how often it stands between others in each role, and what chance gives.

    An open path a, party, b is two ties where a and b have none of their own; its role
    follows from the groups of all three (Gould and Fernandez). Undirected, each pair of ends
    counts both ways, as in R's sna. A party of unknown group has NaN and is nobody's end.
    Most open paths first, then by id.

    Three answers to "more than by chance?" stand side by side, because they differ:

    - ``_expected`` and ``_z``: if the same number of ties had fallen **anywhere** (Gould and
      Fernandez 1989, the values of R's sna). Whoever has many ties has a high z. In an
      undirected network it is too far from 0 even so, by the root of 2, but for gatekeepers
      and representatives: the formula takes the two directions of a tie for two ties.
    - ``_dealt`` and ``_dealt_z``: if all ties stay and the known **groups** are dealt anew
      (exact mean and deviation). It asks whether the mix of groups around a party is
      unusual, and a mere number of ties does not raise it.
    - ``_p``: in which share of such deals the party has as many or more (the network as it
      is counts as one; small is unusual; the least is 1/(shuffles + 1)). For ``gf_total``,
      which no deal changes: the share of parties with as many open paths or more.

    Each p is of one party and one role. Among a hundred parties a few are below .05 by
    chance alone: a small p is a reason to look, and no proof; the sentence, which takes the
    smallest of five, says "more" at .01 and "perhaps more" at .05. All of it rests on the ties
    and groups that were recorded: a contact whose country is missing is in no path.

    Parameters
    ----------
    group
        A column of ``graph.parties``, such as ``country``. Not recorded is no group.
    seed
        Of the shuffles.
    shuffles
        How many; when None 999, or 199 above 2,000 ties, 39 above 20,000, 19 above 200,000.

    Returns
    -------
        ``party``, the roles and ``gf_total``, their ``_expected``, ``_z``, ``_p``, the
        roles' ``_dealt`` and ``_dealt_z``, ``because`` and ``records``. A z is NaN where
        chance leaves no room. ``attrs['chance']`` has ``group``, ``groups``, ``known``
        (parties of known group), ``shuffles``, ``seed``.

    Raises
    ------
    GraphError
        If there is no such column, nobody has a group, or `shuffles` is below 1.

    References
    ----------
    Gould, R. V., Fernandez, R. M. (1989). Structures of mediation. Sociological
    Methodology 19, 89-126.
    """
    codes, names = codes_of_column(graph, group)
    pairs = pairs_of(graph)
    shuffles = shuffles_for(pairs) if shuffles is None else shuffles
    check_shuffles(shuffles)
    counts, dealt = _counts_and_deals(pairs, codes)
    columns = counts | chance_columns(pairs, codes, counts, shuffles=shuffles, seed=seed)
    for role in MEDIATION:
        columns[f"{role}_dealt"] = dealt[role].mean
        columns[f"{role}_dealt_z"] = dealt[role].z(counts[role])
    order = [*ROLES, *MEDIATION_CHANCE]
    order += [f"{role}_{kind}" for kind in ("dealt", "dealt_z") for role in MEDIATION]
    table = pd.DataFrame({"party": graph.parties["party"]})
    table = table.assign(**{name: columns[name] for name in order})
    table["because"] = list(_sentences(table, group, shuffles))
    table["records"] = records_of_parties(graph)
    table = table.sort_values("gf_total", ascending=False, kind="stable", na_position="last")
    table = table.reset_index(drop=True)
    table.attrs = {
        "chance": {"group": group, "groups": len(names), "known": int((codes >= 0).sum()),
                   "shuffles": shuffles, "seed": seed},
    }  # fmt: skip
    return table


def check_shuffles(shuffles: int) -> None:
    """Refuse a number of shuffles that gives no answer."""
    if shuffles < 1:
        raise QuestionError(f"{shuffles} shuffles give no chance", hint="ask for 99 or more")


def _counts_and_deals(
    pairs: Pairs, codes: Integers
) -> tuple[dict[str, Numbers], dict[str, Chance]]:
    """Counts of each role and of all, and what dealing the groups anew gives of each role."""
    counted, shared = MediationSums(pairs, codes), OpenPathSums(pairs, codes >= 0)
    if len(pairs.low):
        for triangles in triangles_of(pairs):
            counted.add(triangles)
            shared.add(triangles)
    return with_total(counted.finish()), chance_of_groups(shared.finish(), codes)


def with_total(counts: dict[str, Numbers]) -> dict[str, Numbers]:
    """Counts of each role with their sum."""
    return counts | {"gf_total": np.sum([counts[role] for role in MEDIATION], axis=0)}


def chance_columns(
    pairs: Pairs, codes: Integers, counts: dict[str, Numbers], *, shuffles: int, seed: int
) -> dict[str, Numbers]:
    """The columns of `MEDIATION_CHANCE`; those of p only where `shuffles` is not 0."""
    columns: dict[str, Numbers] = {}
    for role, chance in chance_of_ties(pairs, codes).items():
        columns[f"{role}_expected"] = chance.mean
        columns[f"{role}_z"] = chance.z(counts[role])
    if shuffles:
        found = probabilities(pairs, codes, counts, shuffles=shuffles, seed=seed)
        columns |= {f"{role}_p": told for role, told in found.items()}
    return columns


def _sentences(table: pd.DataFrame, group: str, shuffles: int) -> Iterator[str]:
    """Why each row is worth a look or not, by the role that chance gives least often."""
    rows = table[[*ROLES, *(f"{role}_p" for role in MEDIATION),
                  *(f"{role}_dealt" for role in MEDIATION)]].to_dict("list")  # fmt: skip
    for place, total in enumerate(rows["gf_total"]):
        if np.isnan(total):
            yield f"no role here: its {group} is not known, or not recorded"
        elif total == 0:
            yield (
                f"no role here: no two others of known {group} are tied to it and not to each other"
            )
        else:
            role = min(MEDIATION, key=lambda one: (rows[f"{one}_p"][place], MEDIATION.index(one)))
            count, dealt, p = (rows[role + end][place] for end in ("", "_dealt", "_p"))
            more = "no more" if p > USUAL else "perhaps more" if p > UNUSUAL else "more"
            yield (
                f"stands in {counted(round(total), 'open path')} between others; {count:.0f}"
                f" as {role},"
                f" {more} than the number of its ties suggests: if the {group} of each were dealt"
                f" anew it would have {dealt:.3g}, and as many or more in {p:.1%} of {shuffles}"
                " deals"
            )
