"""What became of the language model in a review."""

from __future__ import annotations

from bot.core.critique import ModelPart

WITHOUT_MODEL = {
    ModelPart.OFF: "tone and context were not judged.",
    ModelPart.ANSWERED: "tone and context were not judged.",
    ModelPart.AWAITED: "the language model has not answered yet; the full review will replace this reply.",
    ModelPart.DECLINED: "the language model declined to judge this draft, so tone and context were not judged.",
    ModelPart.TOO_LONG: "this draft is too long for the language model, so tone and context were not judged.",
    ModelPart.GIVEN_UP: "the language model could not be reached for a day, so tone and context were not judged.",
    ModelPart.UNREACHED: "the language model could not be reached, so tone and context were not judged.",
}
"""The end of a sentence on fixed rules alone."""
