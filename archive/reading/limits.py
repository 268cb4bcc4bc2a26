"""How much of a file is read at most, and why.

Each bound is far beyond any news; what exceeds one is refused with the reason, never cut.
"""

from typing import Final

MAX_DOCUMENT_BYTES: Final = 16 * 1024 * 1024
"""Largest document that is stored, in bytes: some three million words, far beyond any news text.

It bounds one record; a container of records (WARC, JSON Lines, ZIP) may have any size.
"""

MAX_NESTING: Final = 5
"""How deep archives may lie within archives. A ZIP of TAR.GZ files of JSONL.GZ is four deep; an
archive that holds a copy of itself has no end."""

MAX_MEMBERS: Final = 500_000
"""Files that one file may hold, archives within it counted in. Their names are remembered while
it is read, some 40 MB of memory for as many."""

MAX_DIRECTORY_BYTES: Final = 16 * 1024 * 1024
"""Largest list of members of a ZIP, and largest header of a TAR: they are held in memory. It is
enough for some 150,000 members with long names."""

MAX_NAME: Final = 1024
"""Longest name of a member, in characters. File systems stop at 255 for each part of a path."""

MAX_EXPANSION: Final = 250
"""How many times its own size a file may unpack to. Text compresses to a tenth, pages full of
menus to a fiftieth; DEFLATE can reach 1,032 times (https://www.zlib.net/zlib_tech.html)."""

FREE_BYTES: Final = 256 * 1024 * 1024
"""What any file may unpack to, whatever its own size; small archives of blank pages do."""

MAX_UNPACKED_BYTES: Final = 256 * 1024**3
"""Most bytes that one file may unpack to in all: a day of reading. Nothing of it is kept."""

MAX_SPOOLED_BYTES: Final = 4 * 1024**3
"""Largest archive within an archive that is put into a temporary file, since it must be read back
and forth (a ZIP, whose list of members stands at its end)."""

SPOOL_MEMORY: Final = 4 * 1024 * 1024
"""Up to this size such a member stays in memory, in bytes."""
