"""What a graph tells: each function takes a graph and returns findings with their reasons."""

from ringmap.analysis.arrivals import find_arrivals
from ringmap.analysis.borders import count_crossings_by_case, find_spanner_stages
from ringmap.analysis.bridging import BRIDGING, find_bridging
from ringmap.analysis.brokers import MEASURES, BrokerVerdict, find_brokers, judge_brokers
from ringmap.analysis.caveats import gather_caveats
from ringmap.analysis.chokepoints import ChokePoints, find_choke_points
from ringmap.analysis.core import CoreVerdict, find_core
from ringmap.analysis.corridors import find_corridors, find_courses
from ringmap.analysis.crossings import Crossings, find_crossings
from ringmap.analysis.dominance import find_dominance, find_rank_intervals
from ringmap.analysis.doubts import describe_doubt, draws_for, work_of
from ringmap.analysis.elements import find_elements
from ringmap.analysis.estimating import estimate_betweenness
from ringmap.analysis.evolution import (
    Evolution,
    find_evolution,
    measure_over_time,
)
from ringmap.analysis.following import FollowedRings, follow_rings
from ringmap.analysis.journeys import Journeys, find_journeys
from ringmap.analysis.key_players import (
    CRITERIA,
    KEY_PLAYER_COLUMNS,
    KeyPlayers,
    find_key_players,
    most_key_players,
)
from ringmap.analysis.likely_ties import PREDICTORS, find_likely_ties
from ringmap.analysis.measuring import measure_doubt
from ringmap.analysis.mediation import MEDIATION
from ringmap.analysis.mediators import MEDIATION_CHANCE, find_mediators
from ringmap.analysis.mixing import find_mixing, measure_homophily
from ringmap.analysis.moves import LEVELS
from ringmap.analysis.naming import describe_rings
from ringmap.analysis.overlap import Overlap, find_overlap
from ringmap.analysis.paths import Paths, find_paths
from ringmap.analysis.perturbing import Doubt
from ringmap.analysis.predictors import score_pairs
from ringmap.analysis.reach import count_within, find_reach, find_way, list_within
from ringmap.analysis.reasons import BROKER, VERDICTS
from ringmap.analysis.removal import REMOVAL_COLUMNS, REMOVED_BY, simulate_removal
from ringmap.analysis.rings import find_rings
from ringmap.analysis.seasons import RouteChanges, find_route_changes
from ringmap.analysis.separators import (
    PARTED_BY,
    ROUTES_PARTED_BY,
    Separators,
    find_route_separators,
    find_separators,
)
from ringmap.analysis.shared_members import find_shared_members
from ringmap.analysis.shared_things import find_shared_things
from ringmap.analysis.stage_brokers import find_stage_brokers
from ringmap.analysis.stages import find_stage_ties, find_stages
from ringmap.analysis.timed_paths import find_paths_in_time
from ringmap.analysis.toppling import WRONG_SOURCE, Toppling, find_topplers
from ringmap.analysis.witnesses import MayKnow, find_who_may_know
from ringmap.analysis.years import count_by_year

__all__ = [
    "BRIDGING",
    "BROKER",
    "CRITERIA",
    "KEY_PLAYER_COLUMNS",
    "LEVELS",
    "MEASURES",
    "MEDIATION",
    "MEDIATION_CHANCE",
    "PARTED_BY",
    "PREDICTORS",
    "REMOVAL_COLUMNS",
    "REMOVED_BY",
    "ROUTES_PARTED_BY",
    "VERDICTS",
    "WRONG_SOURCE",
    "BrokerVerdict",
    "ChokePoints",
    "CoreVerdict",
    "Crossings",
    "Doubt",
    "Evolution",
    "FollowedRings",
    "Journeys",
    "KeyPlayers",
    "MayKnow",
    "Overlap",
    "Paths",
    "RouteChanges",
    "Separators",
    "Toppling",
    "count_by_year",
    "count_crossings_by_case",
    "count_within",
    "describe_doubt",
    "describe_rings",
    "draws_for",
    "estimate_betweenness",
    "find_arrivals",
    "find_bridging",
    "find_brokers",
    "find_choke_points",
    "find_core",
    "find_corridors",
    "find_courses",
    "find_crossings",
    "find_dominance",
    "find_elements",
    "find_evolution",
    "find_journeys",
    "find_key_players",
    "find_likely_ties",
    "find_mediators",
    "find_mixing",
    "find_overlap",
    "find_paths",
    "find_paths_in_time",
    "find_rank_intervals",
    "find_reach",
    "find_rings",
    "find_route_changes",
    "find_route_separators",
    "find_separators",
    "find_shared_members",
    "find_shared_things",
    "find_spanner_stages",
    "find_stage_brokers",
    "find_stage_ties",
    "find_stages",
    "find_topplers",
    "find_way",
    "find_who_may_know",
    "follow_rings",
    "gather_caveats",
    "judge_brokers",
    "list_within",
    "measure_doubt",
    "measure_homophily",
    "measure_over_time",
    "most_key_players",
    "score_pairs",
    "simulate_removal",
    "work_of",
]
