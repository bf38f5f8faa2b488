"""Sends the referral of a file, and writes its reference: python3 first_referral.py referral.json

HUB, CLIENT_ID and KEY_FILE (an RSA key) must be set. Run it again with the same file when no answer comes.
It needs the standard library and openssl. With PyJWT and cryptography, the lines from `unsigned` to `assertion` are
    assertion = jwt.encode(claims, open(os.environ["KEY_FILE"]).read(), algorithm="RS256")
"""
import base64
import http.client
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

# The hub does not have the referral: it is to be put right, or the credentials are, or the same can be run again.
INVALID, CREDENTIALS, AGAIN = 2, 3, 4


def end(code: int, words: str):
    print(words, file=sys.stderr)
    sys.exit(code)


def b64url(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def post(path, body, headers):
    """Returns the status, the headers and the JSON of the answer."""
    try:
        try:
            answer = urllib.request.urlopen(urllib.request.Request(HUB + path, body, headers), timeout=30)
        except urllib.error.HTTPError as refused:
            answer = refused
        with answer:
            status, said, text = answer.status, answer.headers, answer.read()
    except (OSError, http.client.HTTPException):
        end(AGAIN, HUB + " gives no answer. Run the same command again.")
    try:
        return status, said, json.loads(text)
    except ValueError:
        end(AGAIN, f"The answer {status} does not come from the hub. Look at HUB, then run the same command again.")


def refused(what: str, status: int, answer: dict):
    """Says why, and never what was sent: no answer of the hub holds it."""
    if "error" in answer:
        words = [f"{what}: {answer['error_description']}"]
    else:
        words = [f"{what}: {answer.get('title')}. {answer.get('detail', '')}"]
        words += [f"{fault['pointer']}: {fault['detail']}" for fault in answer.get("errors", [])]
        words += ["What to do: " + answer["help"]] if "help" in answer else []
    if status in (408, 429) or status >= 500:
        end(AGAIN, "\n".join(words + ["Run the same command again."]))
    end(CREDENTIALS if status in (401, 403) or "error" in answer else INVALID, "\n".join(words))


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
    command = ["openssl", "dgst", "-sha256", "-sign", KEY_FILE]
    signed = subprocess.run(command, input=unsigned, stdout=subprocess.PIPE)
    if signed.returncode != 0:
        end(CREDENTIALS, "openssl cannot sign with KEY_FILE.")
    assertion = unsigned + b"." + b64url(signed.stdout)

    form = {
        "grant_type": "client_credentials",
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": assertion.decode(),
    }
    status, _, granted = post("/oauth2/token", urllib.parse.urlencode(form).encode(), {})
    if status != 200:
        refused("No token", status, granted)

    with open(file, "rb") as referral:
        body = referral.read()
    # One key for one referral, kept before it is sent.
    if not os.path.exists(file + ".key"):
        with open(file + ".key", "w") as key:
            key.write(str(uuid.uuid4()))
    with open(file + ".key") as key:
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
        refused("Not sent", status, answer)
    print(answer["reference"])


missing = [name for name in ("HUB", "CLIENT_ID", "KEY_FILE") if name not in os.environ]
if missing:
    end(CREDENTIALS, "Set " + ", ".join(missing) + ".")
if len(sys.argv) != 2:
    end(INVALID, "Name the file of one referral: python3 first_referral.py referral.json")
HUB, CLIENT_ID, KEY_FILE = os.environ["HUB"], os.environ["CLIENT_ID"], os.environ["KEY_FILE"]
try:
    main(sys.argv[1])
except OSError as fault:
    end(INVALID, f"{fault.filename}: {fault.strerror}.")
