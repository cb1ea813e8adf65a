"""The official tree of regions, keyed by the statistical code cut to its level. Names repeat; codes do not."""
