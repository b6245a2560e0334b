"""The network that a visitor comes from: enough to count how often it knocks, too little to say who they are."""

import hashlib
import hmac
from ipaddress import IPv4Address, ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest

NARROWEST = {4: 24, 6: 56}
"""Bits of an address that its provider gives to one customer or neighbourhood."""


def network_of(request: HttpRequest) -> str:
    """A keyed hash of the visitor's network; nobody can read the address from it."""
    address = ip_address(get_adapter(request).get_client_ip(request))
    if not isinstance(address, IPv4Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    network = ip_network((address, NARROWEST[address.version]), strict=False)
    return hmac.new(settings.SECRET_KEY.encode(), str(network).encode(), hashlib.sha256).hexdigest()[:32]
