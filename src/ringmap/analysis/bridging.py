"""Bridging: measures of who joins what would else be apart, beside betweenness."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from ringmap.analysis import positions
from ringmap.analysis.community_brokers import average_scores
from ringmap.analysis.counting import counted
from ringmap.analysis.efficiency import efficiency_drops
from ringmap.analysis.evidence import records_of_parties
from ringmap.analysis.pairs import Integers, Numbers, Pairs, component_of, pairs_of, triangles_of
from ringmap.analysis.reasons import contacts_of
from ringmap.errors import GraphError, QuestionError
from ringmap.graph import RingGraph

#: Columns of numbers, in order.
BRIDGING = (
    "bridging_coefficient", "bridging_centrality", "everett_valente", "valente_fujimoto",
    "open_pairs", "half_open_pairs", "closed_pairs", "honest_broker", "community_broker",
    "community_broker_share",
)  # fmt: skip


def find_bridging(
    graph: RingGraph,
    *,
    measures: Collection[str] | None = None,
    brokers: pd.DataFrame | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """A row per party: how far it joins what would else be apart, by five definitions.

    Strength is ignored, and direction too, but for ``half_open_pairs``. In the order of ids,
    because the definitions order parties differently: they ask different questions.

    - ``bridging_coefficient`` (0 up): 1/contacts over the sum of 1/contacts of its contacts;
      high for a party of few ties amid parties of many. ``bridging_centrality`` is that times
      raw betweenness (Hwang et al. 2008).
    - ``everett_valente`` (0 up): twice the betweenness, plus n − 1 when it has more than one
      contact, over its contacts: how much it stands between others for each tie that it
      keeps. n is all parties, also those out of reach (Everett and Valente 2016).
    - ``valente_fujimoto`` (0 to 1): by how much global efficiency (the mean of 1/distance
      of all pairs) falls without a tie of its, on average over its ties (Valente and
      Fujimoto 2010; 2 times the value of influenceR). Costly: NaN in components of more
      than 4,000 parties, and where it would take too long (some thousand parties).
    - ``open_pairs`` (pairs of its contacts with no tie of their own: pure brokerage),
      ``half_open_pairs`` (a tie one way only: weak; none when undirected),
      ``closed_pairs`` (tied: none). ``honest_broker`` (0 to 1) is the open share of all;
      NaN with fewer than two contacts (the honest broker index, as in UCINET).
    - ``community_broker`` (0 up): for whoever has a tie out of its group, the worth of its
      group, and of each group it has a tie into, this divided by the root of how many of its
      group do so too; worth is members over their mean distance. Averaged over many
      divisions (Paquet-Clouston and Bouchard 2023), here by the constant Potts
      model at two resolutions. ``community_broker_share`` (0 to 1): in how many of them it
      has a tie out of its group at all. Read both: a high score in half of the divisions is
      a question of where a group is said to end. A party alone in its group has 0.

    Parties without ties have NaN, and 0 for pairs and ``community_broker``. All of these
    rise when ties among a party's contacts went unrecorded, and the first two for parties
    with one or two contacts, of whom little is known. ``community_broker`` grows with the
    size of groups: compare within one network only.

    Parameters
    ----------
    measures
        Which of `BRIDGING` to compute; all when None. ``because`` needs ``open_pairs`` and
        ``community_broker_share``.
    brokers
        What `find_brokers` gave for this graph, so that betweenness is not computed once
        more; of no use when the graph is directed.
    seed
        Of the divisions into groups.

    Returns
    -------
        ``party``, the measures, ``because``, ``records``. ``attrs['bridging']`` has
        ``divisions``, ``seed`` and ``not_measured`` (parties with ties whose
        ``valente_fujimoto`` would have taken too long).

    Raises
    ------
    GraphError
        If there is no such measure, or `brokers` is of another graph.

    References
    ----------
    Hwang, W., Kim, T., Ramanathan, M., Zhang, A. (2008). Bridging centrality: graph mining
    from element level to group level. KDD, 336-344.
    Everett, M. G., Valente, T. W. (2016). Bridging, brokerage and betweenness. Social
    Networks 44, 202-208.
    Valente, T. W., Fujimoto, K. (2010). Bridging: locating critical connectors in a network.
    Social Networks 32, 212-220.
    Borgatti, S. P., Everett, M. G., Freeman, L. C. (2002). UCINET for Windows. Harvard:
    Analytic Technologies.
    Paquet-Clouston, M., Bouchard, M. (2023). A robust measure to uncover community brokerage
    in illicit networks. Journal of Quantitative Criminology 39, 705-733.
    """
    wanted = _wanted(measures)
    plain = _Plain(replace(graph, directed=False), pairs_of(graph), _known(graph, brokers))
    columns: dict[str, Numbers | Integers] = {}
    told = {"divisions": 0, "seed": seed, "not_measured": 0}
    for names, compute in _COMPUTE:
        if wanted & set(names):
            columns |= compute(plain)
    if wanted & {"community_broker", "community_broker_share"}:
        found = average_scores(plain.pairs, seed=seed)
        columns |= {"community_broker": positions.level(found.score),
                    "community_broker_share": found.share}  # fmt: skip
        told["divisions"] = found.divisions
    if "valente_fujimoto" in wanted:
        told["not_measured"] = int(
            (np.isnan(columns["valente_fujimoto"]) & (plain.contacts > 0)).sum()
        )
    table = pd.DataFrame({"party": graph.parties["party"]})
    table = table.assign(**{name: columns[name] for name in BRIDGING if name in wanted})
    if {"open_pairs", "community_broker_share"} <= wanted:
        table["because"] = list(_sentences(plain, columns, told["divisions"]))
    table["records"] = records_of_parties(graph)
    table.attrs = {"bridging": told}
    return table


@dataclass(frozen=True, slots=True)
class _Plain:
    """A graph without direction, its tied pairs with theirs; betweenness where it is known."""

    graph: RingGraph
    pairs: Pairs
    betweenness: Numbers | None

    @property
    def contacts(self) -> Integers:
        """How many others each party is tied to."""
        return contacts_of(self.pairs)

    @property
    def component(self) -> Integers:
        """Number of each party's component."""
        return component_of(self.pairs)


