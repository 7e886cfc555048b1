"""A process of its own for a stranger's bytes: libraries that read files can be made to do whatever a file wants.

It has none of this process's environment, and once it is shut in it writes no file and has little memory and time.
What it answers is as little trusted as the file was.
"""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress

_MEMORY = 1 << 30
"""Bytes that it may use."""


async def answer_in_sandbox(module: str, *arguments: str, content: bytes, patience: float) -> bytes | None:
    """What the module writes to standard output if it is run with the content as standard input.

    None if it didn't end well. Raises TimeoutError after ``patience`` seconds; it never outlives this call.
    """
    pipe, none = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
    command = (sys.executable, "-IBm", module, *arguments)
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, stderr=none, env={})
    try:
        async with asyncio.timeout(patience):
            said, _ = await process.communicate(content)
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    return None if process.returncode else said


def shut_in(seconds: int, *, opens: int = 0) -> None:
    """In that process: limits for good. ``seconds`` are a processor's.

    A library that loads parts of itself while it reads has to open (``opens``) that many files or connections at once.
    """
    import resource  # noqa: PLC0415 - there is none on Windows

    nothing_kept = ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_NOFILE, 3 + opens))
    for what, most in (*nothing_kept, (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, _MEMORY)):
        with suppress(ValueError, OSError):  # macOS doesn't know the last one
            resource.setrlimit(what, (most, most))
