#!/usr/bin/env bash
# Adds a file to a referral of yours, in parts: bash add-file.sh MASH-7K3F-9QXT body-map.pdf application/pdf "Who adds it"
# HUB, CLIENT_ID and KEY_FILE (an RSA key) must be set. Run it again with the same file when no answer comes.
set -euo pipefail
reference=$1 file=$2 type=$3 who=$4

b64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
member() { sed -n 's/.*"'"$1"'":"\{0,1\}\([^",}]*\).*/\1/p'; }

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

# The token is read from standard input, so that no list of processes shows it. --retry waits as long as Retry-After says.
ask() { curl -sS --retry 3 --retry-connrefused -K - "$@" <<<"header = \"Authorization: Bearer $token\""; }

# One key for one file, kept before it is sent.
[ -s "$file.key" ] || openssl rand -hex 16 >"$file.key"
files=$HUB/api/v1/referrals/$reference/attachments
said=$(printf '{"name":"%s","mediaType":"%s","size":%d,"sha256":"%s","saidBy":"%s"}' "$(basename "$file" | tr -d '"\\')" \
  "$type" "$(wc -c <"$file")" "$(openssl dgst -sha256 -r "$file" | cut -d' ' -f1)" "$who")
begun=$(ask "$files" -H 'Content-Type: application/json' -H "Idempotency-Key: $(cat "$file.key")" -d "$said")
id=$(member id <<<"$begun") size=$(member partSize <<<"$begun") parts=$(member parts <<<"$begun")
if [ -z "$parts" ]; then echo "Not begun: $begun" >&2; exit 2; fi

part=$(mktemp)
trap 'rm -f "$part"' EXIT
for number in $(seq "$parts"); do
  dd if="$file" of="$part" bs="$size" skip=$((number - 1)) count=1 status=none
  answer=$(ask -X PUT "$files/$id/parts/$number" -H 'Content-Type: application/octet-stream' --data-binary "@$part")
  # One that is completed takes no part: the file was sent before.
  if [ -n "$answer" ]; then
    case $answer in *attachment-completed*) break ;; *) echo "Not sent: $answer" >&2; exit 2 ;; esac
  fi
done
answer=$(ask -X POST "$files/$id/completion")
state=$(member state <<<"$answer")
if [ -z "$state" ]; then echo "Not added: $answer" >&2; exit 2; fi
echo "$state"
