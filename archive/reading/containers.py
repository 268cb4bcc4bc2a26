"""From a file to its records: the file itself, or what the containers in it hold, however deep."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO, Final

from archive.errors import UnreadableDocument
from archive.reading.files import open_file, why_not_read
from archive.reading.format import HEAD_BYTES, Container, Format, Found, Head, Member
from archive.reading.formats import EMPTY, find_format, refusal
from archive.reading.limits import MAX_DOCUMENT_BYTES, MAX_NESTING
from archive.reading.meta import overlay
from archive.reading.packed.streams import Budget, damage_of, member_stream, spool
from archive.records import Metadata, RawRecord

MetadataFor = Callable[[str], Metadata]
"""What the user says of a source or a container, by its name."""

Record = RawRecord | UnreadableDocument

_TOO_LARGE: Final = (
    f"more than the {MAX_DOCUMENT_BYTES:,} bytes that one document may have. Split it into one "
    "file per story."
)
_TOO_DEEP: Final = (
    f"more than {MAX_NESTING} archives within each other. Unpack the outer ones, and ingest what "
    "is in them."
)


def _nothing(_name: str) -> Metadata:
    return Metadata()


@dataclass(slots=True)
class Meter:
    """How many bytes of the files were read, as they lie on the disk, and how many there are."""

    total: int = 0
    finished: int = 0
    in_file: int = 0

    @property
    def done(self) -> int:
        """Bytes read so far."""
        return self.finished + self.in_file


@dataclass(frozen=True, slots=True, kw_only=True)
class Instructions:
    """How the user wants files to be read.

    `format` is the one that documents are in, whatever their bytes tell; archives and compressed
    files around them are opened all the same. `mapping` is as in `RawRecord`. `metadata_for` is
    asked for each container and record in a file, by its name; what it says outranks what was said
    of the container around. `meter` is told how far reading has come.
    """

    format: Format | None = None
    mapping: tuple[tuple[str, str], ...] = ()
    metadata_for: MetadataFor = _nothing
    meter: Meter = field(default_factory=Meter)


def all_records(
    files: Sequence[tuple[str, Path]], metadata_for: MetadataFor, instructions: Instructions
) -> Iterator[Record]:
    """Yield the records of files, given as (name, path), in their order.

    `metadata_for` gives what the user says of a file, by its name.
    """
    instructions.meter.total = sum(map(_size, (path for _, path in files)))
    for name, path in files:
        yield from records(name, path, metadata_for(name), instructions)


def records(
    name: str, path: Path, metadata: Metadata, instructions: Instructions | None = None
) -> Iterator[Record]:
    """Yield the records of the file at `path`, in their order: one, or all that it holds.

    `metadata` is what the user said of the file. What cannot be read is an `UnreadableDocument`
    in its place, named after the record, the member or the file. At most one record is in memory
    at a time, and what the format's library buffers.
    """
    instructions = instructions or Instructions()
    meter, size = instructions.meter, _size(path)
    try:
        with open_file(name, path) as file:
            walk = _Walk(instructions, Budget(name, size))
            for record in walk.take(Member(name=name, stream=file), metadata, 0):
                meter.in_file = min(file.tell(), size)
                yield record
    except UnreadableDocument as error:
        yield error
    except OSError as error:
        yield UnreadableDocument(name, why_not_read(error, path))
    meter.finished, meter.in_file = meter.finished + size, 0


def _size(path: Path) -> int:
    """Size of a file in bytes; 0 where it cannot be told, or nothing will be read."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


