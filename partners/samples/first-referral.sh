#!/usr/bin/env bash
# Sends the referral of a file, and writes its reference: bash first-referral.sh referral.json
# HUB, CLIENT_ID and KEY_FILE (an RSA key) must be set. Run it again with the same file when no answer comes.
set -euo pipefail
file=$1

b64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
member() { sed -n 's/.*"'"$1"'":"\([^"]*\)".*/\1/p'; }

# An assertion is good once, for two minutes, and for this hub only.
claims=$(printf '{"iss":"%s","sub":"%s","aud":"%s","exp":%d,"jti":"%s"}' \
  "$CLIENT_ID" "$CLIENT_ID" "$HUB/oauth2/token" $(($(date +%s) + 120)) "$(openssl rand -hex 16)")
unsigned=$(printf '{"alg":"RS256"}' | b64url).$(printf %s "$claims" | b64url)
assertion=$unsigned.$(printf %s "$unsigned" | openssl dgst -sha256 -sign "$KEY_FILE" | b64url)

answer=$(curl -sS --retry 3 "$HUB/oauth2/token" \
  -d grant_type=client_credentials \
  -d client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer \
  -d client_assertion="$assertion")
token=$(member access_token <<<"$answer")
if [ -z "$token" ]; then echo "No token: $answer" >&2; exit 3; fi

# One key for one referral, kept before it is sent.
[ -s "$file.key" ] || openssl rand -hex 16 >"$file.key"

# The token is read from standard input, so that no list of processes shows it. --retry waits as long as Retry-After says.
answer=$(curl -sS --retry 3 --retry-connrefused -K - "$HUB/api/v1/referrals" \
  -H 'Content-Type: application/json' \
  -H "Idempotency-Key: $(cat "$file.key")" \
  --data-binary "@$file" <<<"header = \"Authorization: Bearer $token\"")
reference=$(member reference <<<"$answer")
if [ -z "$reference" ]; then echo "Not sent: $answer" >&2; exit 2; fi
echo "$reference"
