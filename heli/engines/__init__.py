"""Engines: pure calculation, one package each.

They import no Django, nothing else of Heli and no clock; each could be published alone.
"""
