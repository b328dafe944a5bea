"""The analyst's report of a case file: one printable page, a table, or JSON."""

from ringmap.report.page import render_report
from ringmap.report.receipt_page import render_receipt
from ringmap.report.structured import report_json
from ringmap.report.table import report_csv

__all__ = ["render_receipt", "render_report", "report_csv", "report_json"]
