"""Case records as a graph of parties and ties, whole or projected."""

from ringmap.graph.building import build_graph, graph_from_ties
from ringmap.graph.legs import LEG_COLUMNS, list_legs, list_stays
from ringmap.graph.neighbours import Neighbours, neighbours_of
from ringmap.graph.periods import PERIODS, PeriodLength, name_period, number_period, period_length
from ringmap.graph.projections import PROJECTIONS
from ringmap.graph.ringgraph import Evidence, RingGraph, SimpleTies, bare_graph
from ringmap.graph.selection import select_around, select_parties
from ringmap.graph.slices import Slice, TiePeriods, find_periods, slice_by_period
from ringmap.graph.stages import STAGE_COLUMNS, list_stages
from ringmap.graph.visits import VISIT_COLUMNS, list_visits
from ringmap.graph.windows import Window, holds_surely, list_windows, select_window

__all__ = [
    "LEG_COLUMNS",
    "PERIODS",
    "PROJECTIONS",
    "STAGE_COLUMNS",
    "VISIT_COLUMNS",
    "Evidence",
    "Neighbours",
    "PeriodLength",
    "RingGraph",
    "SimpleTies",
    "Slice",
    "TiePeriods",
    "Window",
    "bare_graph",
    "build_graph",
    "find_periods",
    "graph_from_ties",
    "holds_surely",
    "list_legs",
    "list_stages",
    "list_stays",
    "list_visits",
    "list_windows",
    "name_period",
    "neighbours_of",
    "number_period",
    "period_length",
    "select_around",
    "select_parties",
    "select_window",
    "slice_by_period",
]
