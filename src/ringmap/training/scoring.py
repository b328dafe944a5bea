"""How near a finding comes to the truth: each function takes a table, from whatever tool.

People in it are known by their person_id in the records. A table without one of the columns
that are asked for raises `GraphError`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.errors import GraphError
from ringmap.training.truth import Truth

Integers = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class RingScore:
    """How well rings were found.

    Attributes
    ----------
    adjusted_rand
        1 the same division, 0 what chance gives, below 0 worse; NaN where fewer than two
        records can be compared, as in a case without rings.
    compared
        Records compared: persons who are members of exactly one true ring.
    left_out
        Records of persons of no ring or of several.
    true_rings
        Rings that there are.
    found_rings
        Rings that were claimed; 0 when the verdict was that there are none.
    false_rings
        Rings claimed where there are none at all; 0 in a case with rings.
    right
        Rings were claimed, and there are some; or none, and there are none.
    recall
        Mean of ``recall`` over true rings with a recorded member; NaN without one.
    precision
        Mean of ``precision``, likewise.
    per_ring
        A row per true ring: ``ring``, ``members`` (records), ``found_ring`` (the one with
        the highest Jaccard index, equals by name; '' when none has a member), ``recall``
        and ``precision`` of that one (0 when there is none, NaN without recorded members).
    """

    adjusted_rand: float
    compared: int
    left_out: int
    true_rings: int
    found_rings: int
    false_rings: int
    right: bool
    recall: float
    precision: float
    per_ring: pd.DataFrame


@dataclass(frozen=True, eq=False)
class BrokerScore:
    """How well a ranking puts the true brokers first.

    Attributes
    ----------
    brokers
        Brokers with a record, who could be found; a broker of two rings is one.
    unrecorded
        Brokers whom nobody recorded; they count in nothing else here.
    listed
        Lines of the ranking.
    average_precision
        0 to 1, the mean over brokers of the precision at their line, 0 for those not
        listed; NaN when there is no broker.
    chance
        The same for the same lines in an order of chance.
    right
        Whether the verdict is true: brokers, and there are some, or none, and there are
        none. None without a verdict.
    at
        A row per k: ``k``, ``hits`` (brokers in the first k lines), ``precision``
        (hits/k, also where fewer are listed), ``capped`` (hits/min(k, brokers); NaN when
        there is no broker), ``expected`` and ``expected_capped`` (the same two by chance).
    per_ring
        A row per ring, its members only: ``ring``, ``brokers``, ``listed``,
        ``average_precision``, ``chance``, and ``capped_k`` for each k.
    """

    brokers: int
    unrecorded: int
    listed: int
    average_precision: float
    chance: float
    right: bool | None
    at: pd.DataFrame
    per_ring: pd.DataFrame


@dataclass(frozen=True, slots=True)
class IntervalScore:
    """How often an interval of ranks holds the true rank, and what it leaves open.

    Attributes
    ----------
    parties
        Parties with both ends of an interval and a true rank.
    coverage
        Share of them whose true rank lies in it, ends included; NaN when there are none.
    mean_width
        Ranks in an interval, ends included: 1 is a single rank.
    relative_width
        The same, divided by the number of parties with an interval: 1 says nothing at all.
    """

    parties: int
    coverage: float
    mean_width: float
    relative_width: float


@dataclass(frozen=True, slots=True)
class IdentityScore:
    """How well records of the same person were joined, counted in pairs of records.

    Attributes
    ----------
    precision
        Share of joined pairs that are one person; NaN when nothing was joined.
    recall
        Share of pairs of one person that were joined; NaN when nobody is recorded twice.
    f1
        Their harmonic mean; 1 when there is nothing to join and nothing was.
    wrong_pairs
        Pairs joined that are two people.
    missed_pairs
        Pairs of one person not joined.
    records
        Records compared.
    mixed
        Records of several people at once, which no joining can mend; left out.
    """

    precision: float
    recall: float
    f1: float
    wrong_pairs: int
    missed_pairs: int
    records: int
    mixed: int


@dataclass(frozen=True, slots=True)
class TieScore:
    """How well ties that nobody recorded were foretold.

    Attributes
    ----------
    average_precision
        0 to 1, the mean over `positives` of the precision at their line, 0 for those never
        scored; NaN when there are none.
    base_rate
        Positives divided by all pairs of recorded people without a recorded tie.
    chance
        Average precision of all those pairs in an order of chance: a little above the base
        rate where they are few.
    positives
        Pairs of recorded people with a true tie, none of it recorded.
    unscored
        Positives that have no score.
    scored
        Lines that count: pairs of records without a recorded tie.
    """

    average_precision: float
    base_rate: float
    chance: float
    positives: int
    unscored: int
    scored: int


def score_rings(found: pd.DataFrame, truth: Truth, *, verdict: bool | None = None) -> RingScore:
    """How near the rings found come to the true ones, over all and for each.

    What is compared are records, since a finder sees no more: a person recorded twice is
    two. The adjusted Rand index takes the records of persons in exactly one true ring. Those
    of none or of several are left out of it, but `per_ring` counts them: guides whom rings share
    are members of each, and whoever is no member lowers precision. A record in several
    found rings counts with its highest ``share`` (equals by name of the ring) in the index, and
    in each of them in `per_ring`. One that was placed in no ring is a ring of its own. Parties
    that are no recorded person are ignored.

    Where all compared are of a single true ring the index is 1 when they were kept together
    and otherwise 0, however few were split off; read recall there.

    Parameters
    ----------
    found
        ``party`` (a person_id), ``ring`` and, if known, ``share``: a row per membership.
    verdict
        What the finder says: False when it holds that there are no rings, whatever the
        table lists. None: it claims those it lists.

    References
    ----------
    Hubert, L., Arabie, P. (1985). Comparing partitions. Journal of Classification 2, 193-218.
    """
    _need(found, "found", "party", "ring")
    members = truth.identities[["person_id", "who"]].merge(truth.memberships[["who", "ring"]])
    members = members[["person_id", "ring"]].drop_duplicates()
    recorded = truth.identities["person_id"].drop_duplicates()
    placed = _placed(found, recorded)
    single = members.drop_duplicates("person_id", keep=False)
    own = placed.drop_duplicates("person_id").set_index("person_id")["found"]
    per_ring = _per_ring(members, placed, truth.rings["ring"])
    claimed = placed["found"].nunique() if verdict is not False else 0
    true_rings = len(truth.rings)
    return RingScore(
        adjusted_rand=_adjusted_rand(single["ring"], _or_alone(own, single["person_id"])),
        compared=len(single),
        left_out=len(recorded) - len(single),
        true_rings=true_rings,
        found_rings=claimed,
        false_rings=0 if true_rings else claimed,
        right=(claimed > 0) == (true_rings > 0),
        recall=float(per_ring["recall"].mean()),
        precision=float(per_ring["precision"].mean()),
        per_ring=per_ring,
    )


def score_brokers(
    ranking: pd.DataFrame,
    truth: Truth,
    *,
    ks: Sequence[int] = (1, 3, 5, 10),
    verdict: bool | None = None,
    measure: str | None = None,
) -> BrokerScore:
    """How many true brokers stand in the first lines, and how far down the others are.

    Lines of the same value have no order: every number is the exact mean over all their
    orders, not that of one drawn by chance (McSherry, Najork 2008). A broker recorded under
    several ids counts once, at the first of them; the further ones take a line each, as they
    do on the page. A line for somebody who is no broker, or no person, is a miss. A record that
    mixes two brokers counts for the foremost.

    Parameters
    ----------
    ranking
        ``party`` (a person_id), a line each, of two the better counts; in order of rank, or
        in any order with the column of `measure`.
    verdict
        Whether the finder says that there is a broker here; None when it says nothing.
    measure
        Column of values, highest first; only exactly equal ones are level, so round before. A
        party without a value is not listed. None: the column ``measure`` if there is one,
        or else the order of rows.

    References
    ----------
    McSherry, F., Najork, M. (2008). Computing information retrieval performance measures
    efficiently in the presence of tied scores. ECIR, LNCS 4956, 414-421.
    """
    lines = _lines(ranking, measure)
    foremost = truth.brokers.assign(rank=pd.to_numeric(truth.brokers["rank"]))
    foremost = foremost.sort_values(["rank", "who"], kind="stable")
    brokers = foremost[["who"]].drop_duplicates().merge(truth.identities[["person_id", "who"]])
    whole = _ranking(lines, brokers)
    return BrokerScore(
        brokers=whole.wanted,
        unrecorded=truth.brokers["who"].nunique() - whole.wanted,
        listed=len(lines),
        average_precision=whole.average_precision(),
        chance=whole.shuffled().average_precision(),
        right=None if verdict is None else verdict == (whole.wanted > 0),
        at=_hits_table(whole, ks),
        per_ring=_brokers_per_ring(lines, foremost, truth, ks),
    )


def score_intervals(table: pd.DataFrame, true_rank: Mapping[str, float]) -> IntervalScore:
    """How often intervals of ranks hold the true rank, and how wide they are for that.

    Ranks must count the same people from 1: give true ranks among those that the table
    ranks. A party without a true rank, or without both ends, is left out.

    Parameters
    ----------
    table
        ``party, rank_low, rank_high``, low being the better rank.
    true_rank
        True rank of each party.
    """
    _need(table, "table", "party", "rank_low", "rank_high")
    low = pd.to_numeric(table["rank_low"]).to_numpy(dtype=np.float64, na_value=np.nan)
    high = pd.to_numeric(table["rank_high"]).to_numpy(dtype=np.float64, na_value=np.nan)
    told = [true_rank.get(party, np.nan) for party in table["party"].astype(object)]
    true = np.array(told, dtype=np.float64)
    given = ~(np.isnan(low) | np.isnan(high))
    if (low[given] > high[given]).any():
        raise GraphError("an interval ends before it begins; rank_low is the better rank")
    known = given & ~np.isnan(true)
    if not known.any():
        return IntervalScore(0, float("nan"), float("nan"), float("nan"))
    held = (low <= true) & (true <= high)
    width = float((high - low + 1)[known].mean())
    return IntervalScore(
        int(known.sum()), float(held[known].mean()), width, width / int(given.sum())
    )


def score_identities(groups: Mapping[str, object] | pd.DataFrame, truth: Truth) -> IdentityScore:
    """How many pairs of records of one person were joined, and how many of two.

    Pairs are counted from the sizes of groups, never listed, so a million records will do.
    Big groups weigh most: one person joined from ten records is 45 pairs. A record in no
    group stands alone; a group of records that the truth does not know is ignored.

    Parameters
    ----------
    groups
        Group of each person_id: a mapping, or a table ``person_id, group``.

    References
    ----------
    Menestrina, D., Whang, S. E., Garcia-Molina, H. (2010). Evaluating entity resolution
    results. Proceedings of the VLDB Endowment 3, 208-219.
    """
    told = truth.identities[["person_id", "who"]].drop_duplicates()
    pure = told.drop_duplicates("person_id", keep=False)
    group = _or_alone(_as_series(groups), pure["person_id"])
    both, same, joined = _pair_counts(_codes(pure["who"]), group)
    return IdentityScore(
        precision=both / joined if joined else float("nan"),
        recall=both / same if same else float("nan"),
        f1=2 * both / (same + joined) if same + joined else 1.0,
        wrong_pairs=joined - both,
        missed_pairs=same - both,
        records=len(pure),
        mixed=told["person_id"].nunique() - len(pure),
    )


def score_ties(scored: pd.DataFrame, truth: Truth) -> TieScore:
    """How high ties that nobody recorded stand among pairs of people with no recorded tie.

    Direction is ignored, and of two scores of a pair of records the highest counts. A tie
    counts as foretold by any record of each of its two people, once; further pairs of records
    of the same two take a line each. Pairs with a recorded tie are no lines, nor are parties
    that are no recorded person; two records of one person are a miss. Lines of the same score
    have no order: the mean over all their orders is taken, exactly (McSherry, Najork 2008). A
    positive that has no score counts as never reached.

    Parameters
    ----------
    scored
        ``source, target`` (person_ids), ``score`` (highest first; without one, no line).

    References
    ----------
    McSherry, F., Najork, M. (2008). Computing information retrieval performance measures
    efficiently in the presence of tied scores. ECIR, LNCS 4956, 414-421.
    """
    _need(scored, "scored", "source", "target", "score")
    true = _true_pairs(truth)
    lines = _pair_lines(scored, truth, true)
    positives = int((~true["recorded"]).sum())
    level = _codes(-lines["score"], ordered=True)
    ranking = _Ranking(level, lines["entity"].to_numpy(dtype=np.int64), positives)
    people = truth.identities["who"].nunique()
    candidates = people * (people - 1) // 2 - int(true["recorded"].sum())
    return TieScore(
        average_precision=ranking.average_precision(),
        base_rate=positives / candidates if candidates else float("nan"),
        chance=_chance_precision(candidates, positives),
        positives=positives,
        unscored=positives - len(ranking.first_lines()[0]),
        scored=len(lines),
    )


#: No ranking is longer.
_MOST_K = 10**9


@dataclass(frozen=True, slots=True)
class _Ranking:
    """Lines with a level (0 is the best) and what each finds (an entity's number, or -1)."""

    level: Integers
    entity: Integers
    wanted: int

    def shuffled(self) -> "_Ranking":
        """The same lines, all level: what an order of chance gives."""
        return _Ranking(np.zeros_like(self.level), self.entity, self.wanted)

    def first_lines(self) -> tuple[Integers, Integers]:
        """Of each entity that is listed: its best level, and how many lines it has there."""
        levels = int(self.level.max()) + 1 if len(self.level) else 1
        keys = (self.entity * levels + self.level)[self.entity >= 0]
        places, lines = np.unique(keys, return_counts=True)
        best = np.unique(places // levels, return_index=True)[1]
        return places[best] % levels, lines[best].astype(np.int64)

    def hits(self, k: int) -> float:
        """Entities to be expected in the first k lines, each counted once."""
        size, start = self._levels()
        level, lines = self.first_lines()
        room = np.clip(k - start, 0, size).astype(np.float64)
        return float(sum(1 - _none_of(int(many), int(size[at]), room[at])
                         for at, many in zip(level, lines, strict=True)))  # fmt: skip

    def average_precision(self) -> float:
        """Mean over the entities wanted of the precision at the first line of each."""
        if not self.wanted:
            return float("nan")
        size, start = self._levels()
        level, lines = self.first_lines()
        total, before = 0.0, 0
        for at in np.unique(level).tolist():
            here = Counter(lines[level == at].tolist())
            total += _precision_within(int(size[at]), int(start[at]), before, here)
            before += here.total()
        return total / self.wanted

    def _levels(self) -> tuple[Integers, Integers]:
        """Lines on each level, and above it."""
        size = np.bincount(self.level).astype(np.int64)
        return size, np.cumsum(size) - size


def _precision_within(size: int, start: int, before: int, lines: Mapping[int, int]) -> float:
    """Expected sum of precisions at the first lines of the entities of one level.

    At line j (from 1) of a level of `size`, an entity of m lines appears for the first time with
    probability m/size · C(size-j, m-1)/C(size-1, m-1); given that, each other one of m' lines has
    come by then unless all its lines are among those after j.
    """
    j = np.arange(1, size + 1, dtype=np.float64)
    total = 0.0
    for m, count in lines.items():
        first = m / size * _none_of(m - 1, size - 1, j - 1)
        come = np.full(size, 1.0 + before)
        for other, others in lines.items():
            come += (others - (other == m)) * (1 - _none_of(other, size - m, j - 1))
        total += count * float((first * come / (start + j)).sum())
    return total


def _none_of(lines: int, size: int, room: Numbers) -> Numbers:
    """Chance that none of some lines is among the first `room` of `size` in an order of chance."""
    left = np.ones_like(room)
    for one in range(min(lines, size)):
        left = left * np.clip(size - room - one, 0, None) / (size - one)
    return left


def _need(table: pd.DataFrame, name: str, *columns: str) -> None:
    for column in columns:
        if column not in table.columns:
            raise GraphError(f"{name} has no column '{column}'", hint="see its description")


def _codes(values: pd.Series, *, ordered: bool = False) -> Integers:
    return np.asarray(pd.factorize(values, sort=ordered)[0], dtype=np.int64)


def _or_alone(of: pd.Series, records: pd.Series) -> Integers:
    """A number for the group of each record, and one of its own for a record in none."""
    group = records.astype(object).map(of)
    codes = _codes(group)
    return np.where(codes < 0, len(codes) + np.arange(len(codes)), codes)


def _as_series(groups: Mapping[str, object] | pd.DataFrame) -> pd.Series:
    if not isinstance(groups, pd.DataFrame):
        return pd.Series(groups, dtype=object)
    _need(groups, "groups", "person_id", "group")
    return groups.drop_duplicates("person_id").set_index("person_id")["group"]


def _pair_counts(one: Integers, other: Integers) -> tuple[int, int, int]:
    """Pairs together in both divisions, in the first, and in the second."""
    cells = pd.DataFrame({"one": one, "other": other})
    sizes = [cells.value_counts(columns, sort=False).to_numpy(dtype=np.int64)
             for columns in (["one", "other"], ["one"], ["other"])]  # fmt: skip
    both, first, second = (int((size * (size - 1) // 2).sum()) for size in sizes)
    return both, first, second


def _adjusted_rand(ring: pd.Series, found: Integers) -> float:
    count = len(ring)
    if count < 2:
        return float("nan")
    both, true, claimed = _pair_counts(_codes(ring), found)
    pairs = count * (count - 1) // 2
    # In whole numbers: the same division gives 1, and not nearly 1.
    above, range_ = both * pairs - true * claimed, (true + claimed) * pairs - 2 * true * claimed
    return 2 * above / range_ if range_ else 1.0


def _placed(found: pd.DataFrame, recorded: pd.Series) -> pd.DataFrame:
    """Memberships found of recorded persons, the highest share first, equals by name."""
    found = found[found["ring"].notna() & found["party"].isin(recorded)].reset_index(drop=True)
    placed = pd.DataFrame({
        "person_id": found["party"].astype(object),
        "found": found["ring"].astype("str"),
        "share": found["share"] if "share" in found.columns else 0.0,
    })  # fmt: skip
    placed = placed.sort_values(["share", "found"], ascending=[False, True], kind="stable")
    return placed.drop_duplicates(["person_id", "found"])


def _per_ring(members: pd.DataFrame, placed: pd.DataFrame, rings: pd.Series) -> pd.DataFrame:
    """A row per true ring with the found ring that is most like it."""
    members = members.astype({"person_id": object})
    both = members.merge(placed, on="person_id")[["ring", "found"]]
    table = both.value_counts(sort=False).rename("common").reset_index()
    table["of_ring"] = members["ring"].value_counts().reindex(table["ring"]).to_numpy()
    table["of_found"] = placed["found"].value_counts().reindex(table["found"]).to_numpy()
    table["jaccard"] = table["common"] / (table["of_ring"] + table["of_found"] - table["common"])
    table = table.sort_values(["jaccard", "found"], ascending=[False, True], kind="stable")
    best = table.drop_duplicates("ring").set_index("ring").reindex(rings)
    size = members["ring"].value_counts().reindex(rings).fillna(0).astype(np.int64)
    share = best["common"].fillna(0.0).where(size > 0)
    return pd.DataFrame({
        "ring": rings.to_numpy(),
        "members": size.to_numpy(),
        "found_ring": best["found"].fillna("").to_numpy(),
        "recall": (share / size.where(size > 0)).to_numpy(dtype=np.float64),
        "precision": (share / best["of_found"].fillna(1.0)).to_numpy(dtype=np.float64),
    })  # fmt: skip


def _lines(ranking: pd.DataFrame, measure: str | None) -> pd.DataFrame:
    """A row per line: who, and its level, 0 for the best."""
    _need(ranking, "ranking", "party", *([measure] if measure else []))
    column = measure or "measure"
    lines = pd.DataFrame({"party": ranking["party"].astype(object).to_numpy()})
    if column in ranking.columns:
        value = pd.to_numeric(ranking[column]).to_numpy(dtype=np.float64, na_value=np.nan)
        lines = lines.assign(value=-value).dropna(subset="value")
        lines = lines.sort_values("value", kind="stable").drop_duplicates("party")
        return lines.assign(level=_codes(lines["value"], ordered=True))
    lines = lines.drop_duplicates("party")
    return lines.assign(level=np.arange(len(lines)))


def _ranking(lines: pd.DataFrame, sought: pd.DataFrame) -> _Ranking:
    """Lines of people (``party, level``) among whom some are sought (``who, person_id``)."""
    first = sought.drop_duplicates("person_id")
    number = pd.Series(_codes(first["who"]), index=first["person_id"])
    entity = lines["party"].map(number).fillna(-1).to_numpy(dtype=np.int64)
    level = np.unique(lines["level"].to_numpy(dtype=np.int64), return_inverse=True)[1]
    return _Ranking(level.astype(np.int64), entity, sought["who"].nunique())


def _hits_table(ranking: _Ranking, ks: Sequence[int]) -> pd.DataFrame:
    if not all(isinstance(k, int | np.integer) and 1 <= k <= _MOST_K for k in ks):
        raise GraphError(f"precision is asked at whole numbers from 1 to {_MOST_K:,}, not {ks}")
    k = np.array(ks, dtype=np.float64)
    hits = np.array([ranking.hits(one) for one in ks], dtype=np.float64)
    chance = ranking.shuffled()
    expected = np.array([chance.hits(one) for one in ks], dtype=np.float64)
    most = np.minimum(k, ranking.wanted) if ranking.wanted else np.full(len(k), np.nan)
    return pd.DataFrame({
        "k": k.astype(np.int64), "hits": hits, "precision": hits / k, "capped": hits / most,
        "expected": expected / k, "expected_capped": expected / most,
    })  # fmt: skip


def _brokers_per_ring(
    lines: pd.DataFrame, brokers: pd.DataFrame, truth: Truth, ks: Sequence[int]
) -> pd.DataFrame:
    """The same for each ring, among the lines of its members."""
    records = truth.identities[["person_id", "who"]]
    members = records.merge(truth.memberships)[["ring", "person_id"]].drop_duplicates()
    members = lines.merge(members, left_on="party", right_on="person_id")
    of_ring = dict(list(members.groupby("ring")))
    sought = dict(list(brokers[["who", "ring"]].merge(records).groupby("ring")))
    rows = []
    for ring in truth.rings["ring"]:
        own = _ranking(of_ring.get(ring, members.iloc[:0]), sought.get(ring, records.iloc[:0]))
        precision = own.average_precision(), own.shuffled().average_precision()
        capped = _hits_table(own, ks)["capped"]
        rows.append((ring, own.wanted, len(own.level), *precision, *capped))
    names = ["ring", "brokers", "listed", "average_precision", "chance"]
    return pd.DataFrame(rows, columns=[*names, *(f"capped_{k}" for k in ks)])


def _true_pairs(truth: Truth) -> pd.DataFrame:
    """A row per two recorded people with a true tie: ``one, other, recorded, entity``."""
    known = truth.ties["source"].isin(truth.identities["who"]) & truth.ties["target"].isin(
        truth.identities["who"]
    )
    ties = truth.ties[known & (truth.ties["source"] != truth.ties["target"])]
    ends = _turned(ties["source"], ties["target"])
    ends["recorded"] = (pd.to_numeric(ties["records"]) > 0).to_numpy()
    pairs = ends.groupby(["one", "other"], sort=True)["recorded"].any().reset_index()
    return pairs.assign(entity=np.where(pairs["recorded"], -1, np.arange(len(pairs))))


def _turned(source: pd.Series, target: pd.Series) -> pd.DataFrame:
    """Two ends, the one that comes first by name in front."""
    turn = (source > target).to_numpy()
    return pd.DataFrame({
        "one": np.where(turn, target, source), "other": np.where(turn, source, target)
    })  # fmt: skip


def _pair_lines(scored: pd.DataFrame, truth: Truth, true: pd.DataFrame) -> pd.DataFrame:
    """A row per pair of records without a recorded tie: its score, and the tie it foretells."""
    pairs = _turned(scored["source"].astype(str), scored["target"].astype(str))
    pairs["score"] = pd.to_numeric(scored["score"]).to_numpy(dtype=np.float64, na_value=np.nan)
    pairs = pairs[pairs["score"].notna() & (pairs["one"] != pairs["other"])]
    pairs = pairs.sort_values("score", ascending=False, kind="stable")
    pairs = pairs.drop_duplicates(["one", "other"]).reset_index(drop=True)
    who = truth.identities[["person_id", "who"]].astype(object)
    ends = pairs.reset_index(names="line")
    for end in ("one", "other"):
        ends = ends.merge(who.rename(columns={"person_id": end, "who": f"who_{end}"}), on=end)
    meant = _turned(ends["who_one"], ends["who_other"]).assign(line=ends["line"])
    meant = meant.merge(true.astype({"one": object, "other": object}), how="left")
    meant["entity"] = meant["entity"].fillna(-1)
    known = meant["recorded"].astype("boolean").fillna(False).to_numpy(dtype=bool)
    # A record that mixes people may mean several pairs: foretold if one is, else known if one is.
    told = pd.DataFrame({"known": known, "entity": meant["entity"]}).groupby(meant["line"])
    lines = told.agg(known=("known", "any"), entity=("entity", "max"))
    lines = lines.assign(score=pairs["score"].loc[lines.index])
    return lines[~lines["known"] | (lines["entity"] >= 0)]


def _chance_precision(lines: int, hits: int) -> float:
    """Average precision of so many hits among lines in an order of chance."""
    if not hits or not lines:
        return float("nan")
    harmonic = _harmonic(lines)
    others = (hits - 1) / (lines - 1) if lines > 1 else 0.0
    return (harmonic + others * (lines - harmonic)) / lines


def _harmonic(count: int) -> float:
    if count <= 1_000:
        return float((1 / np.arange(1, count + 1)).sum())
    return float(np.log(count) + np.euler_gamma + 1 / (2 * count) - 1 / (12 * count**2))