def _wanted(measures: Collection[str] | None) -> frozenset[str]:
    wanted = frozenset(BRIDGING if measures is None else measures)
    strange = sorted(wanted - set(BRIDGING))
    if strange:
        raise QuestionError(
            f"no measure '{strange[0]}'", hint=f"choose among {', '.join(BRIDGING)}"
        )
    return wanted


def _known(graph: RingGraph, brokers: pd.DataFrame | None) -> Numbers | None:
    if brokers is None or graph.directed or "betweenness" not in brokers.columns:
        return None
    of_party = brokers.set_index("party")["betweenness"]
    if sorted(of_party.index.astype(str)) != sorted(graph.parties["party"].astype(str)):
        raise GraphError("the table and the graph have different parties", hint="use one graph")
    return of_party.loc[graph.parties["party"]].to_numpy(dtype=np.float64)


def _around(plain: _Plain) -> dict[str, Numbers | Integers]:
    """Hwang's and Everett and Valente's measures, which stand on betweenness."""
    graph, contacts = plain.graph, plain.contacts
    between, tied = plain.betweenness, contacts > 0
    if between is None:
        found = positions.path_measures(graph, plain.component, frozenset({"betweenness"}))
        between = found["betweenness"]
    share = 1 / np.where(tied, contacts, np.nan)
    low, high = plain.pairs.low, plain.pairs.high
    around = np.bincount(low, weights=share[high], minlength=len(share))
    around += np.bincount(high, weights=share[low], minlength=len(share))
    coefficient = share / np.where(tied, around, 1.0)
    rest = np.where(contacts > 1, len(share) - 1, 0)
    columns = {
        "bridging_coefficient": coefficient,
        "bridging_centrality": between * coefficient,
        "everett_valente": (2 * between + rest) * share,
    }
    return {name: positions.level(values) for name, values in columns.items()}


def _efficiency(plain: _Plain) -> dict[str, Numbers | Integers]:
    drops = efficiency_drops(plain.pairs, plain.component)
    ends = np.concatenate([plain.pairs.low, plain.pairs.high])
    total = np.bincount(ends, weights=np.tile(drops, 2), minlength=plain.pairs.count)
    contacts = plain.contacts
    mean = total / np.where(contacts > 0, contacts, np.nan)
    return {"valente_fujimoto": positions.level(mean)}


def _pairs_of_contacts(plain: _Plain) -> dict[str, Numbers | Integers]:
    """Pairs of contacts by the ties between them."""
    pairs, contacts = plain.pairs, plain.contacts
    mutual = (pairs.forward > 0) & (pairs.backward > 0)
    closed, half = np.zeros(pairs.count, np.int64), np.zeros(pairs.count, np.int64)
    if len(pairs.low):
        for triangles in triangles_of(pairs):
            a, b, c = triangles.parties
            middles = ((c, triangles.ab), (b, triangles.ac), (a, triangles.bc))
            for middle, between in middles:
                closed += np.bincount(middle[mutual[between]], minlength=pairs.count)
                half += np.bincount(middle[~mutual[between]], minlength=pairs.count)
    every = contacts * (contacts - 1) // 2
    opened = every - closed - half
    several = np.where(every > 0, every, 1)
    return {
        "open_pairs": opened,
        "half_open_pairs": half,
        "closed_pairs": closed,
        "honest_broker": np.where(every > 0, opened / several, np.nan),
    }


_Compute = Callable[[_Plain], dict[str, Numbers | Integers]]
_COMPUTE: tuple[tuple[tuple[str, ...], _Compute], ...] = (
    (("bridging_coefficient", "bridging_centrality", "everett_valente"), _around),
    (("valente_fujimoto",), _efficiency),
    (("open_pairs", "half_open_pairs", "closed_pairs", "honest_broker"), _pairs_of_contacts),
)


def _sentences(
    plain: _Plain, columns: dict[str, Numbers | Integers], divisions: int
) -> Iterator[str]:
    rows = zip(
        plain.contacts.tolist(), columns["open_pairs"].tolist(),
        columns["community_broker_share"].tolist(), strict=True,
    )  # fmt: skip
    for contacts, opened, share in rows:
        if contacts == 0:
            yield "no bridge here: no tie to anybody is recorded"
            continue
        pairs = contacts * (contacts - 1) // 2
        of_contacts = (
            "no bridge between its contacts: tied to one other alone"
            if contacts == 1
            else (
                f"{opened} of {counted(pairs, 'pair')} of its {contacts} contacts have no"
                " tie of their own"
            )
        )
        times = f"in {share:.0%} of" if share > 0 else "in none of"
        yield f"{of_contacts}; {times} {divisions} divisions it has a tie into another group"
