"""Names of sources, such that people can read them and no terminal is steered by them."""

import re
from typing import Final

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
"""Control characters of ISO/IEC 6429 (C0, DEL, C1), with which a name could steer a terminal."""


def printable(name: str) -> str:
    r"""Write as escapes what a name may hold but nobody can read.

    Bytes that are no UTF-8 (surrogate escapes, PEP 383) and the control characters of ASCII
    become `\xff`, the other control characters `\u0085`.
    """
    try:
        text = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:  # surrogates that stand for no byte
        text = name.encode("utf-8", "backslashreplace").decode("utf-8")
    return _CONTROL.sub(_escape, text)


def _escape(control: re.Match[str]) -> str:
    code = ord(control[0])
    return f"\\x{code:02x}" if code < 0x80 else f"\\u{code:04x}"
