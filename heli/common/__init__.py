"""What every room stands on: errors, days, codes, crypto, field classes, navigation, base templates.

Knows no other room. Nothing here is about households, helpers or blocks.
"""
