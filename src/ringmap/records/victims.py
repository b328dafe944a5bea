"""Rows of people that a column without a meaning of its own calls victims.

Whoever is a victim by any word of a record is protected, whatever column the word stands in.
"""

from collections.abc import Mapping

import numpy as np
import pyarrow.compute as pc

from ringmap.model import (
    LIKELY_VICTIM,
    begins_with_victim,
    is_of_victims,
    names_a_victim,
    says_yes,
    tells_of_a_victim,
)
from ringmap.records.coded import Cells, Mask


def mark_victims(further: Mapping[str, Cells], notes: Cells, has_role: Mask) -> Mask:
    """Rows in which a column without a meaning of its own says that the person is a victim.

    Parameters
    ----------
    further
        The cells of each such column by heading: any of the things that one lists may say so.
    notes
        Notes, whose first words may say so where there is no role.
    has_role
        Rows with a role of their own: ``Victim: see K2`` says nothing of whom they are about.
    """
    marked = _likely(notes.blank(has_role)).where(begins_with_victim)
    for heading, cells in further.items():
        if is_of_victims(heading) and not cells.where(_is_a_number_of_people).any():
            marked |= cells.where(says_yes)
        likely = _likely(cells)
        marked |= likely.where(names_a_victim) & ~(has_role & likely.where(tells_of_a_victim))
    return marked


def _is_a_number_of_people(text: str) -> bool:
    """True for a number that is no mark: then a 1 in the column is how many, and none either."""
    return text.strip().isdecimal() and text.strip().lstrip("0") not in ("", "1")


def _likely(cells: Cells) -> Cells:
    """Cells emptied but for those that have something like a word for a victim."""
    used = cells.used()
    likely = np.asarray(pc.match_substring_regex(used.arrow_texts(), LIKELY_VICTIM), dtype=bool)
    return used.blank(~np.append(likely, False)[used.codes])
