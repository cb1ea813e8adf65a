"""Files made to hurt, by script and always the same. All people are invented."""
