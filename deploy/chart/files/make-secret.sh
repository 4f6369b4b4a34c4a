# make-secret.sh SECRET [options of sluice certs]
# Makes a certificate, and stores it as a Secret of this namespace. One that is there already stays.
set -euo pipefail
secret=$1
shift
account=/var/run/secrets/kubernetes.io/serviceaccount
namespace=$(<"$account/namespace")
url=https://kubernetes.default.svc/api/v1/namespaces/$namespace/secrets
ask() {
  # The token comes from a file: it would be seen among the arguments.
  curl -sS --cacert "$account/ca.crt" -H @<(echo "Authorization: Bearer $(<"$account/token")") -w '%{http_code}' "$@"
}

status=$(ask -o /dev/null "$url/$secret")
if [[ $status == 200 ]]; then
  echo "Secret $secret is there already"
  exit 0
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sluice certs --out "$work/certs" "$@"
{
  printf '{"apiVersion":"v1","kind":"Secret","type":"kubernetes.io/tls","metadata":{"name":"%s",' "$secret"
  printf '"labels":{"app.kubernetes.io/instance":"%s"}},"data":{' "$INSTANCE"
  comma=
  for file in tls.crt tls.key ca.crt; do
    printf '%s"%s":"%s"' "$comma" "$file" "$(base64 -w 0 "$work/certs/$file")"
    comma=,
  done
  printf '}}'
} >"$work/secret.json"
status=$(ask -o "$work/answer" -H 'Content-Type: application/json' --data-binary "@$work/secret.json" "$url")
if [[ $status != 201 ]]; then
  echo "Secret $secret could not be created: $status $(<"$work/answer")" >&2
  exit 1
fi
echo "Secret $secret made"
