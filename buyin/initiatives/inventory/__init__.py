"""AI inventories as files: read as agencies really publish them, written as registers ask. Pure."""
