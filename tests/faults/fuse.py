"""A file system in memory, spoken to by the kernel over /dev/fuse, that logs every write and every sync.

`python -m tests.faults.fuse <folder> <log> <command …>` mounts it on the folder in this mount namespace and becomes the
command. No library is needed. Source: linux/fuse.h, protocol 7.31.
"""

import ctypes
import errno
import os
import signal
import stat
import struct
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

_HEADER, _ANSWER, _ENTRY = struct.Struct("<IIQQIIII"), struct.Struct("<IiQ"), struct.Struct("<QQQQII")
_ATTRIBUTES, _LONG = struct.Struct("<QQQQQQIIIIIIIIII"), struct.Struct("<QQIIQII")
LOGGED = struct.Struct("<cQQqI")  # what, monotonic ns, inode, offset, length of what follows
_MOST = 128 * 1024
_ROOT = 1


@dataclass
class Node:
    """A file or a folder."""

    inode: int
    mode: int
    path: str
    data: bytearray = field(default_factory=bytearray)
    names: dict[str, int] = field(default_factory=dict)


class Refusal(Exception):
    """What the kernel is told instead of an answer."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class Disk:
    """The files, and the log of what happened to them."""

    def __init__(self, log: str) -> None:
        self.nodes = {_ROOT: Node(_ROOT, stat.S_IFDIR | 0o700, "")}
        self._log = open(log, "wb", buffering=0)  # noqa: SIM115 - as long as the process lives

    def answer(self, code: int, node: int, body: bytes) -> bytes:
        """What a request is answered with. Raises Refusal."""
        handler = _HANDLERS.get(code)
        if handler is None:
            raise Refusal(errno.ENOSYS)
        if node not in self.nodes:
            raise Refusal(errno.ESTALE)
        return handler(self, self.nodes[node], body)

    def log(self, what: bytes, node: Node, offset: int = 0, more: bytes = b"") -> None:
        """W write, T truncate, S sync, N name, U unname; the inode may be known by its name alone before."""
        self._log.write(LOGGED.pack(what, time.monotonic_ns(), node.inode, offset, len(more)) + more)

    def look_up(self, folder: Node, body: bytes) -> bytes:
        return self._entry(self._named(folder, _text(body)))

    def attributes(self, node: Node, body: bytes) -> bytes:
        return struct.pack("<QII", 0, 0, 0) + _attributes(node)

    def set_attributes(self, node: Node, body: bytes) -> bytes:
        valid, size, mode = *struct.unpack_from("<I12xQ", body), struct.unpack_from("<I", body, 68)[0]
        if valid & 1:
            node.mode = stat.S_IFMT(node.mode) | stat.S_IMODE(mode)
        if valid & 8:
            node.data[size:] = bytes(max(0, size - len(node.data)))
            self.log(b"T", node, size)
        return self.attributes(node, b"")

    def make_folder(self, folder: Node, body: bytes) -> bytes:
        mode = struct.unpack_from("<I", body)[0]
        return self._entry(self._make(folder, _text(body[8:]), stat.S_IFDIR | stat.S_IMODE(mode)))

    def create(self, folder: Node, body: bytes) -> bytes:
        mode = struct.unpack_from("<4xI", body)[0]
        return self._entry(self._make(folder, _text(body[16:]), stat.S_IFREG | stat.S_IMODE(mode))) + bytes(16)

    def remove(self, folder: Node, body: bytes) -> bytes:
        node = self._named(folder, _text(body))
        del folder.names[_text(body)]
        self.log(b"U", node)
        return b""

    def rename(self, folder: Node, body: bytes, skip: int = 8) -> bytes:
        old, new = body[skip:].rstrip(b"\0").decode().split("\0")
        target, node = self.nodes[struct.unpack_from("<Q", body)[0]], self._named(folder, old)
        if new in target.names:
            self.log(b"U", self.nodes[target.names[new]])
        del folder.names[old]
        target.names[new] = node.inode
        node.path = f"{target.path}/{new}"
        self.log(b"N", node, 0, node.path.encode())
        return b""

    def rename_with_flags(self, folder: Node, body: bytes) -> bytes:
        return self.rename(folder, body, 16)

    def open(self, node: Node, body: bytes) -> bytes:
        return bytes(16)

    def read(self, node: Node, body: bytes) -> bytes:
        _, offset, size, *_ = _LONG.unpack_from(body)
        return bytes(node.data[offset : offset + size])

    def write(self, node: Node, body: bytes) -> bytes:
        _, offset, size, *_ = _LONG.unpack_from(body)
        part = body[_LONG.size : _LONG.size + size]
        if len(node.data) < offset:
            node.data.extend(bytes(offset - len(node.data)))
        node.data[offset : offset + size] = part
        self.log(b"W", node, offset, part)
        return struct.pack("<II", size, 0)

    def sync(self, node: Node, body: bytes) -> bytes:
        self.log(b"S", node)
        return b""

    def list(self, folder: Node, body: bytes) -> bytes:
        _, offset, size, *_ = _LONG.unpack_from(body)
        listed = b""
        for number, (name, inode) in enumerate(list(folder.names.items())[offset:], offset + 1):
            plain = name.encode()
            entry = struct.pack("<QQII", inode, number, len(plain), self.nodes[inode].mode >> 12) + plain
            entry += bytes(-len(entry) % 8)
            if len(listed) + len(entry) > size:
                break
            listed += entry
        return listed

    def nothing(self, node: Node, body: bytes) -> bytes:
        return b""

    def space(self, node: Node, body: bytes) -> bytes:
        return struct.pack("<QQQQQIIII24x", 2**20, 2**20, 2**20, 2**20, 2**20, 4096, 255, 4096, 0)

    def begin(self, node: Node, body: bytes) -> bytes:
        return struct.pack("<IIIIHHIIHHII24x", 7, 31, _MOST, 0, 16, 12, _MOST, 1, 0, 0, 0, 0)

    def _named(self, folder: Node, name: str) -> Node:
        if name not in folder.names:
            raise Refusal(errno.ENOENT)
        return self.nodes[folder.names[name]]

    def _make(self, folder: Node, name: str, mode: int) -> Node:
        if name in folder.names:
            raise Refusal(errno.EEXIST)
        node = Node(max(self.nodes) + 1, mode, f"{folder.path}/{name}")
        self.nodes[node.inode] = node
        folder.names[name] = node.inode
        if stat.S_ISREG(mode):
            self.log(b"N", node, 0, node.path.encode())
        return node

    def _entry(self, node: Node) -> bytes:
        return _ENTRY.pack(node.inode, 0, 0, 0, 0, 0) + _attributes(node)


_HANDLERS: dict[int, Callable[[Disk, Node, bytes], bytes]] = {
    1: Disk.look_up, 3: Disk.attributes, 4: Disk.set_attributes, 9: Disk.make_folder, 10: Disk.remove,
    11: Disk.remove, 12: Disk.rename, 14: Disk.open, 15: Disk.read, 16: Disk.write, 17: Disk.space, 18: Disk.nothing,
    20: Disk.sync, 25: Disk.nothing, 26: Disk.begin, 27: Disk.open, 28: Disk.list, 29: Disk.nothing, 30: Disk.nothing,
    34: Disk.nothing, 35: Disk.create, 45: Disk.rename_with_flags,
}  # fmt: skip
_UNANSWERED = (2, 42, 36)  # forget, forget many, interrupt


def _text(body: bytes) -> str:
    return body.partition(b"\0")[0].decode()


def _attributes(node: Node) -> bytes:
    now, size, owner = 1_700_000_000, len(node.data), (os.getuid(), os.getgid())
    return _ATTRIBUTES.pack(node.inode, size, -(-size // 512), now, now, now, 0, 0, 0, node.mode, 1, *owner, 0, 4096, 0)


def serve(device: int, disk: Disk) -> None:
    """Answers the kernel until the file system is gone."""
    while True:
        try:
            asked = os.read(device, _MOST + 4096)
        except OSError as error:
            if error.errno == errno.ENODEV:
                return
            if error.errno in (errno.EINTR, errno.ENOENT, errno.EAGAIN):
                continue
            raise
        _, code, unique, node, *_ = _HEADER.unpack_from(asked)
        if code in _UNANSWERED:
            continue
        try:
            body, number = disk.answer(code, node if code != 26 else _ROOT, asked[_HEADER.size :]), 0
        except Refusal as refusal:
            body, number = b"", -refusal.number
        os.write(device, _ANSWER.pack(_ANSWER.size + len(body), number, unique) + body)


def main(folder: str, log: str, command: list[str]) -> None:
    """Mounts, leaves a child to answer the kernel, and becomes `command`."""
    libc, device = ctypes.CDLL(None, use_errno=True), os.open("/dev/fuse", os.O_RDWR)
    options = f"fd={device},rootmode=40000,user_id={os.getuid()},group_id={os.getgid()}"
    if libc.mount(b"powercut", folder.encode(), b"fuse.powercut", 6, options.encode()):
        sys.exit(f"mounting fails: {os.strerror(ctypes.get_errno())}")
    parent = os.getpid()
    if os.fork() == 0:
        libc.prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG: nobody is left to answer
        if os.getppid() == parent:
            nowhere = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):  # who reads what the command says must see its end
                os.dup2(nowhere, stream)
            serve(device, Disk(log))
        os._exit(0)
    os.close(device)
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
