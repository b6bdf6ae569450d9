"""Tables that people bring: from a folder, a zip or one file; csv, tab-separated text or xlsx.

Nothing is ever unpacked to the disk, every size has a limit, and whatever is wrong with a file is
said in a sentence that names it.
"""

from coachwork.kit.tables.places import Files, TableFile, open_files
from coachwork.kit.tables.reading import Row, Table, table_of
from coachwork.kit.tables.trouble import unreadable

__all__ = ["Files", "Row", "Table", "TableFile", "open_files", "table_of", "unreadable"]
