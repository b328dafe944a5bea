"""What walks every tie or every cell, compiled; each function has a plain twin where it is used."""

from ringmap.kernels.chance import Swaps, climb_core
from ringmap.kernels.ground import Ground
from ringmap.kernels.groups import Between, divide, exchange_ends, settle, ties_between
from ringmap.kernels.joining import join
from ringmap.kernels.networks import (
    Contacts,
    Holes,
    betweenness,
    compiled,
    constraint,
    contacts_of_pairs,
    cores,
    draw_ways,
    level,
    lost_without,
    page_rank,
    parts,
    structural_holes,
    sum_in_parts,
)
from ringmap.kernels.ordering import number_by_cells, places_in_order
from ringmap.kernels.texts import Cut, Names, Texts, add_by_code, cut_cells, sip_hashes

__all__ = [
    "Between",
    "Contacts",
    "Cut",
    "Ground",
    "Holes",
    "Names",
    "Swaps",
    "Texts",
    "add_by_code",
    "betweenness",
    "climb_core",
    "compiled",
    "constraint",
    "contacts_of_pairs",
    "cores",
    "cut_cells",
    "divide",
    "draw_ways",
    "exchange_ends",
    "join",
    "level",
    "lost_without",
    "number_by_cells",
    "page_rank",
    "parts",
    "places_in_order",
    "settle",
    "sip_hashes",
    "structural_holes",
    "sum_in_parts",
    "ties_between",
]
