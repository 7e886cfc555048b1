"""What a check of the installation came to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One line of the doctor's. ``area`` is what it is about, in a word; ``remedy`` is "" where all is well."""

    area: str
    says: str
    remedy: str = ""

    @property
    def is_well(self) -> bool:
        """True where nothing need be done."""
        return not self.remedy