@dataclass(slots=True)
class _Walk:
    """The way through one file and what lies within it."""

    instructions: Instructions
    budget: Budget

    def take(self, member: Member, metadata: Metadata, depth: int) -> Iterator[Record]:
        """Records of a file or a member; whatever goes wrong is told in their place."""
        try:
            yield from self._take(member, metadata, depth)
        except UnreadableDocument as error:
            if self.budget.exceeded and depth:
                raise
            yield self.budget.exceeded or error
        except OSError:
            raise
        except Exception as error:
            yield UnreadableDocument(
                member.name, f"internal error, please report it: {type(error).__name__}: {error}"
            )

    def _take(self, member: Member, metadata: Metadata, depth: int) -> Iterator[Record]:
        head = _head(member)
        if not head.content:
            yield damage_of(member.stream) or UnreadableDocument(member.name, EMPTY)
            return
        known = self._format_of(head)
        if known is None:
            yield refusal(head)
        elif known.split is None:
            yield self._whole(member, known, metadata)
        else:
            yield from self._split(member, known, known.split, metadata, depth)

    def _format_of(self, head: Head) -> Format | None:
        """The format that the user named, but archives by their content; else by content."""
        wanted = self.instructions.format
        if wanted is None:
            return find_format(head)
        if wanted.recognises(head) or head.name.lower().endswith(wanted.suffixes):
            return wanted
        found = find_format(head)
        return found if found is not None and found.read is None else wanted

    def _whole(self, member: Member, known: Format, metadata: Metadata) -> Record:
        content = member.stream.read(MAX_DOCUMENT_BYTES + 1)
        if len(content) > MAX_DOCUMENT_BYTES:
            return UnreadableDocument(member.name, _TOO_LARGE)
        if damage := damage_of(member.stream):
            return damage
        return RawRecord(
            name=member.name,
            content=content,
            metadata=metadata,
            format=known.name,
            mapping=self.instructions.mapping,
        )

    def _split(
        self,
        member: Member,
        known: Format,
        split: Callable[[Container], Iterator[Found]],
        metadata: Metadata,
        depth: int,
    ) -> Iterator[Record]:
        with ExitStack() as stack:
            stream = member.stream
            if known.seeks and depth:
                stream = stack.enter_context(spool(member.name, stream))
            container = Container(
                name=member.name,
                stream=stream,
                metadata=metadata,
                mapping=self.instructions.mapping,
            )
            names = _Names()
            is_empty = True
            for found in split(container):
                is_empty = False
                if self.budget.exceeded:
                    raise self.budget.exceeded
                if isinstance(found, Member):
                    yield from self._member(found, names.distinct(found.name), container, depth)
                elif isinstance(found, RawRecord):
                    yield self._record(found, metadata)
                else:
                    yield found
            if is_empty:
                yield UnreadableDocument(
                    member.name,
                    f"nothing in it to read ({known.title}). Fetch it again or leave it out.",
                )

    def _member(
        self, member: Member, name: str, container: Container, depth: int
    ) -> Iterator[Record]:
        if depth >= MAX_NESTING:
            yield UnreadableDocument(name, _TOO_DEEP)
            return
        self.budget.spend_member()
        stream = member_stream(name, member.stream, self.budget)
        metadata = container.metadata
        if name != container.name:
            metadata = overlay(metadata, self.instructions.metadata_for(name))
        is_told = False
        for record in self.take(Member(name=name, stream=stream), metadata, depth + 1):
            is_told = is_told or (isinstance(record, UnreadableDocument) and record.name == name)
            yield record
        if not is_told and (damage := damage_of(stream)):
            yield damage

    def _record(self, record: RawRecord, metadata: Metadata) -> Record:
        if len(record.content) > MAX_DOCUMENT_BYTES:
            return UnreadableDocument(record.name, _TOO_LARGE)
        return replace(
            record,
            metadata=overlay(metadata, self.instructions.metadata_for(record.name)),
            mapping=self.instructions.mapping,
        )


def _head(member: Member) -> Head:
    """First bytes of a file; its stream is put back to the beginning."""
    content = _read_up_to(member.stream, HEAD_BYTES + 1)
    member.stream.seek(0)
    return Head(
        name=member.name,
        content=content[:HEAD_BYTES],
        is_whole=len(content) <= HEAD_BYTES,
    )


def _read_up_to(stream: BinaryIO, count: int) -> bytes:
    """That many bytes, or all there are; a decompressor may give fewer at a time."""
    blocks = []
    while count > 0 and (block := stream.read(count)):
        blocks.append(block)
        count -= len(block)
    return b"".join(blocks)


@dataclass(slots=True)
class _Names:
    """Names given within one archive, none of them twice.

    An archive may hold several files of one name (`tar -r` appends a newer one). Under one name
    they would be revisions of each other, each time the archive is ingested. Hashes are kept, not
    names, for memory.
    """

    seen: set[int] = field(default_factory=set)
    repeats: dict[int, int] = field(default_factory=dict)

    def distinct(self, name: str) -> str:
        """`name`, or `name~2`, `name~3` ... where it was given before."""
        key, chosen = hash(name), name
        number = self.repeats.get(key, 1)
        while hash(chosen) in self.seen:
            number += 1
            chosen = f"{name}~{number}"
        if chosen != name:
            self.repeats[key] = number
        self.seen.add(hash(chosen))
        return chosen
