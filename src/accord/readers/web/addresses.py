"""Which network addresses may be connected to: public ones only, so that no page can point accord inside a network.

The ranges are those of the IANA registries of special-purpose addresses (RFC 6890), written out here because what
`ipaddress` calls global differs between versions of Python.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network


@dataclass(frozen=True, slots=True)
class _Range:
    network: IPv4Network | IPv6Network
    what: str
    private: bool = False


def _ranges(*rows: tuple[str, str]) -> tuple[_Range, ...]:
    own = ("a loopback address", "a private address")
    return tuple(_Range(ip_network(network), what, what in own) for network, what in rows)


_IPV4 = _ranges(
    ("0.0.0.0/8", "an unspecified address"),
    ("10.0.0.0/8", "a private address"),
    ("100.64.0.0/10", "an address inside a provider's network"),
    ("127.0.0.0/8", "a loopback address"),
    ("168.63.129.16/32", "a cloud's metadata address"),
    ("169.254.169.254/32", "a cloud's metadata address"),
    ("169.254.0.0/16", "a link-local address"),
    ("172.16.0.0/12", "a private address"),
    ("192.0.0.0/24", "a reserved address"),
    ("192.0.2.0/24", "an address for examples"),
    ("192.31.196.0/24", "a reserved address"),
    ("192.52.193.0/24", "a reserved address"),
    ("192.88.99.0/24", "a reserved address"),
    ("192.168.0.0/16", "a private address"),
    ("192.175.48.0/24", "a reserved address"),
    ("198.18.0.0/15", "an address for measurements"),
    ("198.51.100.0/24", "an address for examples"),
    ("203.0.113.0/24", "an address for examples"),
    ("224.0.0.0/4", "a multicast address"),
    ("240.0.0.0/4", "a reserved address"),
)

_IPV6 = _ranges(
    ("::/128", "an unspecified address"),
    ("::1/128", "a loopback address"),
    ("fd00:ec2::254/128", "a cloud's metadata address"),
    ("fd20:ce::254/128", "a cloud's metadata address"),
    ("fc00::/7", "a private address"),
    ("fe80::/10", "a link-local address"),
    ("fec0::/10", "a site-local address"),
    ("ff00::/8", "a multicast address"),
    ("2001::/32", "an address of a Teredo tunnel"),
    ("2001::/23", "a reserved address"),
    ("2001:db8::/32", "an address for examples"),
    ("2620:4f:8000::/48", "a reserved address"),
    ("3fff::/20", "an address for examples"),
)
_PUBLIC = IPv6Network("2000::/3")
_MAPPED = IPv6Network("::ffff:0:0/96")
_TRANSLATED = IPv6Network("64:ff9b::/96")
_6TO4 = IPv6Network("2002::/16")


def refusal(address: str, private: bool = False) -> str | None:
    """Return why `address` (IPv4 or IPv6, as digits) may not be connected to; None where it may.

    IPv4 addresses inside IPv6 ones (mapped, NAT64 of RFC 6052, 6to4 of RFC 3056) are judged as themselves. `private`
    admits loopback and private addresses, and nothing else of what is refused.

    refusal("192.168.0.1") -> "a private address"; refusal("::ffff:127.0.0.1") -> "a loopback address"
    """
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return "no network address"
    if isinstance(ip, IPv6Address):
        inside = _embedded(ip)
        if inside is None:
            return _listed(ip, _IPV6, private) or (None if _admitted(ip, private) else "a reserved address")
        ip = inside
    return _listed(ip, _IPV4, private)


def literal(host: str) -> str | None:
    """Return `host` where it is a network address written in digits, without brackets; None where it is a name."""
    bare = host.removeprefix("[").removesuffix("]")
    try:
        ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    return bare


def _listed(ip: IPv4Address | IPv6Address, ranges: tuple[_Range, ...], private: bool) -> str | None:
    for entry in ranges:
        if ip in entry.network:
            return None if private and entry.private else entry.what
    return None


def _admitted(ip: IPv6Address, private: bool) -> bool:
    return ip in _PUBLIC or (private and any(ip in entry.network for entry in _IPV6 if entry.private))


def _embedded(ip: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that a packet to `ip` ends at."""
    if ip in _MAPPED or ip in _TRANSLATED:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    if ip in _6TO4:
        return IPv4Address(int(ip) >> 80 & 0xFFFFFFFF)
    return None
