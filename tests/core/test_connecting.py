"""Connecting a language model: what is typed, what is found, and what is said of it."""

from __future__ import annotations

import pytest

from bot.core.installing import Fitness, ModelChoice, ModelServer, base_address, goes_in_the_clear, network_of, serving
from bot.core.words import installing as words

OLLAMA = ModelServer("http://127.0.0.1:11434/v1", ("nomic-embed-text:latest", "llama3.2:latest", "qwen3:8b"))
VLLM = ModelServer("http://127.0.0.1:8000/v1", ("llama3.2", "phi-4"))

_PUBLIC = (
    *("llm.example.com", "8.8.8.8", "[2606:4700::1111]", "[::ffff:8.8.8.8]", "134744072", "0x8080808", "8.8"),
    *("a.local.com", "localhost.example.com", "127.0.0.1.example.com", "10.example.com", "example.com."),
)
_NEAR = (
    *("localhost", "127.0.0.1", "127.9.9.9", "[::1]", "10.1.2.3", "172.16.0.9", "192.168.1.20", "100.64.0.1"),
    *("[fd00::1]", "[fe80::1]", "[::ffff:10.0.0.1]", "ollama", "gpu-box", "localhost.", "nas.local"),
    *("host.docker.internal", "vllm.models.svc.cluster.local", "box.home.arpa"),
)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (" http://127.0.0.1:11434/v1/ ", "http://127.0.0.1:11434/v1"),
        ("http://127.0.0.1:11434", "http://127.0.0.1:11434/v1"),
        ("127.0.0.1:1234", "http://127.0.0.1:1234/v1"),
        ("localhost:8080/", "http://localhost:8080/v1"),
        ("api.openai.com", "https://api.openai.com/v1"),
        ("https://a.example/openai/v1/chat/completions", "https://a.example/openai/v1"),
        ("https://a.example/api/models", "https://a.example/api"),
        ("http://[::1]:8000/v1", "http://[::1]:8000/v1"),
    ],
)
def test_an_address_is_understood_as_people_type_it(typed: str, address: str) -> None:
    assert base_address(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "  ",
        "ftp://a.example",
        "http://",
        "http://me:pass@a.example/v1",
        "http://a.example:port",
        "a\nb",
        "no where",
    ],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        base_address(typed)


def test_the_first_server_that_has_a_model_is_taken_under_its_own_name() -> None:
    assert serving((OLLAMA, VLLM), "llama3.2") == ModelChoice(OLLAMA.address, "llama3.2:latest")
    assert serving((OLLAMA, VLLM), "phi-4") == ModelChoice(VLLM.address, "phi-4")
    assert serving((OLLAMA, VLLM), "phi") is None


def test_models_that_do_not_answer_in_words_are_not_offered() -> None:
    assert OLLAMA.for_text == ("llama3.2:latest", "qwen3:8b")


def test_a_server_on_this_machine_is_known_as_one() -> None:
    here = ("http://127.0.0.1:1/v1", "http://localhost/v1", "http://[::1]:1/v1")
    assert all(ModelChoice(address, "m").is_here for address in here)
    others = ("https://api.openai.com/v1", "https://localhost.example.com/v1", "https://127.example.com/v1")
    assert not any(ModelChoice(address, "m").is_here for address in others)


@pytest.mark.parametrize("host", _PUBLIC)
def test_http_to_a_public_host_goes_in_the_clear(host: str) -> None:
    assert goes_in_the_clear(f"http://{host}/v1")
    assert goes_in_the_clear(f"http://{host}:8000/v1")
    assert not goes_in_the_clear(f"https://{host}/v1")


@pytest.mark.parametrize("host", _NEAR)
def test_http_within_a_private_network_is_fine(host: str) -> None:
    assert not goes_in_the_clear(f"http://{host}:11434/v1")


@pytest.mark.parametrize(
    ("host", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::1", "::1"),
        ("a socket's file", "a socket's file"),
    ],
)
def test_whoever_has_an_address_of_ipv6_has_its_network(host: str, network: str) -> None:
    assert network_of((host, 4711)) == network
    assert network_of("") == ""


def test_a_key_is_never_shown() -> None:
    assert "sk-geheim" not in repr(ModelChoice("http://a.example/v1", "m", "sk-geheim"))


def test_what_is_found_is_told_with_how_to_use_it() -> None:
    said = words.found(OLLAMA, "make try MODEL=llama3.2")
    assert said == (
        "There's a language model at http://127.0.0.1:11434/v1 (llama3.2:latest, qwen3:8b). "
        "To use it: make try MODEL=llama3.2"
    )
    many = ModelServer("http://127.0.0.1:1234/v1", tuple(f"m{number}" for number in range(9)))
    assert "(m0, m1, m2, m3, m4, m5 and 3 others)" in words.found(many, "")
    assert "no text model" in words.has_no_models(ModelServer("http://127.0.0.1:1234/v1"))
    assert "set OPENAI_BASE_URL=http://127.0.0.1:1234/v1 and OPENAI_MODEL=m0" in words.offered(many)
    assert "no text model" in words.offered(ModelServer("http://127.0.0.1:1/v1", ("my-embeddings",)))
    assert words.to_set("http://a.example/v1", "m") == "set OPENAI_BASE_URL=http://a.example/v1 and OPENAI_MODEL=m"


def test_a_model_that_nobody_has_is_told_with_those_that_there_are() -> None:
    assert "(ports 11434, 1234)" in words.nobody_has("phi", (), (11434, 1234))
    told = words.nobody_has("phi", (OLLAMA, VLLM), (11434,))
    assert "“phi”" in told
    assert "http://127.0.0.1:8000/v1 has llama3.2, phi-4." in told


@pytest.mark.parametrize("fitness", [fitness for fitness in Fitness if fitness is not Fitness.ANSWERS])
def test_every_failure_has_a_sentence_of_its_own(fitness: Fitness) -> None:
    told = words.tried(fitness, "http://a.example/v1", "m-1")
    others = {words.tried(one, "http://a.example/v1", "m-1") for one in Fitness if one not in (fitness, "answers")}
    assert told not in others
    assert "{" not in told


def test_a_model_that_answers_is_told_with_how_long_it_stays() -> None:
    assert "use it next time too" in words.answers("m", kept=True, trouble="")
    assert "until you stop Candor" in words.answers("m", kept=False, trouble="")
    assert words.answers("m", kept=False, trouble=words.not_written("No space left on device")).endswith(
        "(No space left on device), so it only stays connected until you stop Candor."
    )
    assert "OPENAI_API_KEY and OPENAI_MODEL in your environment" in words.in_environment(
        ["OPENAI_API_KEY", "OPENAI_MODEL"]
    )
    assert words.connected("m", "http://127.0.0.1:11434/v1") == "Language model: m at 127.0.0.1:11434"
