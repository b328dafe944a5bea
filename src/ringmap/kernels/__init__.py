"""Measures that walk every tie many times, compiled; each has a plain twin where it is used."""

from ringmap.kernels.networks import (
    Contacts,
    Holes,
    betweenness,
    compiled,
    contacts_of_pairs,
    cores,
    draw_ways,
    level,
    lost_without,
    page_rank,
    parts,
    shortest_ways,
    structural_holes,
    within_steps,
)

__all__ = [
    "Contacts",
    "Holes",
    "betweenness",
    "compiled",
    "contacts_of_pairs",
    "cores",
    "draw_ways",
    "level",
    "lost_without",
    "page_rank",
    "parts",
    "shortest_ways",
    "structural_holes",
    "within_steps",
]
