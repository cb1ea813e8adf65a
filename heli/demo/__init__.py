"""The demonstration world and its doors. Writes only through services' bulk forms; gone on a real installation."""
