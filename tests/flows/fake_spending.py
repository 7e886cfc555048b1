"""What models cost, in memory."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bot.core.spending import NANO, Spent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.judging import Usage
    from bot.core.spending import Account, Amount, Hold, Purpose


class FakeLedger:
    def __init__(self) -> None:
        self.rows: dict[tuple[str, str, str], Counter[str]] = {}
        self.used = 0

    async def hold(self, hold: Hold) -> Account | None:
        most = hold.most
        for account in hold.accounts:
            row, limits = self._row(account), account.limits
            if limits.tokens is not None and row["tokens"] + most.tokens > limits.tokens:
                return account
            if limits.dollars is not None and row["nano"] + most.nano > limits.dollars * NANO:
                return account
        for account in hold.accounts:
            self._row(account).update({"tokens": most.tokens, "nano": most.nano})
        return None

    async def settle(self, hold: Hold, usage: Usage | None, amount: Amount) -> tuple[Spent, ...]:
        change = {"tokens": amount.tokens - hold.most.tokens, "nano": amount.nano - hold.most.nano}
        for account in hold.accounts:
            self._row(account).update(change)
            if usage:
                read = {"input_tokens": usage.input_tokens, "cached_tokens": usage.cached_tokens, "calls": usage.calls}
                self._row(account).update(read)
                self._row(account, hold.purpose).update({"tokens": amount.tokens, "nano": amount.nano, **read})
        return tuple([await self.spent(account) for account in hold.accounts])

    async def reviewed(self, accounts: Sequence[Account]) -> None:
        for account in accounts:
            self._row(account)["reviews"] += 1

    async def spent(self, account: Account, purpose: Purpose | None = None) -> Spent:
        return Spent(**self._row(account, purpose or ""))

    async def accepted(self, team: str, since: float) -> int:
        return self.used

    async def forget(self, days: int) -> None:
        latest = sorted({key[1] for key in self.rows if len(key[1]) > 7})[-days:]
        self.rows = {key: row for key, row in self.rows.items() if len(key[1]) == 7 or key[1] in latest}

    def _row(self, account: Account, purpose: str = "") -> Counter[str]:
        return self.rows.setdefault((account.team, account.period, purpose), Counter())
