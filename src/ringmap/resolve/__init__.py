"""Door only: same parties under different names are merged by a later room; today none are."""

__all__: list[str] = []
