"""CSV as spreadsheets write and open it: tables that leave run nothing, those that come are read."""

from .reading import (
    DELIMITERS,
    LARGEST_FILE,
    Table,
    UnreadableError,
    decoded,
    read_table,
    sniff_delimiter,
    table_in,
)
from .writing import CSV, csv_file, csv_file_stream, csv_stream, csv_text

__all__ = [
    "CSV",
    "DELIMITERS",
    "LARGEST_FILE",
    "Table",
    "UnreadableError",
    "csv_file",
    "csv_file_stream",
    "csv_stream",
    "csv_text",
    "decoded",
    "read_table",
    "sniff_delimiter",
    "table_in",
]
