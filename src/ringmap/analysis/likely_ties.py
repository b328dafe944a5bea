"""Pairs of people whose tie the records may hide or lack, with a probability that was tried."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_array

from ringmap.analysis.counting import counted
from ringmap.analysis.evidence import records_of_ties
from ringmap.analysis.held_out import (
    Bins,
    Combination,
    Quality,
    calibrate,
    combine,
    interval,
    quality,
)
from ringmap.analysis.hints import HINTS, Hints, gather_hints, hint_scores, members
from ringmap.analysis.likely_sentences import LikelyFacts, likely_sentence, trial_sentence
from ringmap.analysis.pairs import Integers, Numbers, pairs_of
from ringmap.analysis.positions import level
from ringmap.analysis.predictors import (
    NETWORK_PREDICTORS,
    Contacts,
    contacts_of_pairs,
    network_scores,
    shared_contacts,
    untied,
)
from ringmap.errors import GraphError, QuestionError
from ringmap.graph import RingGraph

COMBINED = "combined"
PREDICTORS = (*NETWORK_PREDICTORS, *HINTS)
LIKELY_COLUMNS = (
    "source", "target", "probability", "probability_low", "probability_high", COMBINED,
    *PREDICTORS, "contacts", "things", "cases", "because", "records",
)  # fmt: skip
#: Fewer tied pairs are too few to hide some and learn from it.
LEAST_TIES = 30
#: A predictor tells something when a hidden tie scores above another pair so often.
LEAST_AUC = 0.6
#: Of the pairs never tied a trial learns from so many; more would change the weights little.
MOST_LEARNT = 20_000
_RATES = frozenset({"sides_that_tie", "roles_that_tie"})

#: Half the memory of double precision, of which there is no need: scores are only compared.
Scores = npt.NDArray[np.float32]
Sample = tuple[Numbers, Numbers, Numbers]


@dataclass(frozen=True, slots=True)
class _Field:
    """The people, as numbers from 0, their tied pairs, and what else is known of them."""

    people: Integers
    low: Integers
    high: Integers
    hints: Hints

    @property
    def all_pairs(self) -> int:
        count = len(self.people)
        return count * (count - 1) // 2


@dataclass(frozen=True, slots=True)
class _Asked:
    """Pairs that may be tied and their predictors, a column each in the order of `PREDICTORS`."""

    keys: Integers
    scores: Scores
    left_out: int


@dataclass(frozen=True, slots=True)
class _Trial:
    """What hiding some ties gave: `hit` is 1 for a pair whose tie was hidden."""

    scores: Scores
    hit: Numbers
    hidden: int
    never_tied: int


def find_likely_ties(
    graph: RingGraph, *, contacts: RingGraph | None = None, seed: int = 0, hide: float = 0.2,
    top: int | None = 100,
) -> pd.DataFrame:  # fmt: skip
    """Pairs of people without a recorded tie who look as tied pairs do, the likeliest first.

    Nobody is said to be tied: a row is a question to ask. Candidates have a contact, a thing
    or a case in common. Each recorded tie is hidden once, a share at a time; every predictor
    scores what is left, and how well it finds the hidden ties again on *this* network is in
    ``attrs``. `combined` weighs all predictors by logistic regression, learnt on the other
    trials; the rows stand by whichever had the best average precision, `combined` unless a
    single one beat it. Its scores become probabilities by bins that fall with the score.

    ``probability`` (0 to 1): of the pairs in that bin, the share whose tie had been hidden;
    ``_low`` and ``_high`` what so few are compatible with (95 %, Wilson). It holds for ties
    that are missing as the hidden ones were: at random, and as many. Real gaps are neither:
    where agencies never asked, ties lack that no score can foretell. Two records of one
    person share their contacts and look like a missing tie.

    Predictors: those of `score_pairs`; ``shared_things`` and ``shared_cases``, a thing or
    case of k people counting 1/(k − 1) (Newman 2001), so that a bus station weighs nothing
    beside a private phone; ``met_in_time``, contacts in common whose ties to both began
    within some 60 days; ``sides_that_tie`` and ``roles_that_tie``, how often two people of
    such sides and roles are tied among those who might be. Roles may come from the very
    records of a tie that was hidden, which flatters the trial.

    Direction and strength are ignored. Parties of other types than person are never ends.
    Same graph and seed, same rows; other ids may be divided otherwise among the trials, which
    moves probabilities a little, though not the predictors of `score_pairs`. Equal scores
    stand by id. At tens of thousands of ties the contacts, things and cases of most people
    are passed over (``attrs['left_out']``), and Katz counts walks of three steps.

    Parameters
    ----------
    contacts
        People and their ties, where these are another graph than `graph`, such as the
        projections ``people`` and ``people_through_calls``; all its parties are in `graph`.
    hide
        Share of the ties hidden at a time, 0.05 to 0.5. Each is hidden once, so that it is the
        half, a third, a fourth …, whichever is nearest by number; ``hidden_share`` says which.
    top
        So many rows; None for all.

    Returns
    -------
    pandas.DataFrame
        A row per pair; none where there is nothing to say, which ``attrs['because']`` then
        explains: fewer than 30 tied pairs, no candidate, or no predictor that puts a hidden
        tie before another pair in at least 60 % of comparisons. ``attrs``: ``found``,
        ``because``, ``hidden_share``, ``ranked_by``, ``trial`` (a row per predictor that
        any record feeds, with ``auc``, its range over the trials, ``average_precision`` and
        ``base_rate``, over all pairs of people that have no tie), ``calibration`` (bins, the
        highest first), ``left_out``.

    Raises
    ------
    GraphError
        If a number lies outside its range, or `contacts` has parties that `graph` lacks.

    References
    ----------
    Liben-Nowell, D., Kleinberg, J. (2007). JASIST 58, 1019-1031. Berlusconi, G. et al.
    (2016). Link prediction in criminal networks. PLoS ONE 11, e0154244. Calderoni, F. et al.
    (2020). Robust link prediction in criminal networks. Expert Systems with Applications 161,
    113666.
    """
    if not 0.05 <= hide <= 0.5:
        raise QuestionError(f"cannot hide {hide} of the ties", hint="hide 0.05 to 0.5 of them")
    if top is not None and top < 1:
        raise QuestionError(f"cannot list {top} pairs", hint="ask for 1 or more, or None for all")
    folds = round(1 / hide)
    hide = 1 / folds
    ties = graph if contacts is None else contacts
    field = _field(graph, ties)
    if len(field.low) < LEAST_TIES:
        return _nothing(
            f"nothing to say here: {counted(len(field.low), 'tied pair')} of people, and at least"
            f" {LEAST_TIES} are needed to hide some and see whether they are found again", hide
        )  # fmt: skip
    trials = _trials(field, folds, seed)
    samples = _samples(trials, seed)
    combined = _out_of_trial(trials, samples)
    told = {COMBINED: [_judged(score, one) for score, one in zip(combined, trials, strict=True)]}
    told |= {
        name: [_judged(one.scores[:, place], one) for one in trials]
        for place, name in enumerate(PREDICTORS)
        if any(len(np.unique(one.scores[:, place])) > 1 for one in trials)
    }
    best = _best(told)
    asked = _ask(field, np.ones(len(field.low), dtype=bool))
    trial = tuple({"predictor": name, **_row(found)} for name, found in told.items())
    model = _learn(samples)
    if model is None or len(asked.keys) == 0 or not _tells(told[best]):
        because = _silent(told[best], best, len(asked.keys)) + _without_data(told)
        return _nothing(because, hide, trial)
    scores = combined if best == COMBINED else [_column(one.scores, best) for one in trials]
    bins = calibrate(np.concatenate(scores), np.concatenate([one.hit for one in trials]))
    table = _table(graph, ties, field, asked, model, (best, bins), (top, hide))
    table.attrs = {
        "found": True,
        "because": _because(told[best], best, len(field.low), hide) + _without_data(told),
        "hidden_share": hide, "ranked_by": best, "trial": trial, "calibration": _bin_rows(bins),
        "left_out": asked.left_out,
    }  # fmt: skip
    return table


def _nothing(because: str, hide: float, trial: tuple[dict[str, object], ...] = ()) -> pd.DataFrame:
    table = pd.DataFrame(columns=list(LIKELY_COLUMNS))
    table.attrs = {
        "found": False, "because": because, "hidden_share": hide, "ranked_by": None,
        "trial": trial, "calibration": (), "left_out": 0,
    }  # fmt: skip
    return table


def _field(graph: RingGraph, ties: RingGraph) -> _Field:
    typed = "type" in graph.parties.columns
    person = graph.parties["type"] == "person" if typed else pd.Series(True, graph.parties.index)
    people = np.flatnonzero(person.to_numpy(dtype=bool)).astype(np.int64)
    row = np.full(len(graph.parties) + 1, -1, dtype=np.int64)  # the last: no party of the graph
    row[people] = np.arange(len(people))
    at = pd.Index(graph.parties["party"]).get_indexer(pd.Index(ties.parties["party"]))
    if (at < 0).any():
        raise GraphError(
            f"{int((at < 0).sum())} parties of the contacts are not in the graph",
            hint="build both from one case file",
        )
    place = row[at]
    pairs = pairs_of(ties)
    one, other = place[pairs.low], place[pairs.high]
    low, high = np.minimum(one, other), np.maximum(one, other)
    kept = low >= 0
    return _Field(people, low[kept], high[kept], gather_hints(graph, people, ties, place))


def _ask(field: _Field, kept: npt.NDArray[np.bool_]) -> _Asked:
    """Pairs without a tie that have something in common, given the ties that are kept."""
    contacts = contacts_of_pairs(len(field.people), field.low[kept], field.high[kept])
    near = shared_contacts(contacts, np.ones(contacts.count)).keys
    keys = np.unique(np.concatenate([near, field.hints.things.keys, field.hints.cases.keys]))
    keys = untied(keys, contacts)
    scores = np.empty((len(keys), len(PREDICTORS)), dtype=np.float32)
    for place, found in enumerate(_each(contacts, field.hints, keys)):
        scores[:, place] = found
    return _Asked(keys, scores, len(contacts.passed_over) + field.hints.left_out)


def _each(contacts: Contacts, hints: Hints, keys: Integers) -> Iterator[Numbers]:
    """Every predictor in the order of `PREDICTORS`."""
    yield from network_scores(contacts, keys).values()
    yield from hint_scores(hints, contacts, keys).values()


def _column(scores: Scores, name: str) -> Numbers:
    return scores[:, PREDICTORS.index(name)].astype(np.float64)


def _values(scores: Scores) -> Numbers:
    """Predictors as the model reads them."""
    return np.column_stack([_read(name, _column(scores, name)) for name in PREDICTORS])


def _read(name: str, score: Numbers) -> Numbers:
    """A predictor as the model reads it: log-odds of a rate, else the logarithm of its size.

    Size is beside the middle one of those above 0, so that hiding ties changes no scale.
    """
    if name in _RATES:
        rate = np.clip(score, 1e-6, 1 - 1e-6)
        return np.asarray(np.log(rate / (1 - rate)), dtype=np.float64)
    some = score[score > 0]
    return np.log1p(score / np.median(some)) if len(some) else score


def _trials(field: _Field, folds: int, seed: int) -> list[_Trial]:
    """Each tie hidden once, the rest of the network scored without it."""
    order = np.random.default_rng(seed).permutation(len(field.low))
    part = np.empty(len(order), dtype=np.int64)
    part[order] = np.arange(len(order)) % folds
    tied = field.low * len(field.people) + field.high
    trials = []
    for number in range(folds):
        hidden = part == number
        asked = _ask(field, ~hidden)
        hit = np.isin(asked.keys, tied[hidden]).astype(np.float64)
        never = field.all_pairs - len(tied)
        trials.append(_Trial(asked.scores, hit, int(hidden.sum()), never))
    return trials


def _samples(trials: list[_Trial], seed: int) -> list[Sample]:
    """Values, hits and weights to learn from: every hidden tie, and some of the other pairs."""
    chance = np.random.default_rng(seed)
    samples = []
    for one in trials:
        found, missed = np.flatnonzero(one.hit > 0), np.flatnonzero(one.hit == 0)
        most = min(MOST_LEARNT, len(missed))
        some = np.sort(chance.choice(missed, most, replace=False)) if most else missed
        values = _values(one.scores)[np.concatenate([found, some])]
        hits = np.repeat([1.0, 0.0], [len(found), len(some)])
        weights = np.repeat([1.0, len(missed) / max(most, 1)], [len(found), len(some)])
        samples.append((values, hits, weights))
    return samples


def _learn(samples: list[Sample]) -> Combination | None:
    """Weights of the predictors; None where there are no hits, or nothing else."""
    values, hits, weights = (np.concatenate(part) for part in zip(*samples, strict=True))
    return combine(values, hits, weights) if 0 < hits.sum() < len(hits) else None


def _out_of_trial(trials: list[_Trial], samples: list[Sample]) -> list[Numbers]:
    """Scores of each trial by what was learnt on the others."""
    scores = []
    for number, one in enumerate(trials):
        model = _learn([told for place, told in enumerate(samples) if place != number])
        told = np.zeros(len(one.hit)) if model is None else model.score(_values(one.scores))
        scores.append(level(told))
    return scores


def _judged(scores: Numbers | Scores, trial: _Trial) -> Quality:
    return quality(
        scores.astype(np.float64),
        trial.hit,
        all_hits=trial.hidden,
        all_pairs=trial.hidden + trial.never_tied,
    )


def _row(found: list[Quality]) -> dict[str, float]:
    auc = [one.auc for one in found]
    return {
        "auc": float(np.mean(auc)), "auc_low": float(min(auc)), "auc_high": float(max(auc)),
        "average_precision": float(np.mean([one.average_precision for one in found])),
        "base_rate": float(np.mean([one.base_rate for one in found])),
    }  # fmt: skip


def _best(told: Mapping[str, list[Quality]]) -> str:
    """The predictor of the best average precision; `combined`, then the simplest, of equals."""
    precision = [_row(found)["average_precision"] for found in told.values()]
    return list(told)[int(np.argmax(np.nan_to_num(precision, nan=-1.0)))]


def _without_data(told: Mapping[str, list[Quality]]) -> str:
    """Which predictors say the same of every pair, because no record feeds them."""
    silent = [name for name in PREDICTORS if name not in told]
    return f"; not tried, for want of records that they read: {', '.join(silent)}" if silent else ""


def _tells(found: list[Quality]) -> bool:
    row = _row(found)
    return row["auc"] >= LEAST_AUC and row["auc_low"] > 0.5


def _silent(found: list[Quality], best: str, candidates: int) -> str:
    row = _row(found)
    if candidates == 0 or np.isnan(row["auc"]):
        return (
            "nothing to say here: no two people without a tie have a contact, a thing or a case"
            " in common, or all are tied"
        )
    return (
        f"nothing to say here: no predictor tells hidden ties from pairs never tied; the best,"
        f" '{best}', puts a hidden tie first in {row['auc']:.0%} of comparisons"
        f" ({row['auc_low']:.0%} to {row['auc_high']:.0%} over the trials; 50% is chance,"
        f" {LEAST_AUC:.0%} is asked for)"
    )


def _because(found: list[Quality], best: str, ties: int, hide: float) -> str:
    row = _row(found)
    auc = (row["auc"], row["auc_low"], row["auc_high"])
    return trial_sentence(best, auc, row["average_precision"], row["base_rate"], hide, ties)


def _bin_rows(bins: Bins) -> tuple[dict[str, float], ...]:
    hits, pairs = bins.hits.astype(np.float64), bins.pairs.astype(np.float64)
    low, high = interval(hits, pairs)
    columns = (bins.least, bins.pairs, bins.hits, hits / pairs, low, high)
    names = ("least_score", "pairs", "were_tied", "probability", "low", "high")
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return tuple(dict(zip(names, row, strict=True)) for row in rows)


def _table(
    graph: RingGraph, ties: RingGraph, field: _Field, asked: _Asked, model: Combination,
    by: tuple[str, Bins], limits: tuple[int | None, float],
) -> pd.DataFrame:  # fmt: skip
    best, bins = by
    top, hide = limits
    combined = level(model.score(_values(asked.scores)))
    score = combined if best == COMBINED else _column(asked.scores, best)
    order = np.lexsort((asked.keys, -score))[:top]
    bin_of = bins.of(score[order])
    hits, pairs = (one[bin_of].astype(np.float64) for one in (bins.hits, bins.pairs))
    low, high = interval(hits, pairs)
    keys = asked.keys[order]
    count = max(len(field.people), 1)
    names = graph.parties["party"].to_numpy(dtype=object)[field.people]
    columns: dict[str, object] = {
        "source": names[keys // count], "target": names[keys % count],
        "probability": hits / pairs, "probability_low": low, "probability_high": high,
        COMBINED: combined[order],
        **{name: _column(asked.scores[order], name) for name in PREDICTORS},
    }  # fmt: skip
    a, b = keys // count, keys % count
    known = (field.hints.roles[a] > 0) & (field.hints.roles[b] > 0)
    roles = np.where(known, _column(asked.scores, "roles_that_tie")[order], np.nan)
    columns |= _reasons(graph, ties, field, keys, (roles, hits / pairs, low, high), hide)
    return pd.DataFrame(columns, columns=list(LIKELY_COLUMNS))


def _reasons(
    graph: RingGraph, ties: RingGraph, field: _Field, keys: Integers,
    shares: tuple[Numbers, Numbers, Numbers, Numbers], hide: float,
) -> dict[str, list[object]]:  # fmt: skip
    """What each pair has in common, by id, in a sentence, and by the records that say so."""
    count = max(len(field.people), 1)
    known = contacts_of_pairs(count, field.low, field.high)
    held = [members(graph, field.people, cases=cases) for cases in (False, True)]
    names = graph.parties["party"].to_numpy(dtype=object)
    at = _Tied.of_graph(graph, graph)
    among = at if ties is graph else _Tied.of_graph(ties, graph)
    told: dict[str, list[object]] = {
        name: [] for name in ("contacts", "things", "cases", "because", "records")
    }
    for key, roles, *chances in zip(keys.tolist(), *map(np.ndarray.tolist, shares), strict=True):
        a, b = divmod(key, count)
        mutual = _both(known, a, b)
        things, cases = (_row_of(one, a) & _row_of(one, b) for one in held)
        ends = field.people[[a, b]].tolist()
        middle = [int(field.people[one]) for one in mutual]
        behind = {record for end in ends for one in middle for record in among.between(end, one)}
        shared = things | cases
        behind |= {record for end in ends for one in shared for record in at.between(end, one)}
        fewest = int(min((known.degree[one] for one in mutual), default=0))
        facts = LikelyFacts(len(mutual), fewest, len(things), len(cases),
                            None if np.isnan(roles) else roles, *chances)  # fmt: skip
        told["contacts"].append(tuple(names[middle]))
        told["things"].append(tuple(names[sorted(things)]))
        told["cases"].append(tuple(names[sorted(cases)]))
        told["because"].append(likely_sentence(facts, hide))
        told["records"].append(tuple(sorted(behind)))
    return told


def _both(known: Contacts, a: int, b: int) -> list[int]:
    """Contacts in common, those of fewest contacts first, then by id."""
    found = _row_of(known.tied, a) & _row_of(known.tied, b)
    return sorted(found, key=lambda one: (float(known.degree[one]), one))


def _row_of(table: csr_array, row: int) -> set[int]:
    return set(table.indices[table.indptr[row] : table.indptr[row + 1]].tolist())


@dataclass(frozen=True, slots=True)
class _Tied:
    """Ties of a graph, found by their ends: `keys` sorted, and the tie of each."""

    graph: RingGraph
    keys: Integers
    ties: Integers
    count: int

    @classmethod
    def of_graph(cls, graph: RingGraph, whole: RingGraph) -> "_Tied":
        """Ties of a graph, whose ends are called by their positions in the whole one."""
        place = pd.Index(whole.parties["party"]).get_indexer(pd.Index(graph.parties["party"]))
        one, other = place[graph.source].astype(np.int64), place[graph.target].astype(np.int64)
        count = max(len(whole.parties), 1)
        keys = np.minimum(one, other) * count + np.maximum(one, other)
        order = np.argsort(keys, kind="stable")
        return cls(graph, keys[order], order.astype(np.int64), count)

    def between(self, one: int, other: int) -> tuple[int, ...]:
        """Records behind the ties of two parties."""
        key = min(one, other) * self.count + max(one, other)
        first, last = np.searchsorted(self.keys, [key, key + 1])
        return records_of_ties(self.graph, self.ties[first:last].tolist())
