"""PostgreSQL as the portal speaks to it: `ENGINE` of its connections."""
