"""Any zip that may hold sheets: which format it is, and its reader."""

from .answers import Answers
from .archive import Archive
from .bounds import Bounds
from .opendocument import read_opendocument
from .refusal import RefusalError
from .sheets import Sheets
from .workbook import read_workbook

_AS_SHEET = "save it as .xlsx, .ods or CSV (UTF-8)"
#: What else a zip may be, by a file in it.
_OTHER = (
    ("xl/workbook.bin", "a binary workbook (.xlsb)"),
    ("word/document.xml", "a Word document"),
    ("ppt/presentation.xml", "a PowerPoint presentation"),
    ("index/document.iwa", "an Apple Numbers file"),
    ("index.zip", "an Apple Numbers file"),
)
_SHEET_TYPES = (
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.spreadsheet-template",
)


def read_spreadsheet(data: bytes, bounds: Bounds, answers: Answers) -> None:
    """Say the format, then every sheet, of an XLSX or ODS file.

    Raises
    ------
    RefusalError
        If it is neither, or cannot be read as a whole.
    """
    archive = Archive(data, bounds)
    sheets = Sheets(answers, bounds)
    for part, what in _OTHER:
        if part in archive:
            raise RefusalError(f"this is {what}", _AS_SHEET)
    if "mimetype" in archive and "content.xml" in archive:
        kind = archive.read("mimetype", 100).decode("ascii", "replace").strip()
        if kind not in _SHEET_TYPES:
            raise RefusalError("this is an OpenDocument file, but no spreadsheet", _AS_SHEET)
        answers.say("format", "ods")
        read_opendocument(archive, bounds, sheets)
    elif "[content_types].xml" in archive:
        answers.say("format", "xlsx")
        read_workbook(archive, bounds, sheets)
    else:
        raise RefusalError(
            "this is a zip, but no spreadsheet", "unpack it and load the tables in it"
        )
