"""Settings, root URLs and where an installation keeps its things. No domain words here."""
