"""What people are told, by which channel, and whether it arrived. The inbox in the app is always one of the channels.

Texts carry no name of a household: what leaves the app says only that there is something to read.
"""
