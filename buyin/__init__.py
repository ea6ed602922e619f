"""The ground of the portal: people, initiatives, readiness and reports."""
