"""The land itself: parcels (宗地) by survey version, boundaries of blocks, and how they are drawn. Knows nothing of the
households on it: the register joins them by serial, from above."""
