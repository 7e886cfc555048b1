"""The documents name only what there is: settings, commands with their options, targets, scopes and pictures."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.core.commands import NAME, Verb
from bot.core.settings import FIELDS
from bot.settings import known_settings
from bot.terminal.commands import run

ROOT = Path(__file__).resolve().parent.parent.parent
README = ROOT / "README.md"
OPERATORS = ROOT / "docs/operators.md"
GUIDES = (README, OPERATORS, ROOT / "docs/brand-leads.md", ROOT / "docs/quality.md", ROOT / "docs/privacy.md")
HEAVIEST = 160_000
"""Bytes of a picture: people read this over slow lines."""

guides = pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.name)


def _code(text: str) -> list[str]:
    """What stands in code marks: lines of shell blocks, and single phrases."""
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    lines = [line.partition(" #")[0].strip() for block in blocks for line in block.splitlines()]
    prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    return [*filter(None, lines), *re.findall(r"(?<!`)`([^`\n]+)`(?!`)", prose)]


def _rows(text: str, heading: str) -> list[list[str]]:
    """The cells of every row of the first table below a heading, its head left out."""
    table = re.search(r"^\|.*?(?=\n\n|\Z)", text.split(heading, 1)[1], re.DOTALL | re.MULTILINE)
    assert table
    rows = [[cell.strip() for cell in row.strip("|").split(" | ")] for row in table[0].strip().splitlines()]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def _help(capsys: pytest.CaptureFixture[str], command: str) -> str:
    with pytest.raises(SystemExit) as ended:
        run([command, "--help"])
    assert ended.value.code == 0
    return capsys.readouterr().out


def test_the_table_of_settings_is_the_one_that_is_read() -> None:
    rows = _rows(README.read_text(encoding="utf-8"), "## Settings")
    assert rows == [[f"`{name}`", setting.about] for name, setting in known_settings().items()]


@guides
def test_every_command_is_one_that_candor_knows_with_its_options(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for said in _code(path.read_text(encoding="utf-8")):
        for name, rest in re.findall(r"(?:^|[\s/])candor ([a-z-]+)([^|;&]*)", said):
            if said.startswith(NAME):
                continue
            options = _help(capsys, name)
            for option in re.findall(r"--[a-z-]+", rest):
                assert option in options, f"{path.name}: candor {name} {option}"


def test_the_readme_shows_the_commands_that_people_need() -> None:
    said = " ".join(_code(README.read_text(encoding="utf-8")))
    for command in ("try", "manifest", "doctor", "serve", "review", "check", "eval"):
        assert f"candor {command}" in said


@guides
def test_every_target_stands_in_the_makefile(path: Path) -> None:
    made = (ROOT / "Makefile").read_text(encoding="utf-8")
    for said in _code(path.read_text(encoding="utf-8")):
        for target in re.findall(r"^make ([a-z]+)", said):
            assert re.search(rf"^{target}:", made, re.MULTILINE), f"{path.name}: make {target}"


@guides
def test_every_slash_command_and_setting_in_slack_exists(path: Path) -> None:
    for said in _code(path.read_text(encoding="utf-8")):
        words = said.split()
        if words[0] == NAME and len(words) > 1:
            assert words[1] in set(Verb), f"{path.name}: {said}"
            if words[1:2] == ["settings"] and len(words) > 2 and words[2] != "show":
                assert words[2] in FIELDS, f"{path.name}: {said}"


_OF_ALL_PROGRAMS = {"HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "SSL_CERT_FILE"}
"""What libraries read from the environment themselves."""


@guides
def test_every_environment_setting_that_is_named_exists(path: Path) -> None:
    names = known_settings()
    for said in _code(path.read_text(encoding="utf-8")):
        for name in re.findall(r"\b[A-Z]+(?:_[A-Z]+)+\b", said):
            assert name in names or name in _OF_ALL_PROGRAMS, f"{path.name}: {name}"


def test_every_scope_of_the_manifest_has_its_reason() -> None:
    manifest = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
    rows = _rows(OPERATORS.read_text(encoding="utf-8"), "## Slack scopes")
    assert [name.strip("`") for name, _ in rows] == manifest["oauth_config"]["scopes"]["bot"]
    assert all(len(reason.split()) > 2 for _, reason in rows)


def test_pictures_are_shown_described_and_light() -> None:
    shown = dict(re.findall(r"!\[([^\]]*)\]\(docs/pictures/([^)]+)\)", README.read_text(encoding="utf-8")))
    files = sorted((ROOT / "docs/pictures").iterdir())
    assert sorted(shown.values()) == [path.name for path in files]
    assert all(len(words) > 40 for words in shown)
    assert [path.name for path in files if path.stat().st_size > HEAVIEST] == []


@guides
def test_nothing_is_praised(path: Path) -> None:
    prose = re.sub(r"```.*?```|`[^`]*`|!\[", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    loud = r"!(?!!)|\b(?:best|fastest|easiest|amazing|powerful|seamless\w*|effortless\w*|blazing\w*|revolutionary)\b"
    assert re.findall(loud, prose, re.IGNORECASE) == []


DEPLOY = ROOT / "docs/deploy"
RUN = ("serve", "work", "migrate")


def test_the_manifest_for_kubernetes_names_what_there_is() -> None:
    (job,), parts = _resources("kubernetes-migrate.yaml"), _resources("kubernetes.yaml")
    # What `kubectl apply` changes must not be a Job: its pod can't be changed.
    assert (job["kind"], job["metadata"]) == ("Job", {"generateName": "candor-migrate-"})
    assert {part["kind"] for part in parts} == {"Deployment", "Service"}
    by_name = {(part["kind"], part["metadata"]["name"]): part["spec"] for part in parts}
    by_name["Job", "candor-migrate"] = job["spec"]
    pods = {name: spec["template"] for (_, name), spec in by_name.items() if "template" in spec}
    for name, pod in pods.items():
        (container,) = pod["spec"]["containers"]
        candor, command, *options = container["args"]
        assert (candor, command in RUN, options in ([], ["--receive-only"])) == ("candor", True, True), name
        assert container["envFrom"] == [{"secretRef": {"name": "candor"}}]
        assert {one["name"] for one in container.get("env", ())} <= known_settings().keys()
        assert container["securityContext"] == job["spec"]["template"]["spec"]["containers"][0]["securityContext"]
    # Of a tag that never changes Kubernetes sees no new version.
    (image,) = {pod["spec"]["containers"][0]["image"] for pod in pods.values()}
    assert image.rpartition(":")[2][0].isdecimal()
    web = by_name["Deployment", "candor-web"]
    (container,) = web["template"]["spec"]["containers"]
    assert by_name["Service", "candor"]["selector"].items() <= web["template"]["metadata"]["labels"].items()
    probes = {container[probe]["httpGet"]["path"] for probe in ("livenessProbe", "readinessProbe")}
    assert probes == {"/healthz", "/readyz"}
    assert all(f"| `{path}` |" in OPERATORS.read_text(encoding="utf-8") for path in probes)
    for kind, name in by_name:
        if kind == "Deployment":
            labels = by_name[kind, name]["selector"]["matchLabels"]
            assert labels == pods[name]["metadata"]["labels"]
            assert pods[name]["spec"]["terminationGracePeriodSeconds"] > 20, "reviews in progress come to an end"


def _resources(name: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all((DEPLOY / name).read_text(encoding="utf-8")))


def test_a_command_beside_the_service_runs_as_the_service_does() -> None:
    unit = (DEPLOY / "candor.service").read_text(encoding="utf-8").splitlines()
    (shown,) = re.findall(r"systemd-run ((?:.*\\\n)+.*)", OPERATORS.read_text(encoding="utf-8"))
    given = re.findall(r"-p (\S+)", shown)
    assert set(given) <= set(unit)
    shared = ("User=", "DynamicUser=", "StateDirectory", "UMask=", "WorkingDirectory=", "Environment")
    assert {line for line in unit if line.startswith(shared)} == set(given)
    assert f"ExecStart={shown.split()[-2]} serve" in unit


def test_the_user_of_a_pod_is_the_one_in_the_container_file() -> None:
    (number,) = re.findall(r"useradd .*--uid (\d+)", (DEPLOY / "Containerfile").read_text(encoding="utf-8"))
    (job,) = _resources("kubernetes-migrate.yaml")
    assert job["spec"]["template"]["spec"]["containers"][0]["securityContext"]["runAsUser"] == int(number)


def test_the_container_file_copies_what_there_is_and_no_settings() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    copied = [name for line in re.findall(r"^COPY (.*) \S+$", text, re.MULTILINE) for name in line.split()]
    packed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]
    assert packed["wheel"]["force-include"].keys() <= set(copied)
    assert all((ROOT / name).exists() and (name == ".env.example" or name[0] != ".") for name in copied)
    assert 'CMD ["candor", "serve"]' in text
    assert "USER candor" in text


def test_what_builds_the_package_is_pinned_as_well() -> None:
    backend = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"]
    pinned = (ROOT / "requirements-build.txt").read_text(encoding="utf-8")
    (name,) = (re.split("[<>=]", one)[0] for one in backend)
    assert re.search(rf"^{name}==\S+ \\\n    --hash=sha256:", pinned, re.MULTILINE)
    assert f"echo '{backend[0]}'" in (ROOT / "Makefile").read_text(encoding="utf-8")
    for path in (DEPLOY / "Containerfile", OPERATORS):
        lines = re.findall(r"pip install (.*)", path.read_text(encoding="utf-8"))
        own = [line for line in lines if "candor[" not in line and "-r" not in line.split()]
        assert own, path
        assert all("--no-build-isolation" in line for line in own)
        assert all("--require-hashes" in line for line in lines if "-r" in line.split())


def test_systemd_accepts_the_unit(tmp_path: Path) -> None:
    text = (DEPLOY / "candor.service").read_text(encoding="utf-8")
    assert "ExecStart=/opt/candor/.venv/bin/candor serve\n" in text
    analyze = shutil.which("systemd-analyze")
    if not analyze:
        pytest.skip("systemd is not on this machine")
    unit = tmp_path / "candor.service"
    unit.write_text(text.replace("/opt/candor/.venv/bin/candor", "/bin/true"), encoding="utf-8")
    found = subprocess.run([analyze, "verify", str(unit)], capture_output=True, text=True, check=False)
    assert (found.returncode, found.stderr) == (0, "")
