"""Door only: the explorer on 127.0.0.1 will live here; today pages are files."""

__all__: list[str] = []
