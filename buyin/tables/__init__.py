"""Tables that other people made, as they come: their columns, dates, formulas and damages."""
