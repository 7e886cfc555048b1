"""Encryption of what would open a workspace to a thief of the database."""

from __future__ import annotations

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.core.errors import Locked


def new_key() -> str:
    """A key that nobody else has."""
    return Fernet.generate_key().decode()


class Vault:
    """Encrypts with the first of its keys, decrypts with any of them."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        """``keys`` are checked already; without any, nothing can be locked or opened."""
        self._keys = MultiFernet([Fernet(key) for key in keys]) if keys else None
        self._newest = Fernet(keys[0]) if keys else None

    def lock(self, text: str) -> str:
        """The text, encrypted with the newest key."""
        if self._keys is None:
            raise Locked
        return self._keys.encrypt(text.encode()).decode()

    def open(self, locked: str) -> str:
        """The text again. Raises `Locked` where none of the keys fits."""
        if self._keys is None:
            raise Locked
        try:
            return self._keys.decrypt(locked.encode()).decode()
        except InvalidToken:
            raise Locked from None

    def is_newest(self, locked: str) -> bool:
        """True where the newest key locked it."""
        try:
            return self._newest is not None and bool(self._newest.decrypt(locked.encode()))
        except InvalidToken:
            return False
