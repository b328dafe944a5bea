"""How near two parties without a tie stand to each other: scores that foretell missing ties."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import coo_array, csr_array, diags_array
from scipy.sparse import triu as upper
from scipy.sparse.linalg import eigsh

from ringmap.analysis.pairs import Integers, Numbers, pairs_of
from ringmap.analysis.positions import level
from ringmap.errors import GraphError
from ringmap.graph import RingGraph

Truths = npt.NDArray[np.bool_]

#: Predictors that need nothing but who is tied to whom.
NETWORK_PREDICTORS = (
    "common_neighbours", "adamic_adar", "jaccard", "resource_allocation",
    "preferential_attachment", "katz", "paths_of_three",
)  # fmt: skip
#: Two-step ways looked at; the parties with most contacts are passed over beyond that.
MOST_WEDGES = 4_000_000
#: Up to so many parties with ties Katz is solved exactly, beyond by walks of three steps.
EXACT_KATZ = 400


@dataclass(frozen=True, slots=True)
class Contacts:
    """Who is tied to whom: a row and a column per party, 1 where there is a tie.

    `passed_over` are parties with so many contacts that ways through them are not counted.
    """

    tied: csr_array
    degree: Numbers
    passed_over: Integers

    @property
    def count(self) -> int:
        """Number of parties."""
        return int(self.tied.shape[0])


@dataclass(frozen=True, slots=True)
class PairValues:
    """Values of pairs of parties; a pair is ``low * count + high``, sorted, others have 0."""

    keys: Integers
    values: Numbers

    def at(self, keys: Integers) -> Numbers:
        """Values of some pairs."""
        if len(self.keys) == 0:
            return np.zeros(len(keys))
        found = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[found] == keys, self.values[found], 0.0)


def score_pairs(graph: RingGraph, pairs: pd.DataFrame | None = None) -> pd.DataFrame:
    """Scores of pairs of parties by what the ties around them look like.

    Direction and strength are ignored. A row per pair, ``source``, ``target`` and:

    - ``common_neighbours``: contacts in common, 0 up;
    - ``adamic_adar``: the same, each counted 1/ln(its contacts); ``resource_allocation``:
      each 1/its contacts;
    - ``jaccard``: contacts in common over contacts of either, 0 to 1;
    - ``preferential_attachment``: product of the numbers of contacts;
    - ``katz``: all walks between the two, one of length l counted b to the power l with b
      half of 1/largest eigenvalue; in a network of more than 400 tied parties only walks up
      to three steps;
    - ``paths_of_three``: walks of three steps, each over the root of the numbers of contacts
      of the two in the middle (for ties between unlike parties: who deals with the same
      people as my like).

    They misread a list of co-accused, in which everybody shares everybody, and know nothing
    of a person of whom no tie is recorded. A score is no probability: see `find_likely_ties`.

    Parameters
    ----------
    pairs
        ``source``, ``target``: the pairs to score. None: those without a tie that have a
        contact in common, by id; ways through parties with most contacts are passed over
        when there are more than four million of two steps.

    Raises
    ------
    GraphError
        If a pair names a party that the graph does not have.

    References
    ----------
    Liben-Nowell, D., Kleinberg, J. (2007). The link-prediction problem for social networks.
    JASIST 58, 1019-1031. Adamic, L., Adar, E. (2003). Social Networks 25, 211-230. Zhou, T.,
    Lü, L., Zhang, Y. (2009). European Physical Journal B 71, 623-630. Katz, L. (1953).
    Psychometrika 18, 39-43. Kovács, I. et al. (2019). Nature Communications 10, 1240.
    """
    told = pairs_of(graph)
    contacts = contacts_of_pairs(len(graph.parties), told.low, told.high)
    if pairs is None:
        keys = untied(shared_contacts(contacts, np.ones(contacts.count)).keys, contacts)
    else:
        keys = _keys_of(graph, pairs)
    names = graph.parties["party"].to_numpy(dtype=object)
    scores = network_scores(contacts, keys)
    ends = {"source": names[keys // max(contacts.count, 1)],
            "target": names[keys % max(contacts.count, 1)]}  # fmt: skip
    return pd.DataFrame({**ends, **scores})


def contacts_of_pairs(count: int, low: Integers, high: Integers) -> Contacts:
    """Contacts by tied pairs, each pair once."""
    half = coo_array((np.ones(len(low)), (low, high)), shape=(count, count)).tocsr()
    tied = (half + half.T).tocsr()
    degree = np.asarray(tied.sum(axis=0), dtype=np.float64).ravel()
    return Contacts(tied, degree, too_large(degree))


def too_large(sizes: Numbers) -> Integers:
    """The largest of some groups, that the pairs within the others stay below MOST_WEDGES.

    Groups of the same size stay or go together.
    """
    order = np.argsort(sizes, kind="stable")
    total = np.cumsum(sizes[order] * (sizes[order] - 1) / 2)
    within = int(np.searchsorted(total, MOST_WEDGES, side="right"))
    if within == len(sizes):
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero(sizes >= sizes[order[within]]).astype(np.int64)


def shared_contacts(contacts: Contacts, weight: Numbers) -> PairValues:
    """Contacts in common, each with its weight."""
    return in_common(contacts.tied, np.where(_passed(contacts), 0.0, weight))


def in_common(members: csr_array, weight: Numbers) -> PairValues:
    """Sum of the weights of what two rows both have, for the pairs of rows that have any."""
    kept = np.flatnonzero(weight)
    chosen = members[:, kept]
    product = upper(chosen @ diags_array(weight[kept]) @ chosen.T, k=1).tocoo()
    keys = product.row.astype(np.int64) * members.shape[0] + product.col
    order = np.argsort(keys, kind="stable")
    return PairValues(keys[order], np.asarray(product.data, dtype=np.float64)[order])


def untied(keys: Integers, contacts: Contacts) -> Integers:
    """Pairs that have no tie."""
    return keys[~are_tied(contacts, keys)]


def are_tied(contacts: Contacts, keys: Integers) -> Truths:
    """Which pairs have a tie."""
    tied = upper(contacts.tied, k=1).tocoo()
    return np.isin(keys, tied.row.astype(np.int64) * contacts.count + tied.col)


def network_scores(contacts: Contacts, keys: Integers) -> Mapping[str, Numbers]:
    """Every network predictor of some pairs; values that differ by rounding are made equal."""
    degree = contacts.degree
    low, high = keys // max(contacts.count, 1), keys % max(contacts.count, 1)
    common = shared_contacts(contacts, np.ones(contacts.count)).at(keys)
    either = np.maximum(degree[low] + degree[high] - common, 1)
    logs = np.log(np.maximum(degree, 2))
    scores = {
        "common_neighbours": common,
        "adamic_adar": shared_contacts(contacts, 1 / logs).at(keys),
        "jaccard": common / either,
        "resource_allocation": shared_contacts(contacts, 1 / np.maximum(degree, 1)).at(keys),
        "preferential_attachment": degree[low] * degree[high],
        "katz": _katz(contacts, common, keys),
        "paths_of_three": _three_steps(contacts, 1 / np.sqrt(np.maximum(degree, 1)), keys),
    }
    return {name: level(scores[name]) for name in NETWORK_PREDICTORS}


def _katz(contacts: Contacts, common: Numbers, keys: Integers) -> Numbers:
    tied = np.flatnonzero(contacts.degree)
    if len(tied) == 0:
        return np.zeros(len(keys))
    damping = 0.5 / _largest_eigenvalue(contacts.tied[tied][:, tied])
    low, high = keys // contacts.count, keys % contacts.count
    if len(tied) <= EXACT_KATZ:
        place = np.full(contacts.count, -1)
        place[tied] = np.arange(len(tied))
        matrix = np.eye(len(tied)) - damping * contacts.tied[tied][:, tied].toarray()
        walks = np.linalg.inv(matrix)
        met = (place[low] >= 0) & (place[high] >= 0) & (low != high)
        return np.where(met, walks[place[low], place[high]], 0.0)
    one = are_tied(contacts, keys).astype(np.float64)
    three = _three_steps(contacts, np.ones(contacts.count), keys)
    return damping * one + damping**2 * common + damping**3 * three


def _largest_eigenvalue(tied: csr_array) -> float:
    if tied.shape[0] <= EXACT_KATZ:
        return float(np.linalg.eigvalsh(tied.toarray())[-1])
    start = np.ones(tied.shape[0])
    return float(eigsh(tied, k=1, which="LA", v0=start, return_eigenvectors=False)[0])


def _three_steps(contacts: Contacts, weight: Numbers, keys: Integers) -> Numbers:
    """Walks of three steps, each with the weights of the two in the middle."""
    kept = np.where(_passed(contacts), 0.0, weight)
    inner = (diags_array(kept) @ contacts.tied @ diags_array(kept)).tocsr()
    inner.eliminate_zeros()
    far = (inner @ contacts.tied).tocsr()
    low = keys // max(contacts.count, 1)
    found = np.zeros(len(keys))
    rows = np.unique(low)
    cost = contacts.tied[rows] @ np.diff(far.indptr)
    chunk = np.cumsum(cost) // MOST_WEDGES
    for number in np.unique(chunk):
        some = rows[chunk == number]
        product = (contacts.tied[some] @ far).tocoo()
        at = some[product.row].astype(np.int64) * contacts.count + product.col
        order = np.argsort(at, kind="stable")
        values = PairValues(at[order], np.asarray(product.data, dtype=np.float64)[order])
        asked = (low >= some[0]) & (low <= some[-1])
        found[asked] = values.at(keys[asked])
    return found


def _passed(contacts: Contacts) -> Truths:
    passed = np.zeros(contacts.count, dtype=bool)
    passed[contacts.passed_over] = True
    return passed


def _keys_of(graph: RingGraph, pairs: pd.DataFrame) -> Integers:
    names = pd.Index(graph.parties["party"])
    ends = [names.get_indexer(pd.Index(pairs[end])) for end in ("source", "target")]
    for end, places in zip(("source", "target"), ends, strict=True):
        if (places < 0).any():
            strange = pairs[end].iloc[int(np.flatnonzero(places < 0)[0])]
            raise GraphError(f"no party '{strange}'", hint="name parties of the graph")
    low, high = np.minimum(*ends), np.maximum(*ends)
    return np.asarray(low * len(names) + high, dtype=np.int64)
