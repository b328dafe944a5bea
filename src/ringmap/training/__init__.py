"""Invented cases with a known truth, and scores that say how near a finding comes to it."""

from ringmap.training.calibration import (
    CALIBRATION_COLUMNS,
    Target,
    format_calibration,
    list_targets,
    measure_figures,
)
from ringmap.training.generating import Generated, generate_cases
from ringmap.training.names import is_left_out, list_peoples
from ringmap.training.profile import Profile, list_profiles, load_profile
from ringmap.training.scenario import Scenario, list_scenarios, load_scenario
from ringmap.training.scoring import (
    BrokerScore,
    IdentityScore,
    IntervalScore,
    RingScore,
    TieScore,
    score_brokers,
    score_identities,
    score_intervals,
    score_rings,
    score_ties,
)
from ringmap.training.truth import TRUTH_COLUMNS, Truth, read_truth

__all__ = [
    "CALIBRATION_COLUMNS",
    "TRUTH_COLUMNS",
    "BrokerScore",
    "Generated",
    "IdentityScore",
    "IntervalScore",
    "Profile",
    "RingScore",
    "Scenario",
    "Target",
    "TieScore",
    "Truth",
    "format_calibration",
    "generate_cases",
    "is_left_out",
    "list_peoples",
    "list_profiles",
    "list_scenarios",
    "list_targets",
    "load_profile",
    "load_scenario",
    "measure_figures",
    "read_truth",
    "score_brokers",
    "score_identities",
    "score_intervals",
    "score_rings",
    "score_ties",
]
