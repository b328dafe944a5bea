"""What may be shown: victims under pseudonyms unless someone asked for them by name."""

from ringmap.disclosure.clearance import Cleared, clear
from ringmap.disclosure.formulas import escape_formula
from ringmap.disclosure.ordering import put_victims_last
from ringmap.disclosure.policy import PROTECT, Policy
from ringmap.disclosure.veiled_tables import WITHHELD_COLUMN
from ringmap.disclosure.veiling import call_by_codes, list_hidden

__all__ = [
    "PROTECT",
    "WITHHELD_COLUMN",
    "Cleared",
    "Policy",
    "call_by_codes",
    "clear",
    "escape_formula",
    "list_hidden",
    "put_victims_last",
]
