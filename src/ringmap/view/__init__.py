"""What was cleared, as pages that open from disk and fetch nothing."""

from ringmap.view.page import render_network
from ringmap.view.quick import render_quick_map

__all__ = ["render_network", "render_quick_map"]
