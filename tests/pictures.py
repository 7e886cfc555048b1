"""Pictures made for tests, some with Content Credentials by a certificate that lives as long as the tests."""

from __future__ import annotations

import struct
import zlib
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from typing import Any

import c2pa
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID


def png(shade: int = 200) -> bytes:
    """A picture of four grey points."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 0, 0, 0, 0))
    points = chunk(b"IDAT", zlib.compress(bytes((0, shade, shade)) * 2))
    return b"\x89PNG\r\n\x1a\n" + head + points + chunk(b"IEND", b"")


SOURCES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
_SIGNS = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement")
_USES = dict.fromkeys((*_SIGNS, "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"), False)


def action(source: str = "trainedAlgorithmicMedia", name: str = "c2pa.created", agent: Any = None) -> dict[str, Any]:
    said = {"action": name, "digitalSourceType": f"{SOURCES}{source}" if source else "", "softwareAgent": agent}
    return {key: value for key, value in said.items() if value}


def manifest(*actions: dict[str, Any], by: str = "Loaf Painter") -> dict[str, Any]:
    assertions = [{"label": "c2pa.actions.v2", "data": {"actions": list(actions)}}] if actions else []
    return {"claim_generator_info": [{"name": by}], "format": "image/png", "assertions": assertions}


def _certificate(
    key: EllipticCurvePrivateKey, subject: str, by: EllipticCurvePrivateKey, *, is_root: bool
) -> x509.Certificate:
    now, own = datetime.now(UTC), x509.SubjectKeyIdentifier.from_public_key(key.public_key())  # noqa: TID251 - a library's clock judges it
    names = [x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, name)]) for name in (subject, "A root")]
    made = x509.CertificateBuilder(names[1], names[0], key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    use = {"key_cert_sign": True} if is_root else {"digital_signature": True}
    extensions = [x509.BasicConstraints(ca=is_root, path_length=None), x509.KeyUsage(**{**_USES, **use})]
    for extension in extensions:
        made = made.add_extension(extension, critical=True)
    made = made.add_extension(own, critical=False)
    made = made.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False)
    if not is_root:
        made = made.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
    return made.sign(by, hashes.SHA256())


@cache
def identity() -> tuple[bytes, bytes]:
    """A chain and its key. Nobody trusts it."""
    root, leaf = (generate_private_key(SECP256R1()) for _ in range(2))
    chain = (_certificate(leaf, "A studio", root, is_root=False), _certificate(root, "A root", root, is_root=True))
    key = leaf.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return b"".join(one.public_bytes(Encoding.PEM) for one in chain), key


def signed(said: dict[str, Any], content: bytes = b"", remote: str = "") -> bytes:
    """A picture with Content Credentials; with ``remote`` they are at that address and not in it."""
    chain, key = identity()
    context = c2pa.Context.from_dict({"builder": {"thumbnail": {"enabled": False}}})
    builder, out = c2pa.Builder(said, context), BytesIO()
    if remote:
        builder.set_no_embed()
        builder.set_remote_url(remote)
    builder.sign(
        c2pa.Signer.from_info(c2pa.C2paSignerInfo(b"es256", chain, key, None)),
        "image/png",
        BytesIO(content or png()),
        out,
    )
    return out.getvalue()


def tampered(content: bytes) -> bytes:
    at = content.index(b"IDAT") + 8
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


PICTURE = manifest(action(agent={"name": "loaf-2"}))
