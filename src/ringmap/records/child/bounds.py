"""The limits of `ringmap.records.limits.Limits`, as the child knows them."""

from collections.abc import Mapping


class Bounds:
    """One attribute per limit, under the same names."""

    def __init__(self, limits: Mapping[str, float]) -> None:
        self.unpacked_bytes = int(limits["unpacked_bytes"])
        self.ratio = int(limits["ratio"])
        self.members = int(limits["members"])
        self.rows = int(limits["rows"])
        self.columns = int(limits["columns"])
        self.cells = int(limits["cells"])
        self.cell_characters = int(limits["cell_characters"])
        self.depth = int(limits["depth"])
