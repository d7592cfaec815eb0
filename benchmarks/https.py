"""How many notices a second go to a partner over HTTPS, beside bare requests posting the same bytes to the same server.

In: nothing. Out: one table; exit code 1 where our way is slower than it may be.
Never here: another machine (the server is a process of its own, on loopback, with TLS); a platform; the procedure.
"""

import multiprocessing
import ssl
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path
from platform import python_version
from time import perf_counter

import requests
import trustme
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from sync.partners.https_json import Destination, HttpsJson

WANTED = 0.7
"""Of what bare requests do over one kept session, which neither signs, nor cuts, nor looks at an address."""
ROUNDS, PARTS = 100, 15
BODY = b'{"message":"cdrp_notice","form":"statistical","version":1,"filled":"' + b"x" * 1400 + b'"}'
TOKEN = "a-token-made-up"
HEADERS = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json; charset=utf-8"}


class Taking(BaseHTTPRequestHandler):
    """A partner that takes everything at once."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        said = b'{"receipt": "R-1"}'
        self.send_response_only(201)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is printed."""


def serve(certificate: str, tell: Connection) -> None:
    """A process of its own, so that the two sides do not share one interpreter's lock."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Taking)
    server.daemon_threads = True
    server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    tell.send(server.server_port)
    server.serve_forever()


def rate(post: Callable[[int], object]) -> float:
    """Notices a second."""
    begun = perf_counter()
    for n in range(ROUNDS):
        post(n)
    return ROUNDS / (perf_counter() - begun)


def ways(url: str, ca_file: str) -> dict[str, Callable[[int], object]]:
    """What is measured, by its name. All post the same bytes, each notice under a key of its own."""
    session = requests.Session()
    session.trust_env = False
    session.verify = ca_file
    key = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    plain = HttpsJson(Destination("Exampleshire", url, TOKEN, ca_file))
    signed = HttpsJson(Destination("Exampleshire", url, TOKEN, ca_file, signing_key=key, signing_key_id="landlord"))

    def bare(post: Callable[..., requests.Response], n: int) -> None:
        answer = post(url, data=BODY, headers=HEADERS | {"Idempotency-Key": f"{n:032x}"}, timeout=30)
        answer.raise_for_status()
        answer.json()

    def ours(way: HttpsJson, n: int) -> None:
        if not way.deliver(BODY, f"{n:032x}").accepted:
            raise SystemExit("A notice was not accepted.")

    return {
        "bare requests, one session kept": partial(bare, session.post),
        "bare requests, each on its own": partial(bare, partial(requests.post, verify=ca_file)),
        "ours": partial(ours, plain),
        "ours, each request signed": partial(ours, signed),
    }


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        authority, own = trustme.CA(), Path(folder) / "server.pem"
        authority.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(str(own))
        authority.cert_pem.write_to_path(ca_file := str(Path(folder) / "ca.pem"))
        hear, tell = multiprocessing.Pipe(duplex=False)
        server = multiprocessing.get_context("spawn").Process(target=serve, args=(str(own), tell), daemon=True)
        server.start()
        measured = ways(f"https://localhost:{hear.recv()}/notices", ca_file)
        rates: dict[str, list[float]] = {name: [] for name in measured}
        for post in measured.values():
            post(0)
        for _ in range(PARTS):  # in turn, so that what else the machine does hits all alike
            for name, post in measured.items():
                rates[name].append(rate(post))
        server.terminate()
        server.join()
    best = {name: max(found) for name, found in rates.items()}
    print(f"\nPython {python_version()}, {len(BODY)} bytes a notice, one by one, to one TLS server on loopback:")
    print(f"notices a second, best of {PARTS} parts in turn")
    ratios = {name: found / best["bare requests, one session kept"] for name, found in best.items()}
    for name, found in best.items():
        print(f"{name:36} {found:8,.0f} a second   {ratios[name]:5.2f} of one session kept")
    if ratios["ours"] < WANTED:
        print(f"MISSED  {ratios['ours']:.2f} of bare requests, wanted {WANTED} or more")
        return 1
    print("All targets met.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
