"""Election files (docs/counting.md): read strictly, counted exactly, answered as one document.

It knows no poll and no database: anybody's file is counted, and Martahi's own exports are files
like any other.
"""

from voting.election.counting import METHODS_OF_KIND, answer
from voting.election.reading import MOST_BYTES, Election, read, read_lines

__all__ = ["METHODS_OF_KIND", "MOST_BYTES", "Election", "answer", "read", "read_lines"]
