"""What the stores ask of a database and of its connections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractAsyncContextManager

    import sqlalchemy as sa
    from sqlalchemy.engine.interfaces import ExceptionContext

P = ParamSpec("P")
T = TypeVar("T")


class Connection(Protocol):
    """A connection inside a transaction; SQLAlchemy's `AsyncConnection` is one."""

    async def execute(
        self, statement: sa.Executable, parameters: Mapping[str, object] | None = None, /
    ) -> sa.CursorResult[Any]:
        """Run a statement; all its rows are there when this returns."""
        ...

    async def run_sync(
        self, work: Callable[Concatenate[sa.Connection, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a function that wants SQLAlchemy's plain connection."""
        ...


class Connections(Protocol):
    """The connections of one kind of database."""

    def read(self) -> AbstractAsyncContextManager[Connection]:
        """A connection whose reads all see the same moment."""
        ...

    def write(self) -> AbstractAsyncContextManager[Connection]:
        """A transaction that is kept when the block ends without an error. Not to be nested."""
        ...

    async def wipe(self) -> bool:
        """Remove what a deletion left outside the tables; False where that has to be tried again."""
        ...

    async def close(self) -> None:
        """Close every connection."""
        ...


def hide_values(context: ExceptionContext) -> None:
    """An error must never quote a draft, but PostgreSQL's quote the row that they refuse."""
    context.original_exception.args = (type(context.original_exception).__name__,)
    if context.sqlalchemy_exception:
        context.sqlalchemy_exception.args = context.original_exception.args
