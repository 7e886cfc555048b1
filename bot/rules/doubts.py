"""Words that say for whom, where or for how long something holds, or that it may not hold."""

from __future__ import annotations

import regex

from bot.rules.values import MONTH

_UNSURE_LISTED = """
    not no never longer was were used before previously formerly old last next ago instead change changed changes new
    will soon if unless imagine guess maybe perhaps rather than compared competitor competitors other others elsewhere
    average typically usually off save saved saving discount extra additional another else unlike myth wrong false joke
    dream wish would could should might once originally isn't aren't wasn't weren't don't doesn't didn't won't can't
    correction corrected rumour rumor
"""
UNSURE = frozenset(_UNSURE_LISTED.split())
BEGAN = frozenset({"was", "were"})
"""What a year stands beside ("was founded in")."""
_PASSING_LISTED = """
    today tonight tomorrow yesterday week weekend monday tuesday wednesday thursday friday saturday sunday season
    seasonal spring summer autumn fall winter christmas easter holiday sale sales deal deals offer offers promo
    promotion code coupon voucher launch flash limited stock left remaining raised sold joined ago young turn turns
    turning anniversary birthday celebrate celebrating hour update updated live early bird countdown
"""
PASSING = frozenset(_PASSING_LISTED.split())
"""Words of what holds for a while: another value is no contradiction then."""
_LIMITING_LISTED = """
    member members membership subscriber subscribers student students pensioner pensioners senior seniors kid kids child
    children teacher teachers nurse nurses staff employee employees newcomer newcomers business businesses partner
    partners holder holders cardholder cardholders prime premium plus pro vip gold silver platinum club loyalty tier
    abroad overseas international outside elsewhere express only today tonight tomorrow weekend limited flash if unless
"""
LIMITING = frozenset(_LIMITING_LISTED.split())
"""Words of a sentence nearby that may say for whom, where or when alone a statement holds."""
SOMEWHERE = regex.compile(rf"\b(?:in|to|from|for|outside|across)\s(?:the\s)?(?!{MONTH}|I\b)([A-Z][^\W\d_]*)")
