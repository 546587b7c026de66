"""Result tables: written by the lessons, stored as csv, printed for readers."""

from course_utils.results.display import display_table, heading, stored, to_markdown, wide
from course_utils.results.schema import COLUMNS, TableError
from course_utils.results.tables import read_table, report_rows, row, save_table, stored_means, table_path
