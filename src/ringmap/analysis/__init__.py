"""What a graph tells: each function takes a graph and returns findings with their reasons."""

from ringmap.analysis.bridging import BRIDGING, find_bridging
from ringmap.analysis.brokers import MEASURES, BrokerVerdict, find_brokers, judge_brokers
from ringmap.analysis.caveats import gather_caveats
from ringmap.analysis.crossings import Crossings, find_crossings
from ringmap.analysis.dominance import find_dominance, find_rank_intervals
from ringmap.analysis.estimating import estimate_betweenness
from ringmap.analysis.mediation import MEDIATION
from ringmap.analysis.mediators import MEDIATION_CHANCE, find_mediators
from ringmap.analysis.paths import Paths, find_paths
from ringmap.analysis.reasons import BROKER, VERDICTS
from ringmap.analysis.rings import find_rings
from ringmap.analysis.timed_paths import find_paths_in_time
from ringmap.analysis.years import count_by_year

__all__ = [
    "BRIDGING",
    "BROKER",
    "MEASURES",
    "MEDIATION",
    "MEDIATION_CHANCE",
    "VERDICTS",
    "BrokerVerdict",
    "Crossings",
    "Paths",
    "count_by_year",
    "estimate_betweenness",
    "find_bridging",
    "find_brokers",
    "find_crossings",
    "find_dominance",
    "find_mediators",
    "find_paths",
    "find_paths_in_time",
    "find_rank_intervals",
    "find_rings",
    "gather_caveats",
    "judge_brokers",
]
