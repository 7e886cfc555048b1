"""Candor in a company's network: a proxy in between, an own CA, and what stays on this machine."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from bot.core.installing import is_here
from bot.workspace.server import Workspace
from tests.model.server import ScriptedModel
from tests.terminal.network import CompanyCA, proxy, with_tls

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from tests.terminal.network import Proxy

SLACK, MODEL = "slack.corp.test", "model.corp.test"
"""Names that only the proxy knows."""


@dataclass
class Company:
    """Slack and a model behind a proxy, with certificates of the company's own. ``local`` is the model without any."""

    proxy: Proxy
    ca: Path
    environment: dict[str, str]
    local: str

    async def run(self, *command: str, status: int, **more: str) -> str:
        """What a process of its own says: libraries read the environment when they are loaded."""
        self.proxy.seen.clear()
        started = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *command),
            env=self.environment | more,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        said = (await started.communicate())[0].decode()
        assert started.returncode == status, said
        return said


@pytest.fixture
async def company(root: Path, tmp_path: Path) -> AsyncGenerator[Company]:
    async with AsyncExitStack() as there:
        workspace, model = (
            await there.enter_async_context(Workspace()),
            await there.enter_async_context(ScriptedModel()),
        )
        between, ca = await there.enter_async_context(proxy()), CompanyCA(tmp_path)
        model.models = ("m-1",)
        for host, url in ((SLACK, workspace.api_url), (MODEL, model.url)):
            between.hosts[host] = await there.enter_async_context(with_tls(urlsplit(url).port or 0, ca, host))
        bot = workspace.team.bot
        environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}  # noqa: TID251
        environment |= {"SLACK_BOT_TOKEN": bot.token, "SLACK_APP_TOKEN": bot.app_token, "DRAFT_CHANNELS": "drafts"}
        environment |= {"SLACK_API_URL": f"https://{SLACK}/api/", "OPENAI_BASE_URL": f"https://{MODEL}/v1"}
        environment |= {"OPENAI_MODEL": "m-1", "HTTPS_PROXY": between.url, "PROMPTS_DIR": str(root / "prompts")}
        environment |= {"DATA_DIR": str(tmp_path / "data"), "PYTHONPATH": str(root)}
        yield Company(between, ca.file, environment, model.url)


async def test_slack_and_the_model_are_reached_through_a_proxy_with_the_companys_own_certificates(
    company: Company,
) -> None:
    said = await company.run("doctor", status=0, SSL_CERT_FILE=str(company.ca))
    assert "ok  The app token works" in said
    assert "reviewed a sample draft" in said
    assert company.proxy.targets == {f"{SLACK}:443", f"{MODEL}:443"}


async def test_a_certificate_that_nobody_here_trusts_is_named_with_what_to_set(company: Company) -> None:
    said = await company.run("doctor", status=1)
    assert f"The certificate of https://{SLACK}/api/ isn't trusted (unable to get local issuer certificate)." in said
    assert f"The certificate of https://{MODEL}/v1 isn't trusted." in said
    assert said.count("SSL_CERT_FILE") >= 2
    assert "can't reach" not in said
    assert "Nothing answers" not in said
    served = await company.run("serve", status=2)
    assert f"the certificate of https://{SLACK}/api/ isn't trusted" in served
    draft = company.ca.with_name("draft.txt")
    draft.write_text("Our new loaf is the best in the whole world, guaranteed.", encoding="utf-8")
    reviewed = await company.run("review", str(draft), status=2)
    assert "the certificate of the language model's server isn't trusted" in reviewed


async def test_a_proxy_that_lets_nothing_through_is_named(company: Company) -> None:
    company.proxy.refuses = status = 407
    said = await company.run("doctor", status=1, SSL_CERT_FILE=str(company.ca))
    assert f"can't reach https://{SLACK}/api/ (the proxy answered {status})" in said
    assert f"The proxy doesn't let Candor reach https://{MODEL}/v1." in said
    assert "rejected" not in said


async def test_nothing_for_this_machine_goes_through_a_proxy(company: Company) -> None:
    every = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy"), company.proxy.url)
    here = f"http://localhost:{urlsplit(company.local).port}/v1"
    said = await company.run("doctor", status=0, OPENAI_BASE_URL=here, SSL_CERT_FILE=str(company.ca), **every)
    assert "reviewed a sample draft" in said
    assert company.proxy.targets == {f"{SLACK}:443"}


async def test_a_slack_on_this_machine_is_reached_without_the_proxy_that_the_model_needs(company: Company) -> None:
    async with Workspace() as workspace:
        bot = workspace.team.bot
        mine = {"SLACK_API_URL": workspace.api_url, "SLACK_BOT_TOKEN": bot.token, "SLACK_APP_TOKEN": bot.app_token}
        said = await company.run("doctor", status=0, SSL_CERT_FILE=str(company.ca), **mine)
    assert "reviewed a sample draft" in said
    assert company.proxy.targets == {f"{MODEL}:443"}


async def test_hosts_in_no_proxy_are_reached_without_one(company: Company) -> None:
    said = await company.run("doctor", status=1, NO_PROXY=".corp.test,other.example", SSL_CERT_FILE=str(company.ca))
    assert f"can't reach https://{SLACK}/api/" in said  # nobody but the proxy knows the name
    assert company.proxy.seen == []


@pytest.mark.parametrize(
    ("address", "here"),
    [
        ("http://127.0.0.1:11434/v1", True),
        ("http://127.8.9.1", True),
        ("http://LOCALHOST:1/v1", True),
        ("http://model.localhost.", True),
        ("http://[::1]:8080", True),
        ("http://[::ffff:127.0.0.1]:8080", True),
        ("http://10.0.0.1", False),
        ("https://localhost.example.com", False),
        ("", False),
    ],
)
def test_what_counts_as_this_machine(address: str, here: bool) -> None:  # noqa: FBT001 - a table
    assert is_here(address) is here
