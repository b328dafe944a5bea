"""What a case file is made of, and the words and places that its records use."""

from ringmap.model.assembly import (
    DRAFT_PARTY,
    DRAFT_TIE,
    IMPLIED,
    Draft,
    assemble,
    empty_draft,
    join_cases,
)
from ringmap.model.case import COLUMNS, PARTY_TYPES, Case, SourceFile, empty_table, typed
from ringmap.model.gazetteer import (
    Place,
    country_name,
    country_point,
    find_country,
    find_places,
    find_province,
    fold,
    list_towns,
    province_point,
)
from ringmap.model.names import match_key, same_text
from ringmap.model.settings import Setting, parse_settings, printable, read_settings
from ringmap.model.vocabulary import Word, find_codes, label, load_words

__all__ = [
    "COLUMNS",
    "DRAFT_PARTY",
    "DRAFT_TIE",
    "IMPLIED",
    "PARTY_TYPES",
    "Case",
    "Draft",
    "Place",
    "Setting",
    "SourceFile",
    "Word",
    "assemble",
    "country_name",
    "country_point",
    "empty_draft",
    "empty_table",
    "find_codes",
    "find_country",
    "find_places",
    "find_province",
    "fold",
    "join_cases",
    "label",
    "list_towns",
    "load_words",
    "match_key",
    "parse_settings",
    "printable",
    "province_point",
    "read_settings",
    "same_text",
    "typed",
]
