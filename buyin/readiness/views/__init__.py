"""What the portal answers about readiness."""

from .files import dashboard_csv, department_csv, trend_csv
from .look import look_of
from .pages import dashboard, department, method

__all__ = [
    "dashboard", "dashboard_csv", "department", "department_csv", "look_of", "method", "trend_csv",
]  # fmt: skip
