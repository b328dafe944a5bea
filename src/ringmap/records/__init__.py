"""Read case records: a case file, and a receipt for every row."""

from ringmap.records.database_urls import DatabaseUrl
from ringmap.records.databases import is_database
from ringmap.records.dates import read_date
from ringmap.records.encodings import ENCODINGS
from ringmap.records.limits import Limits
from ringmap.records.mapping import RecordMapping, load_mapping
from ringmap.records.reading import (
    ReadResult,
    Source,
    Tell,
    as_source,
    read,
    receipt_json,
    suggest_mapping,
)
from ringmap.records.receipt import FileReceipt, Problem, Receipt
from ringmap.records.rejects import Rejected

__all__ = [
    "ENCODINGS",
    "DatabaseUrl",
    "FileReceipt",
    "Limits",
    "Problem",
    "ReadResult",
    "Receipt",
    "RecordMapping",
    "Rejected",
    "Source",
    "Tell",
    "as_source",
    "is_database",
    "load_mapping",
    "read",
    "read_date",
    "receipt_json",
    "suggest_mapping",
]
