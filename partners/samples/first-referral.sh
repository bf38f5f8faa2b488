#!/usr/bin/env bash
# Sends the referral of a file, and writes its reference: bash first-referral.sh referral.json
# HUB, CLIENT_ID and KEY_FILE (an RSA key) must be set. Run it again with the same file when no answer comes.
set -euo pipefail
: "${HUB:?must be set}" "${CLIENT_ID:?must be set}" "${KEY_FILE:?must be set}"
file=${1:?names the file of one referral}
[ -r "$file" ] || { echo "$file cannot be read." >&2; exit 2; }

b64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
member() { sed -n 's/.*"'"$1"'":"\([^"]*\)".*/\1/p' "$answer"; }

answer=$(mktemp)
trap 'rm -f "$answer"' EXIT
# Writes the status, and leaves the answer in its file. --retry waits as long as Retry-After says.
ask() {
  curl -sS --retry 3 --max-time 60 -o "$answer" -w '%{http_code}' "$@" ||
    { echo "$HUB gives no answer. Run the same command again." >&2; exit 4; }
}
# Says why, and never what was sent: no answer of the hub holds it.
refused() {
  echo "$1. The hub answers $status: $(cat "$answer")" >&2
  case $status in
    408 | 429 | 5??) echo 'Run the same command again.' >&2; exit 4 ;;
    401 | 403) exit 3 ;;
    *) exit "$2" ;;
  esac
}

# An assertion is good once, for two minutes, and for this hub only.
claims=$(printf '{"iss":"%s","sub":"%s","aud":"%s","exp":%d,"jti":"%s"}' \
  "$CLIENT_ID" "$CLIENT_ID" "$HUB/oauth2/token" $(($(date +%s) + 120)) "$(openssl rand -hex 16)")
unsigned=$(printf '{"alg":"RS256"}' | b64url).$(printf %s "$claims" | b64url)
assertion=$unsigned.$(printf %s "$unsigned" | openssl dgst -sha256 -sign "$KEY_FILE" | b64url)

status=$(ask "$HUB/oauth2/token" \
  -d grant_type=client_credentials \
  -d client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer \
  -d client_assertion="$assertion")
token=$(member access_token)
if [ -z "$token" ]; then refused 'No token' 3; fi

# One key for one referral, kept before it is sent.
[ -s "$file.key" ] || openssl rand -hex 16 >"$file.key"

# The token is read from standard input, so that no list of processes shows it.
status=$(ask --retry-connrefused -K - "$HUB/api/v1/referrals" \
  -H 'Content-Type: application/json' \
  -H "Idempotency-Key: $(cat "$file.key")" \
  --data-binary "@$file" <<<"header = \"Authorization: Bearer $token\"")
reference=$(member reference)
if [ -z "$reference" ]; then refused 'Not sent' 2; fi
echo "$reference"
