"""How dates, times and numbers are written, one package for each language of the portal."""
