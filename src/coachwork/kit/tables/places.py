"""Where tables lie: a folder, a zip (also one within a folder), or a single file."""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Self, cast

from django.utils.translation import gettext as _

from coachwork.kit.tables.trouble import unreadable

MOST_FILES = 2_000
LARGEST_FILE = 400 * 2**20
LARGEST_WHOLE = 1_000 * 2**20
# Text tables shrink to a tenth, spreadsheets to a fortieth; a bomb to a thousandth.
MOST_SQUEEZED = 150
SMALL = 2**20
SUFFIXES = (".csv", ".txt", ".tsv", ".xlsx")


@dataclass(frozen=True)
class TableFile:
    """One file with rows in it, wherever it lies."""

    name: str  # without folders
    size: int
    open: Callable[[], IO[bytes]]

    @property
    def stem(self) -> str:
        return PurePosixPath(self.name).stem

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.name).suffix.lower()


@dataclass
class Files:
    """Everything that was brought, by what it is called."""

    path: Path
    found: list[TableFile] = field(default_factory=list)
    progress: Callable[[int, int], None] | None = None
    _wanted: dict[str, int] = field(default_factory=dict)
    _taken: dict[str, int] = field(default_factory=dict)
    _stack: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        self._stack.close()

    def taken(self, name: str, count: int) -> None:
        """Tell how far the reading is, in bytes of the tables that were asked for."""
        if self.progress is None or name not in self._wanted:
            return
        before = self._taken.get(name, 0)
        self._taken[name] = min(before + count, self._wanted[name])
        if self._taken[name] >> 18 != before >> 18 or self._taken[name] == self._wanted[name]:
            self.progress(sum(self._taken.values()), sum(self._wanted.values()))

    def __iter__(self) -> Iterator[TableFile]:
        return iter(self.found)

    def named(self, *names: str) -> TableFile | None:
        """The one table with any of these names; case, blanks and underscores do not matter."""
        wanted = {_plain(name) for name in names}
        hits = [file for file in self.found if _plain(file.stem) in wanted]
        if len(hits) > 1:
            raise unreadable(
                _("There are %(count)d files named %(name)s. Keep the one that you want.")
                % {"count": len(hits), "name": hits[0].name}
            )
        if hits:
            self._wanted[hits[0].name] = hits[0].size
        return hits[0] if hits else None

    def only(self) -> TableFile:
        """The table, where there must be just one."""
        if len(self.found) > 1:
            raise unreadable(
                _("There are %(count)d tables here. Choose the one that you want.")
                % {"count": len(self.found)}
            )
        self._wanted[self.found[0].name] = self.found[0].size
        return self.found[0]

    def text(self, *names: str, limit: int = 100_000) -> str:
        """The beginning of a text file, or nothing where there is none."""
        for file in self.found:
            if _plain(file.stem) in {_plain(name) for name in names} and file.suffix == ".txt":
                with file.open() as stream:
                    return stream.read(limit).decode("utf-8", "replace")
        return ""

    def add_zip(self, place: Path | IO[bytes], name: str) -> None:
        try:
            archive = self._stack.enter_context(zipfile.ZipFile(place))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as problem:
            raise unreadable(
                _("%(name)s is not a zip file that can be read; it may be incomplete. "
                  "Download it again.") % {"name": name}
            ) from problem  # fmt: skip
        members = [member for member in archive.infolist() if not member.is_dir()]
        check_members(members, name)
        for member in members:
            self._add_member(archive, member)

    def _add_member(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
        place = PurePosixPath(member.filename.replace("\\", "/"))
        name = place.name
        if place.suffix.lower() not in SUFFIXES or name.startswith((".", "~")):
            return
        if "__MACOSX" not in place.parts:
            self.found.append(
                TableFile(name, member.file_size, lambda: self._opened(archive.open(member), name))
            )

    def add_file(self, path: Path) -> None:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise unreadable(_("%(name)s is larger than can be taken.") % {"name": path.name})
        name = path.name
        self.found.append(TableFile(name, size, lambda: self._opened(path.open("rb"), name)))

    def _opened(self, stream: IO[bytes], name: str) -> IO[bytes]:
        return cast("IO[bytes]", Sound(stream, name, lambda count: self.taken(name, count)))


def _plain(name: str) -> str:
    return re.sub(r"[\s_]+", " ", name).strip().lower()


def check_members(members: list[zipfile.ZipInfo], name: str) -> None:
    """Refuse an archive that wants to fill the disk, leave its folder or keep a secret."""
    total = sum(member.file_size for member in members)
    if len(members) > MOST_FILES or total > LARGEST_WHOLE:
        raise unreadable(_("%(name)s holds more than can be taken.") % {"name": name})
    for member in members:
        parts = PurePosixPath(member.filename.replace("\\", "/"))
        if parts.is_absolute() or ".." in parts.parts or re.match("[A-Za-z]:", member.filename):
            raise unreadable(
                _("%(name)s names a place outside of itself: %(member)s")
                % {"name": name, "member": member.filename[:80]}
            )
        if member.flag_bits & 1:
            raise unreadable(
                _("%(name)s is locked with a password. Unpack it first.") % {"name": name}
            )
        squeezed = member.file_size / max(member.compress_size, 1)
        if member.file_size > LARGEST_FILE or (
            member.file_size > SMALL and squeezed > MOST_SQUEEZED
        ):
            raise unreadable(
                _("%(member)s in %(name)s grows far too large when unpacked.")
                % {"name": name, "member": member.filename[:80]}
            )


class Sound:
    """A stream that says in a sentence when its zip is damaged, and how much of it was read."""

    def __init__(
        self, stream: IO[bytes], name: str, taken: Callable[[int], None] = lambda count: None
    ) -> None:
        self.stream, self.name, self.taken = stream, name, taken

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        self.stream.close()

    def __getattr__(self, name: str) -> object:
        return getattr(self.stream, name)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.readline, b"")

    def read(self, size: int = -1) -> bytes:
        with _said(self.name):
            chunk = self.stream.read(size)
        self.taken(len(chunk))
        return chunk

    def read1(self, size: int = -1) -> bytes:
        return self.read(size)

    def readinto(self, buffer: bytearray) -> int | None:
        chunk = self.read(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def readline(self, size: int = -1) -> bytes:
        with _said(self.name):
            return self.stream.readline(size)


@contextmanager
def _said(name: str) -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as problem:
        raise unreadable(
            _("%(name)s is damaged inside of its zip. Download it again.") % {"name": name}
        ) from problem


def open_files(path: Path) -> Files:
    """Look at what lies there; nothing is read yet. Use it as a context."""
    files = Files(path)
    try:
        if path.is_dir():
            _add_folder(files, path)
        elif path.suffix.lower() == ".zip" or _is_zip(path):
            files.add_zip(path, path.name)
        else:
            files.add_file(path)
    except BaseException:
        files.__exit__()
        raise
    if not files.found:
        files.__exit__()
        raise unreadable(_("There is no csv, txt or xlsx table in %(name)s.") % {"name": path.name})
    return files


def _is_zip(path: Path) -> bool:
    """A zip by its content; a spreadsheet is one too, but is a table itself."""
    return path.suffix.lower() not in SUFFIXES and zipfile.is_zipfile(path)


def _add_folder(files: Files, folder: Path) -> None:
    root = folder.resolve()
    for number, place in enumerate(sorted(folder.rglob("*"))):
        if number > MOST_FILES:
            raise unreadable(_("%(name)s holds more than can be taken.") % {"name": folder.name})
        if not place.is_file() or not place.resolve().is_relative_to(root):
            continue
        if place.name.startswith((".", "~")) or "__MACOSX" in place.parts:
            continue
        if place.suffix.lower() == ".zip":
            files.add_zip(place, place.name)
        elif place.suffix.lower() in SUFFIXES:
            files.add_file(place)
