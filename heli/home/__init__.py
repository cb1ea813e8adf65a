"""Each role's front page, made of panels that rooms register; the shell around every page; language, theme, health."""
