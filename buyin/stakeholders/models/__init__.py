"""What is kept of stakeholders and of the work with them."""
