"""Sends the referral of a file, and writes its reference: python3 first_referral.py referral.json

HUB, CLIENT_ID and KEY_FILE (an RSA key) must be set. Run it again with the same file when no answer comes.
It needs the standard library and openssl. With PyJWT and cryptography, the lines from `unsigned` to `assertion` are
    assertion = jwt.encode(claims, open(os.environ["KEY_FILE"]).read(), algorithm="RS256")
"""
import base64
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

HUB, CLIENT_ID = os.environ["HUB"], os.environ["CLIENT_ID"]


def b64url(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def post(path, body, headers):
    """Returns the status, the headers and the JSON of the answer."""
    try:
        with urllib.request.urlopen(urllib.request.Request(HUB + path, body, headers), timeout=30) as answer:
            return answer.status, answer.headers, json.load(answer)
    except urllib.error.HTTPError as refused:
        return refused.code, refused.headers, json.load(refused)


def main(file: str) -> None:
    # An assertion is good once, for two minutes, and for this hub only.
    claims = {
        "iss": CLIENT_ID,
        "sub": CLIENT_ID,
        "aud": HUB + "/oauth2/token",
        "exp": int(time.time()) + 120,
        "jti": str(uuid.uuid4()),
    }
    unsigned = b64url(b'{"alg":"RS256"}') + b"." + b64url(json.dumps(claims).encode())
    command = ["openssl", "dgst", "-sha256", "-sign", os.environ["KEY_FILE"]]
    signature = subprocess.run(command, input=unsigned, stdout=subprocess.PIPE, check=True).stdout
    assertion = unsigned + b"." + b64url(signature)

    form = {
        "grant_type": "client_credentials",
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": assertion.decode(),
    }
    status, _, granted = post("/oauth2/token", urllib.parse.urlencode(form).encode(), {})
    if status != 200:
        print("No token:", json.dumps(granted), file=sys.stderr)
        sys.exit(3)

    # One key for one referral, kept before it is sent.
    if not os.path.exists(file + ".key"):
        with open(file + ".key", "w") as key:
            key.write(str(uuid.uuid4()))
    with open(file + ".key") as key, open(file, "rb") as referral:
        body = referral.read()
        headers = {
            "Authorization": "Bearer " + granted["access_token"],
            "Content-Type": "application/json",
            "Idempotency-Key": key.read().strip(),
        }
    for attempt in range(4):
        status, said, answer = post("/api/v1/referrals", body, headers)
        if status not in (429, 503) or attempt == 3:
            break
        time.sleep(int(said.get("Retry-After", 5)))
    if status != 201:
        print("Not sent:", json.dumps(answer), file=sys.stderr)
        sys.exit(2)
    print(answer["reference"])


main(sys.argv[1])
