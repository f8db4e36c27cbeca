"""A stream under a passphrase: nobody else reads it, and a byte changed or missing is noticed.

After a line that names the format and 16 bytes of salt come pieces of 64 KiB, each encrypted with
AES-256-GCM (NIST SP 800-38D). The key is scrypt's of passphrase and salt (RFC 7914), so no two
files share one. A piece's nonce is its number and whether it is the last one, as in STREAM (Hoang,
Reyhanitabar, Rogaway and Vizár 2015), so that pieces can't be left out, moved, or cut off the end.
"""

import hashlib
import os
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from backtrain.backups import BackupProblem

MAGIC = b"backtrain sealed backup 1\n"
SALT, PIECE, TAG = 16, 1 << 16, 16
# 128 MB and half a second for each guess; OWASP's first choice for scrypt
SCRYPT = {"n": 1 << 17, "r": 8, "p": 1, "maxmem": 1 << 28, "dklen": 32}


class Sealer:
    """Encrypts what is written to it into ``file``; only ``close`` makes that whole."""

    def __init__(self, file: IO[bytes], passphrase: str) -> None:
        salt = os.urandom(SALT)
        self._file, self._cipher = file, _cipher(passphrase, salt)
        self._buffer, self._number = bytearray(), 0
        file.write(MAGIC + salt)

    def write(self, data: bytes) -> int:
        self._buffer += data
        while len(self._buffer) > PIECE:
            self._put(self._buffer[:PIECE], is_last=False)
            del self._buffer[:PIECE]
        return len(data)

    def close(self) -> None:
        self._put(self._buffer, is_last=True)

    def _put(self, piece: bytearray, *, is_last: bool) -> None:
        nonce = _nonce(self._number, is_last=is_last)
        self._file.write(self._cipher.encrypt(nonce, bytes(piece), MAGIC))
        self._number += 1


class Opener:
    """Reads what a ``Sealer`` wrote, from behind MAGIC on. Raises BackupProblem."""

    def __init__(self, file: IO[bytes], passphrase: str) -> None:
        self._file, self._cipher = file, _cipher(passphrase, file.read(SALT))
        self._buffer, self._number = b"", 0
        self._next = file.read(PIECE + TAG)

    def read(self, size: int) -> bytes:
        while len(self._buffer) < size and self._next:
            self._buffer += self._opened()
        data, self._buffer = self._buffer[:size], self._buffer[size:]
        return data

    def _opened(self) -> bytes:
        sealed, self._next = self._next, self._file.read(PIECE + TAG)
        nonce = _nonce(self._number, is_last=not self._next)
        try:
            piece = self._cipher.decrypt(nonce, sealed, MAGIC)
        except InvalidTag as error:
            what = "is damaged" if self._number else "is damaged, or this is not its passphrase"
            raise BackupProblem(f"The backup {what}. Nothing was changed.") from error
        self._number += 1
        return piece


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    return AESGCM(hashlib.scrypt(passphrase.encode(), salt=salt, **SCRYPT))


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])
