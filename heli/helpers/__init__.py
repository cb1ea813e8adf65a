"""The register of people who help (社会力量资源库) and of officials on duty: kinds, skills, vetting, teams, capacity.

Knows nothing of needs and dispatches; how busy somebody is comes in from the room that dispatches.
"""
