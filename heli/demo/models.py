"""No tables: the demonstration lives in the rooms' own."""
