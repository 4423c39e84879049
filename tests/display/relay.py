# SPDX-License-Identifier: GPL-3.0-or-later
"""A STUN and TURN server on this computer, as far as being asked for an address or a place goes (RFC 8489, RFC 8656)."""
import hashlib
import hmac
import os
import socket
import struct
import threading

COOKIE = 0x2112A442
BINDING, ALLOCATE, REFRESH = 1, 3, 4
SUCCESS, FAILURE = 0x100, 0x110
USERNAME, INTEGRITY, ERROR, LIFETIME, REALM, NONCE = 0x06, 0x08, 0x09, 0x0D, 0x14, 0x15
RELAYED, MAPPED = 0x16, 0x20
UNAUTHORIZED = 401


def attribute(kind, value):
    return struct.pack('>HH', kind, len(value)) + value + bytes(-len(value) % 4)


def address_attribute(kind, address):
    """XOR-…-ADDRESS of IPv4."""
    host = int.from_bytes(socket.inet_aton(address[0]), 'big') ^ COOKIE
    return attribute(kind, struct.pack('>BBHI', 0, 1, address[1] ^ COOKIE >> 16, host))


class Relay:
    """Answers from the beginning on; whoever asks for a place needs the name and password."""

    def __init__(self, user='anna', password='secret', port=0):
        self.realm = 'freshet'
        self.key = hashlib.md5(f'{user}:{self.realm}:{password}'.encode()).digest()
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(('127.0.0.1', port))
        self.port = self.socket.getsockname()[1]
        self.places = 0
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self):
        while True:
            try:
                request, sender = self.socket.recvfrom(2048)
            except OSError:
                return
            self.socket.sendto(self._answer(request, sender), sender)

    def _sign(self, message):
        """With the length as it is with the signature (RFC 8489, 14.5)."""
        kind, length = struct.unpack('>HH', message[:4])
        message = struct.pack('>HH', kind, length + 24) + message[4:]
        return message + attribute(INTEGRITY, hmac.new(self.key, message, 'sha1').digest())

    def _is_signed(self, request):
        at = 20
        while at + 4 <= len(request):
            kind, length = struct.unpack('>HH', request[at:at + 4])
            if kind == INTEGRITY:
                message = request[:2] + struct.pack('>H', at + 24 - 20) + request[4:at]
                return hmac.compare_digest(hmac.new(self.key, message, 'sha1').digest(), request[at + 4:at + 24])
            at += 4 + length + -length % 4
        return False

    def _answer(self, request, sender):
        method = struct.unpack('>H', request[:2])[0]

        def message(outcome, *attributes):
            body = b''.join(attributes)
            return struct.pack('>HH', method | outcome, len(body)) + request[4:20] + body
        if method == BINDING:
            return message(SUCCESS, address_attribute(MAPPED, sender))
        if not self._is_signed(request):
            return message(FAILURE, attribute(ERROR, struct.pack('>HBB', 0, UNAUTHORIZED // 100, UNAUTHORIZED % 100)),
                           attribute(REALM, self.realm.encode()), attribute(NONCE, os.urandom(8).hex().encode()))
        self.places += {ALLOCATE: 1, REFRESH: -1}[method]
        return self._sign(message(SUCCESS, address_attribute(RELAYED, self.socket.getsockname()),
                                  address_attribute(MAPPED, sender), attribute(LIFETIME, struct.pack('>I', 600))))

    def stop(self):
        self.socket.close()
