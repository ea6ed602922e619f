"""People, the department tree, the roles held in it, and who may see what."""
