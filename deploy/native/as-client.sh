# as-client.sh PROGRAM [ARGUMENTS]: one of Flink's own programs, with the certificate of the REST side.
# The pods get these options from the client too, by a ConfigMap: the paths are the same there.
set -euo pipefail
program=$1
shift
action=()
if [[ $program == flink ]]; then
  action=("$1")
  shift
fi
password=$(</certs/rest/password)
options=(
  # What Sluice sets in the pods. Flink's own default, TLS 1.2, would be refused there.
  -Dsecurity.ssl.protocol=TLSv1.3
  -Dsecurity.ssl.algorithms=TLS_AES_256_GCM_SHA384,TLS_AES_128_GCM_SHA256
  -Dsecurity.ssl.rest.enabled=true
  -Dsecurity.ssl.rest.authentication-enabled=true
)
for store in keystore truststore; do
  options+=("-Dsecurity.ssl.rest.$store=/certs/rest/$store.p12" "-Dsecurity.ssl.rest.$store-type=PKCS12")
  options+=("-Dsecurity.ssl.rest.$store-password=$password")
done
exec "/opt/flink/bin/$program" "${action[@]}" "${options[@]}" "-Dsecurity.ssl.rest.key-password=$password" "$@"
