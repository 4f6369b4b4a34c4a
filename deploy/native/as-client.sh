# as-client.sh PROGRAM [ARGUMENTS]: one of Flink's own programs, with the certificate of the REST side.
set -euo pipefail
umask 077
FLINK_CONF_DIR=$(mktemp -d)
export FLINK_CONF_DIR
cp /opt/flink/conf/* "$FLINK_CONF_DIR"
password=$(</certs/rest/password)
# The pods get this from the client, by a ConfigMap: the paths of the certificate are the same there.
cat >>"$FLINK_CONF_DIR/config.yaml" <<CONF
kubernetes.namespace: $(</var/run/secrets/kubernetes.io/serviceaccount/namespace)
kubernetes.jobmanager.service-account: flink
kubernetes.taskmanager.service-account: flink-taskmanager
kubernetes.pod-template-file.default: /client/pod-template.yaml
kubernetes.rest-service.exposed.type: ClusterIP
# What Sluice sets in the pods. Flink's own default, TLS 1.2, would be refused there.
security.ssl.protocol: TLSv1.3
security.ssl.algorithms: TLS_AES_256_GCM_SHA384,TLS_AES_128_GCM_SHA256
security.ssl.rest.enabled: true
security.ssl.rest.authentication-enabled: true
security.ssl.rest.keystore: /certs/rest/keystore.p12
security.ssl.rest.keystore-type: PKCS12
security.ssl.rest.keystore-password: "$password"
security.ssl.rest.key-password: "$password"
security.ssl.rest.truststore: /certs/rest/truststore.p12
security.ssl.rest.truststore-type: PKCS12
security.ssl.rest.truststore-password: "$password"
CONF
exec "/opt/flink/bin/$1" "${@:2}"
