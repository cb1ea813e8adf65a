"""Reading parcels and outlines from survey files, without knowing the office: pure, no database, no clock.

kind_of(path)                            shapes, geopackage, geojson or dxf by the first bytes; '' for all else
read_land(path, kind=…, places=…)        what would enter, what cannot and why at which row, or which zone must be told
"""

from .opening import kind_of
from .plan import read_land

KINDS = ("parcels", "blocks")
__all__ = ["KINDS", "kind_of", "read_land"]
