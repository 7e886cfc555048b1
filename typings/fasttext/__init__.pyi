"""The part of fasttext-predict that Candor uses; the wheel ships no types."""

from collections.abc import Sequence

class FastText:
    def predict(self, text: str, k: int = 1) -> tuple[Sequence[str], Sequence[float]]: ...

def load_model(path: str) -> FastText: ...
