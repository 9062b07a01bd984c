"""Who asks, when `cargo xtask api` has schemathesis ask everything the document describes: each request comes from
somebody of the demo whom the document allows, in turn, with an Idempotency-Key of its own. Must not be added here: which
answers are right; that is the document's to say."""

import base64
import hashlib
import hmac
import itertools
import json
import os
import re
import struct
import threading
import time
import urllib.request

import requests
import schemathesis

URL = os.environ["LINLI_URL"]
KEY, SECRET = os.environ["LINLI_KEY"], os.environ["LINLI_SECRET"].encode()

# The demo's people, as `linli demo --listen` prints them, and some who are new.
MEMBERS = ["13800000001", "13800000002"] + [f"1370000000{number}" for number in range(6)]
DESK = ["operator", "operator-2", "finance", "auditor"]
PASSWORD, TOTP = "linli-demo-desk-2026", "NRUW43DJEBSGK3LPEB3W64TMMQQDAMJB"

FIT = re.compile(r"[A-Za-z0-9._-]{1,64}")

serial = itertools.count(1)
lock = threading.Lock()


def call(path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(URL + path, data, {"content-type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def member(phone):
    """Logs in, and registers whoever is new; the sandbox shows the code."""
    call("/v1/login/codes", {"phone": phone})
    code = next(shown["code"] for shown in call("/v1/sandbox/messages") if shown["code"])
    body = {"phone": phone, "code": code}
    try:
        return call("/v1/login", body)["token"]
    except urllib.error.HTTPError:
        return call("/v1/login", body | {"register": {"terms": 1}})["token"]


def desk(account):
    """Logs in with a time-based code (RFC 6238)."""
    mac = hmac.digest(base64.b32decode(TOTP), struct.pack(">Q", int(time.time()) // 30), "sha1")
    number = struct.unpack(">I", mac[mac[-1] & 15 :][:4])[0] & 0x7FFFFFFF
    body = {"id": account, "password": PASSWORD, "code": f"{number % 1_000_000:06}"}
    return call("/v1/staff/login", body)["token"]


TOKENS = {
    "member": itertools.cycle([member(phone) for phone in MEMBERS]),
    "desk": itertools.cycle([desk(account) for account in DESK]),
}


class Somebody(requests.auth.AuthBase):
    """Somebody whom the document allows to call an operation."""

    def __init__(self, ways):
        self.ways = ways

    def __call__(self, request):
        with lock:
            number = next(serial)
            way = self.ways[number % len(self.ways)]
            token = None if way == "key" else next(TOKENS[way])
        once = f"run-{number}"
        # One that is there and well formed is made new each time; what is missing or wrong is meant to be.
        if FIT.fullmatch(request.headers.get("Idempotency-Key", "")):
            request.headers["Idempotency-Key"] = once
        if token:
            request.headers["Authorization"] = f"Bearer {token}"
        else:
            sign(request, once)
        return request


def sign(request, once):
    """As docs/api.md says."""
    once = request.headers.get("Idempotency-Key", once)
    body = request.body or b""
    body = body.encode() if isinstance(body, str) else body
    now = str(int(time.time()))
    digest = hashlib.sha256(body).hexdigest()
    lines = ["LINLI-HMAC-SHA256", now, once, request.method, request.path_url, digest]
    signature = hmac.new(SECRET, "\n".join(lines).encode(), "sha256").hexdigest()
    request.headers["Linli-Key"], request.headers["Linli-Time"] = KEY, now
    request.headers["Linli-Signature"] = f"v1={signature}"
    if request.method == "GET":
        request.headers["Linli-Nonce"] = once


def ways(operation):
    """Who may, by the document's `security`."""
    found = set()
    for requirement in operation.definition.raw.get("security", []):
        if "hmac" in requirement:
            found.add("key")
        for who in requirement.get("session", []):
            found.add("member" if who == "member" else "desk")
    return sorted(found)


@schemathesis.auth(refresh_interval=None)
class Allowed:
    def get(self, case, ctx):
        return ways(ctx.operation)

    def set(self, case, data, ctx):
        if data:
            case._auth = Somebody(data)


# What the demo has, for the parameter that follows in the path: without it most answers would be that nothing is there.
KNOWN = {"stores": "S0001", "members": "M000081", "orders": "O0000001"}


@schemathesis.hook
def map_path_parameters(ctx, path_parameters):
    for place, thing in KNOWN.items():
        if f"/{place}/{{id}}" in ctx.operation.path and next(serial) % 2:
            path_parameters["id"] = thing
    return path_parameters


@schemathesis.serializer("application/x-ndjson")
def lines(ctx, value):
    return value if isinstance(value, bytes) else str(value).encode()
