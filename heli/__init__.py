"""Heli 合力: the people side of urban-village redevelopment."""

__version__ = "0.1.0"
