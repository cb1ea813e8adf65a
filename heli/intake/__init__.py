"""Files as offices hand them over: read, mapped by meaning, previewed, and only then written into the registers."""
