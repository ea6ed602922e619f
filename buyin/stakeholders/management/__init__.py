"""Commands about stakeholders."""
