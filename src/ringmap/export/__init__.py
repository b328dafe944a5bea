"""What was cleared, as texts that other tools read: GraphML, GEXF, JSON and CSV."""

from ringmap.export.files import export_files

__all__ = ["export_files"]
