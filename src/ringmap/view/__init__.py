"""What was cleared, as pages that open from disk and fetch nothing."""

from ringmap.view.basemap import Basemap
from ringmap.view.basemap_files import read_basemap
from ringmap.view.page import render_network
from ringmap.view.quick import render_quick_map

__all__ = ["Basemap", "read_basemap", "render_network", "render_quick_map"]
