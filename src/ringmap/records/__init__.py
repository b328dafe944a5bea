"""Read case records: a case file, and a receipt for every row."""

from ringmap.records.dates import read_date
from ringmap.records.reading import ReadResult, read, receipt_json
from ringmap.records.receipt import FileReceipt, Problem, Receipt

__all__ = ["FileReceipt", "Problem", "ReadResult", "Receipt", "read", "read_date", "receipt_json"]
