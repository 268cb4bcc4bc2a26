"""Bytes to `Document`: finds the files, the format of each by content, and the text.

One module per format; encodings and containers stop here. `find_files` lists what lies below the
arguments, `records` gives the raw bytes of each record of one file, `read` makes a `Document` of
them, and `decode` gets the text back from the stored bytes.
"""

from archive.reading.containers import Instructions, Meter, all_records, records
from archive.reading.encodings import decode
from archive.reading.files import find_files
from archive.reading.formats import FORMATS, format_named, read
from archive.reading.limits import MAX_DOCUMENT_BYTES

__all__ = [
    "FORMATS",
    "MAX_DOCUMENT_BYTES",
    "Instructions",
    "Meter",
    "all_records",
    "decode",
    "find_files",
    "format_named",
    "read",
    "records",
]
