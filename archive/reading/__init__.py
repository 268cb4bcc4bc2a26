"""Bytes to `Document`: finds the files, the format of each by content, and the text.

One module per format; encodings and containers stop here. `find_files` lists what lies below the
arguments, `records` gives the raw bytes of one file, `read` makes a `Document` of them, and
`decode` gets the text back from the stored bytes.
"""

from archive.reading.encodings import decode
from archive.reading.files import MAX_DOCUMENT_BYTES, find_files, records
from archive.reading.formats import read

__all__ = ["MAX_DOCUMENT_BYTES", "decode", "find_files", "read", "records"]
