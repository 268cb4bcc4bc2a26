"""Write how frequent English words are, for the network's features.

    python -m training.names.frequencies --out archive/extraction/names/frequencies.npz

Needs wordfreq (Speer 2022; its data is CC-BY-SA-4.0): the words of many sources, in lower case.
"""

import argparse
from pathlib import Path
from zlib import crc32

import numpy as np

MOST = 120_000  # words


def main() -> None:
    """Take the most frequent words, their Zipf values in half steps, sorted by hash."""
    import wordfreq  # noqa: PLC0415 (the lexicons extra alone has it)

    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    found: dict[int, int] = {}
    for word in wordfreq.top_n_list("en", MOST):
        if word[0].isalpha():
            found.setdefault(crc32(word.encode()), int(2 * wordfreq.zipf_frequency(word, "en")))
    codes = np.array(sorted(found), np.uint32)
    values = np.array([found[code] for code in codes.tolist()], np.uint8)
    np.savez_compressed(options.out, codes=codes, values=values)


if __name__ == "__main__":
    main()
