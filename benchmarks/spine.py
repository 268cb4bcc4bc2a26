"""Reading, cutting and copies together, without extraction: words per second and memory.

    python benchmarks/spine.py [DOCUMENTS]

Runs on real news repeated with changes, on one core, into a database in a temporary folder, and
counts processor time. The baseline of the same run: `str.split` of the same texts, and bare
`hashlib.sha256` of them, the least that any archive must do.
"""

import hashlib
import resource
import sys
import tempfile
import time
from pathlib import Path

from ingest import documents

from archive import pipeline, reading
from archive.records import Facts, Prepared, RawRecord
from archive.resolution import copies
from archive.resolution.words import comparison_words, words_hash
from archive.segmenting import segment
from archive.storage import contents
from archive.storage.engine import migrate, write_engine
from archive.storage.runs import start_run
from archive.storage.writer import Writer


def prepare(name: str, text: str, spent: dict[str, float]) -> Prepared:
    """Read, cut and fingerprint one document; adds the processor seconds of each step."""
    marks = [time.process_time()]
    content = text.encode()
    document = reading.read(RawRecord(name=name, content=content))
    packed, compression = contents.pack(content)
    marks.append(time.process_time())
    segments = segment(document)
    marks.append(time.process_time())
    words = [comparison_words(paragraph.text) for paragraph in segments.paragraphs]
    prepared = Prepared(
        document=document,
        sha256=hashlib.sha256(content).hexdigest(),
        byte_count=len(content),
        packed=packed,
        compression=compression,
        segments=segments,
        facts=tuple(Facts() for _ in segments.paragraphs),
        names=tuple(() for _ in segments.paragraphs),
        places=tuple(None for _ in segments.articles),
        words_hashes=tuple(words_hash(each) for each in words),
        word_counts=tuple(len(each) for each in words),
        fingerprints=copies.article_fingerprints(segments, words),
    )
    marks.append(time.process_time())
    for step, start, end in zip(("read", "cut", "hash"), marks, marks[1:], strict=False):
        spent[step] += end - start
    return prepared


def main() -> None:
    """Run and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    spent = dict.fromkeys(("read", "cut", "hash", "write and pair"), 0.0)
    words, baseline = 0, 0.0
    with tempfile.TemporaryDirectory() as folder:
        db = Path(folder) / "spine.db"
        migrate(db)
        with write_engine(db).connect() as connection:
            run_id = start_run(connection, "ingest", "benchmark")
            writer = Writer(connection, run_id, "benchmark", pipeline.COMPARER)
            for number, text in enumerate(documents(count)):
                start = time.process_time()
                words += len(text.split())
                hashlib.sha256(text.encode()).digest()
                baseline += time.process_time() - start
                prepared = prepare(f"{number:07}.txt", text, spent)
                start = time.process_time()
                writer.add(prepared)
                spent["write and pair"] += time.process_time() - start
                if number + 1 in (count // 4, count):
                    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
                    print(f"after {number + 1} documents: peak {peak} MB")
            start = time.process_time()
            writer.flush()
            spent["write and pair"] += time.process_time() - start
    for step, seconds in spent.items():
        print(f"  {step:16} {words / seconds:12,.0f} words/s")
    total = sum(spent.values())
    print(f"together: {words / total:,.0f} words/s, {total / baseline:.0f} times split and SHA-256")
    reading_cutting = spent["read"] + spent["cut"] + spent["hash"]
    print(f"without writing: {words / reading_cutting:,.0f} words/s")


if __name__ == "__main__":
    main()
