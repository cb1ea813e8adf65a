"""From a need to a finished dispatch: snapshot → proposals → invitation → dispatch → the household's word.

Knows needs, helpers and the engine; nothing of compensation or of who signed.
"""
