"""A company's network on loopback: a proxy that tunnels by CONNECT, and servers with certificates of an own CA."""

from __future__ import annotations

import asyncio
import ssl
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from bot.core.ports import SystemClock

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

_A_DAY = timedelta(days=1)


def _built(name: str, key: ec.EllipticCurvePrivateKey, by: tuple[str, ec.EllipticCurvePrivateKey]) -> x509.Certificate:
    issuer, signer = by
    now = datetime.fromtimestamp(SystemClock().now(), UTC)
    built = x509.CertificateBuilder(
        issuer_name=x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]),
        subject_name=x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]),
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=now - _A_DAY,
        not_valid_after=now + _A_DAY,
    )
    is_ca = key is signer
    built = built.add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
    built = built.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    own = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())
    built = built.add_extension(own, critical=False)
    if is_ca:
        sign = dict.fromkeys(("content_commitment", "key_encipherment", "data_encipherment", "key_agreement"), False)
        usage = x509.KeyUsage(
            digital_signature=True, key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False, **sign
        )
        built = built.add_extension(usage, critical=True)
    else:
        built = built.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    return built.sign(signer, hashes.SHA256())


class CompanyCA:
    """Its certificate stands in ``file``; nothing on this machine trusts it unasked."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._name, self._key = folder, "Our Company's CA", ec.generate_private_key(ec.SECP256R1())
        self.file = folder / "ca.pem"
        own = _built(self._name, self._key, (self._name, self._key))
        self.file.write_bytes(own.public_bytes(Encoding.PEM))

    def context(self, host: str) -> ssl.SSLContext:
        """For a server of that name."""
        key = ec.generate_private_key(ec.SECP256R1())
        path = self._folder / f"{host}.pem"
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        certificate = _built(host, key, (self._name, self._key))
        path.write_bytes(private + certificate.public_bytes(Encoding.PEM))
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made.load_cert_chain(path)
        return made


async def _flow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *host: str) -> None:
    named, own = (f"Host: {name}".encode() for name in host or ("", ""))
    with suppress(OSError):
        while piece := await reader.read(2**16):
            writer.write(piece.replace(named, own))
            await writer.drain()
    writer.close()


async def _join(port: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str = "") -> None:
    there, back = await asyncio.open_connection("127.0.0.1", port)
    names = (host, f"127.0.0.1:{port}") if host else ()
    await asyncio.gather(_flow(reader, back, *names), _flow(there, writer))


@asynccontextmanager
async def with_tls(port: int, ca: CompanyCA, host: str) -> AsyncGenerator[int]:
    """A port that speaks TLS as that host, and hands on to one that does not, under its own name."""
    context = ca.context(host)
    server = await asyncio.start_server(lambda r, w: _join(port, r, w, host), "127.0.0.1", 0, ssl=context)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


@dataclass
class Proxy:
    """Takes CONNECT for the hosts that it knows, by port, and notes every request line."""

    hosts: dict[str, int] = field(default_factory=dict[str, int])
    seen: list[str] = field(default_factory=list[str])
    refuses: int = 0
    """The status with which it refuses all."""
    url: str = ""

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = (await reader.readline()).decode()
        while (await reader.readline()).strip():
            pass
        self.seen.append(line.strip())
        method, target, _ = line.split()
        port = self.hosts.get(target.partition(":")[0])
        if self.refuses or method != "CONNECT" or port is None:
            writer.write(f"HTTP/1.1 {self.refuses or 403} No\r\nContent-Length: 0\r\n\r\n".encode())
            await writer.drain()
            writer.close()
            return
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await writer.drain()
        await _join(port, reader, writer)

    @property
    def targets(self) -> set[str]:
        return {line.split()[1] for line in self.seen}


@asynccontextmanager
async def proxy() -> AsyncGenerator[Proxy]:
    """It listens while the block runs."""
    one = Proxy()
    server = await asyncio.start_server(one.take, "127.0.0.1", 0)
    one.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield one
    finally:
        server.close()
