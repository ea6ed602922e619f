"""Who must be on board: the registry of stakeholders and the work with them."""
