"""Read case records: a case file, and a receipt for every row."""

from ringmap.records.reading import ReadResult, read, receipt_json
from ringmap.records.receipt import FileReceipt, Problem, Receipt

__all__ = ["FileReceipt", "Problem", "ReadResult", "Receipt", "read", "receipt_json"]
