"""Why a file is given up."""


class RefusalError(Exception):
    """A file cannot be read: what is wrong, what to do, and where it stands.

    `row` counts rows of the sheet from 1 and `column` is a letter as in the sheet; both are
    None where they are not known.
    """

    def __init__(
        self, reason: str, hint: str, *, row: int | None = None, column: str | None = None
    ) -> None:
        self.reason = reason
        self.hint = hint
        self.row = row
        self.column = column
        super().__init__(reason)


REPAIR = "open the file in a spreadsheet program and save it again, or save the table as CSV"


def damaged(what: str) -> RefusalError:
    """The file is not as its format wants it."""
    return RefusalError(f"damaged: {what}", REPAIR)


def beyond(what: str, name: str) -> RefusalError:
    """The file is larger than a limit, which may be raised."""
    return RefusalError(what, f"check the file; if it is honest, allow more with --limit {name}=…")
