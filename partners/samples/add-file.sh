#!/usr/bin/env bash
# Adds a file to a referral of yours, in parts: bash add-file.sh MASH-7K3F-9QXT body-map.pdf application/pdf "Who adds it"
# HUB, CLIENT_ID and KEY_FILE (an RSA key) must be set. Run it again with the same file when no answer comes.
set -euo pipefail
: "${HUB:?must be set}" "${CLIENT_ID:?must be set}" "${KEY_FILE:?must be set}"
reference=${1:?names the referral} file=${2:?names the file} type=${3:?says what the file is} who=${4:?says who adds it}
[ -r "$file" ] || { echo "$file cannot be read." >&2; exit 2; }

b64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
member() { sed -n 's/.*"'"$1"'":"\{0,1\}\([^",}]*\).*/\1/p' "$answer"; }

answer=$(mktemp) part=$(mktemp)
trap 'rm -f "$answer" "$part"' EXIT
# Writes the status, and leaves the answer in its file. --retry waits as long as Retry-After says.
ask() {
  curl -sS --retry 3 --max-time 60 -o "$answer" -w '%{http_code}' "$@" ||
    { echo "$HUB gives no answer. Run the same command again." >&2; exit 4; }
}
# The token is read from standard input, so that no list of processes shows it.
ask_with_token() { ask --retry-connrefused -K - "$@" <<<"header = \"Authorization: Bearer $token\""; }
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

# One key for one file, kept before it is sent.
[ -s "$file.key" ] || openssl rand -hex 16 >"$file.key"
files=$HUB/api/v1/referrals/$reference/attachments
said=$(printf '{"name":"%s","mediaType":"%s","size":%d,"sha256":"%s","saidBy":"%s"}' "$(basename "$file" | tr -d '"\\')" \
  "$type" "$(wc -c <"$file")" "$(openssl dgst -sha256 -r "$file" | cut -d' ' -f1)" "$who")
status=$(ask_with_token "$files" -H 'Content-Type: application/json' -H "Idempotency-Key: $(cat "$file.key")" -d "$said")
id=$(member id) size=$(member partSize) parts=$(member parts)
if [ -z "$parts" ]; then refused 'Not begun' 2; fi

for number in $(seq "$parts"); do
  dd if="$file" of="$part" bs="$size" skip=$((number - 1)) count=1 status=none
  status=$(ask_with_token -X PUT "$files/$id/parts/$number" -H 'Content-Type: application/octet-stream' --data-binary "@$part")
  # One that is completed takes no part: the file was sent before.
  if grep -q attachment-completed "$answer"; then break; fi
  if [ "$status" != 204 ]; then refused 'Not sent' 2; fi
done
status=$(ask_with_token -X POST "$files/$id/completion")
state=$(member state)
if [ -z "$state" ]; then refused 'Not added' 2; fi
echo "$state"
