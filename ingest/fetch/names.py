"""From the name of a host to its addresses, within a visit's patience."""

import queue
import socket
import threading
from collections.abc import Callable, Sequence
from ipaddress import ip_address

from archive.errors import FetchFailed
from ingest.fetch.clock import SLICE, Patience

Resolver = Callable[[str, int], Sequence[str]]
"""A host and a port to IP addresses in order of preference; raises OSError where there are none."""


def system_resolver(host: str, port: int) -> Sequence[str]:
    """The machine's own resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(answer[4][0]) for answer in found))


def look_up(resolver: Resolver, host: str, port: int, patience: Patience) -> tuple[str, ...]:
    """The addresses of a host; an address is its own.

    :raises FetchFailed: ``dns``, or whatever ends the patience.
    """
    try:
        return (str(ip_address(host)),)
    except ValueError:
        pass  # a name, or an odd spelling that the resolver knows
    answers: queue.SimpleQueue[tuple[str, ...] | BaseException] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(tuple(resolver(host, port)))
        except BaseException as error:
            answers.put(error)

    # getaddrinfo has no time limit of its own and cannot be called off; a daemon may be left behind.
    threading.Thread(target=ask, daemon=True, name=f"look up {host[:40]}").start()
    answer = _wait(answers, patience)
    if isinstance(answer, (OSError, UnicodeError)):
        raise FetchFailed("dns", f"no address for {host}: {_said(answer)}") from answer
    if isinstance(answer, BaseException):
        raise answer
    if not answer:
        raise FetchFailed("dns", f"no address for {host}")
    return answer


def _wait(
    answers: "queue.SimpleQueue[tuple[str, ...] | BaseException]", patience: Patience
) -> tuple[str, ...] | BaseException:
    while True:
        try:
            return answers.get(timeout=min(SLICE, patience.left()))
        except queue.Empty:
            continue


def _said(error: OSError | UnicodeError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
