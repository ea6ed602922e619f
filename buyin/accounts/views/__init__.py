"""Pages about oneself, people, departments, imports and what happened."""
