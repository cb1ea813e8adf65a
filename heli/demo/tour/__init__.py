"""The tour: six doors into the demonstration, each at a prepared moment, a phone beside the desk where two people meet.

A door says which words of the consultation's report it answers. A later room adds its door to `doors.DOORS`.
"""
