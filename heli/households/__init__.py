"""The register of households (一户一档): persons, houses, bays, shares, links, hardship. Who is owed what, who agreed
to what and who helps stand in the rooms above."""
