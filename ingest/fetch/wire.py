"""Connections, under the guard, one for each exchange [httpcore2].

Every address is checked here, on its way into the connection: the very one that is connected to, for
pages, redirects, robots.txt and requisites alike. No name is looked up twice, so a name server that
changes its answer between check and use changes nothing. No proxies, nothing from the environment
but OpenSSL's own choice of certificate authorities.
"""

import errno
import ssl
import threading

import httpcore2

from archive.errors import FetchFailed
from archive.uri import warc_date
from ingest.fetch.address import Address
from ingest.fetch.answer import Listener
from ingest.fetch.clock import SLICE, Clock, Interrupted, Patience
from ingest.fetch.guard import why_blocked
from ingest.fetch.heard import Call, CutOff, Heard, Link, Unanswered
from ingest.fetch.names import Resolver, look_up
from ingest.fetch.policy import Policy

_READ = 65_536
# A host with more addresses than this is not tried to the last one.
_ADDRESSES = 4


class Wire:
    """Makes connections and has one exchange over each; many threads may use it at once."""

    def __init__(self, policy: Policy, clock: Clock, resolver: Resolver) -> None:
        self._policy, self._clock, self._resolver = policy, clock, resolver
        self._backend = httpcore2.SyncBackend()
        self._context: ssl.SSLContext | None = None
        self._lock = threading.Lock()

    def exchange(self, call: Call, patience: Patience) -> Heard:
        """Ask, and hear the whole answer.

        :raises Unanswered: with the word that failures are recorded with.
        """
        date = warc_date(self._clock.now())
        listener = Listener(call, date, self._policy.limits.head_bytes)
        line: _Line | None = None
        try:
            line, dns = self._connect(call.address, patience)
            if call.address.scheme == "https":
                line.secure(self._tls(), call.address.tls_name)
            return listener.over(line, line.link(dns))
        except Interrupted:
            listener.close()
            raise
        except FetchFailed as error:
            listener.close()
            raise Unanswered(error, call.address, date, listener.request or None) from error
        except BaseException:
            listener.close()
            raise
        finally:
            if line is not None:
                line.close()

    def _connect(self, address: Address, patience: Patience) -> tuple["_Line", tuple[str, ...]]:
        dns = look_up(self._resolver, address.host, address.port, patience)
        against = {ip: why_blocked(ip, self._policy.allow_private) for ip in dns}
        allowed = [ip for ip, reason in against.items() if reason is None][:_ADDRESSES]
        if not allowed:
            raise FetchFailed("blocked", "; ".join(reason for reason in against.values() if reason))
        failed = FetchFailed("unreachable", f"{address.host} did not answer")
        limits = self._policy.limits
        for ip in allowed:
            limit = min(limits.connect_seconds, patience.left())
            try:
                stream = self._backend.connect_tcp(ip, address.port, timeout=limit, socket_options=())
                return _Line(stream, patience, limits.stall_seconds, limits.connect_seconds), dns
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failed = _not_connected(error, ip, address.port, limit)
        raise failed

    def _tls(self) -> ssl.SSLContext:
        with self._lock:
            if self._context is None:
                context = httpcore2.default_ssl_context()
                context.set_alpn_protocols(["http/1.1"])
                if self._policy.ca_file is not None:
                    context.load_verify_locations(self._policy.ca_file)
                self._context = context
            return self._context


class _Line:
    """A connection that keeps the patience of its visit, and can be called off within a slice."""

    def __init__(
        self, stream: httpcore2.NetworkStream, patience: Patience, stall: float, handshake: float
    ) -> None:
        self._stream, self._patience = stream, patience
        self._stall, self._handshake = stall, handshake

    def secure(self, context: ssl.SSLContext, name: str) -> None:
        """Go on in TLS, with a peer that proves to be ``name``."""
        limit = min(self._handshake, self._patience.left())
        try:
            self._stream = self._stream.start_tls(context, name, timeout=limit)
        except httpcore2.ConnectTimeout as error:
            raise FetchFailed("timeout", f"no TLS with {name} after {limit:g} seconds") from error
        except httpcore2.ConnectError as error:
            raise _not_secure(error, name) from error
        except ValueError as error:  # empty labels, a leading dot: no certificate has such a name
            raise FetchFailed("tls", f"{name!r} cannot stand in a certificate: {error}") from error

    def link(self, dns: tuple[str, ...]) -> Link:
        """What is known of this connection."""
        try:
            peer = str(self._stream.get_extra_info("server_addr")[0])
        except OSError as error:
            raise FetchFailed("disconnect", f"the connection broke: {error.strerror}") from error
        tls = self._stream.get_extra_info("ssl_object")
        if tls is None:
            return Link(peer, dns)
        cipher = tls.cipher()
        return Link(peer, dns, tls.version(), cipher[0] if cipher else None, _certificates(tls))

    def read(self) -> bytes:
        """What comes next; nothing at the end."""
        waited = 0.0
        while True:
            limit = min(SLICE, self._patience.left(), self._stall)
            try:
                return self._stream.read(_READ, timeout=limit)
            except httpcore2.ReadTimeout as error:
                waited += limit
                if waited >= self._stall:
                    raise FetchFailed("timeout", f"nothing came for {self._stall:g} seconds") from error
            except httpcore2.ReadError as error:
                raise CutOff(f"the connection broke: {error}") from error

    def write(self, data: bytes) -> None:
        """Send a request."""
        limit = min(self._stall, self._patience.left())
        try:
            self._stream.write(data, timeout=limit)
        except httpcore2.WriteTimeout as error:
            raise FetchFailed("timeout", f"the request was not taken within {limit:g} seconds") from error
        except httpcore2.WriteError:
            pass  # a server may answer and close before it has read the request (RFC 9112, 9.6)

    def close(self) -> None:
        """End the connection."""
        self._stream.close()


def _certificates(tls: ssl.SSLSocket) -> tuple[str, ...]:
    """The chain as the peer sent it. Public on SSLSocket from Python 3.13; the object below, which
    httpcore2 gives out, has had it since 3.10, in certificates of its own that can print themselves."""
    chain = getattr(tls, "get_unverified_chain", lambda: None)() or ()
    der = 2
    return tuple(ssl.DER_cert_to_PEM_cert(bytes(one.public_bytes(der))) for one in chain)


def _not_connected(error: Exception, ip: str, port: int, limit: float) -> FetchFailed:
    where = f"{ip} port {port}"
    if isinstance(error, httpcore2.ConnectTimeout):
        return FetchFailed("timeout", f"{where} did not answer within {limit:g} seconds")
    number = error.__cause__.errno if isinstance(error.__cause__, OSError) else None
    if number == errno.ECONNREFUSED:
        return FetchFailed("refused", f"nothing listens at {where}")
    return FetchFailed("unreachable", f"{where}: {error}")


def _not_secure(error: Exception, name: str) -> FetchFailed:
    cause = error.__cause__
    if isinstance(cause, ssl.SSLCertVerificationError):
        return FetchFailed("tls", f"the certificate of {name} is not trusted: {cause.verify_message}")
    if isinstance(cause, ssl.SSLError):
        return FetchFailed("tls", f"no TLS with {name}: {cause.reason or cause}")
    return FetchFailed("disconnect", f"the connection broke before TLS with {name} stood: {error}")
