{{- /* The environment of Flink's containers: Sluice's variables, and nothing that is a secret. */}}
{{- define "sluice.environment" -}}
- name: POD_NAME
  valueFrom:
    fieldRef:
      fieldPath: metadata.name
- name: POD_IP
  valueFrom:
    fieldRef:
      fieldPath: status.podIP
- name: SLUICE_RUN_DIR
  value: /run/sluice/flink
{{ include "sluice.tlsEnvironment" . }}
{{- include "sluice.kerberosEnvironment" . }}
{{- include "sluice.trustEnvironment" . }}
{{- include "sluice.serviceEnvironment" . }}
{{- if .Values.state.sealed.enabled }}
- name: SEALED_STATE_ENABLED
  value: "true"
- name: SEALED_STATE_KEY_DIR
  value: /certs/sealed-state
{{- end }}
{{- with .Values.pods.env }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "sluice.tlsEnvironment" -}}
{{- $tls := .Values.tls -}}
- name: FLINK_SSL_INTERNAL_ENABLED
  value: {{ $tls.internal.enabled | quote }}
{{- if $tls.internal.enabled }}
- name: FLINK_SSL_INTERNAL_DIR
  value: /certs/internal
{{- if $tls.internal.verifyHostname }}
- name: FLINK_SSL_INTERNAL_VERIFY_HOSTNAME
  value: "true"
{{- end }}
{{- with $tls.internal.passwordKey }}
- name: FLINK_SSL_INTERNAL_PASSWORD_FILE
  value: /certs/internal/{{ . }}
{{- end }}
{{- end }}
- name: FLINK_SSL_REST_ENABLED
  value: {{ $tls.rest.enabled | quote }}
{{- if $tls.rest.enabled }}
- name: FLINK_SSL_REST_DIR
  value: /certs/rest
- name: FLINK_SSL_REST_AUTHENTICATION_ENABLED
  value: {{ $tls.rest.mutual | quote }}
{{- with $tls.rest.passwordKey }}
- name: FLINK_SSL_REST_PASSWORD_FILE
  value: /certs/rest/{{ . }}
{{- end }}
{{- end }}
{{- end }}

{{- define "sluice.kerberosEnvironment" -}}
{{- with .Values.kerberos }}
{{- if .enabled }}
- name: KERBEROS_ENABLED
  value: "true"
- name: KERBEROS_KEYTAB
  value: /certs/kerberos/{{ .keytab.key }}
{{- if .krb5ConfConfigMap }}
- name: KERBEROS_KRB5_CONF
  value: /certs/krb5/krb5.conf
{{- end }}
{{- include "sluice.variables" (dict
  "KERBEROS_REALM" .realm
  "KERBEROS_KDC" (join "," .kdc)
  "KERBEROS_DOMAIN_REALM" (join "," .domainRealm)
  "KERBEROS_PRINCIPAL" .principal) }}
{{- end }}
{{- end }}
{{- end }}

{{- define "sluice.trustEnvironment" -}}
{{- $known := list "kafka" "elasticsearch" "opensearch" "hdfs" "s3" "schema_registry" }}
{{- $further := list }}
{{- range $service, $_ := .Values.trust }}
{{- if not (has $service $known) }}{{ $further = append $further $service }}{{ end }}
- name: {{ upper $service }}_SSL_ENABLED
  value: "true"
- name: {{ upper $service }}_SSL_CA_DIR
  value: /certs/trust-{{ $service | replace "_" "-" }}
{{- end }}
{{- include "sluice.variables" (dict "TRUST_SERVICES" (join "," $further)) }}
{{- end }}

{{- define "sluice.serviceEnvironment" -}}
{{- with .Values.kafka }}
{{- $lines := list }}
{{- range $key, $value := .properties }}{{ $lines = append $lines (printf "%s=%v" $key $value) }}{{ end }}
{{- include "sluice.variables" (dict
  "KAFKA_BOOTSTRAP_SERVERS" (join "," .bootstrapServers)
  "KAFKA_KERBEROS_ENABLED" (ternary "true" "" .kerberos)
  "KAFKA_SASL_MECHANISM" .saslMechanism
  "KAFKA_SASL_USERNAME" .username
  "KAFKA_SASL_PASSWORD_FILE" (include "sluice.passwordFile" (dict "name" "kafka" "password" .password))
  "KAFKA_SSL_DIR" (ternary "/certs/kafka-client" "" (ne .clientCertificateSecret ""))
  "KAFKA_PROPERTIES" (join "\n" $lines)) }}
{{- end }}
{{- with .Values.hdfs }}
{{- include "sluice.variables" (dict
  "HDFS_DEFAULT_FS" .defaultFs
  "HDFS_NAMENODES" (join "," .namenodes)
  "HDFS_KERBEROS_ENABLED" (ternary "true" "" .kerberos)
  "HDFS_PROTECTION" (ternary .protection "" (ne .defaultFs ""))) }}
{{- end }}
{{- range $service := list "elasticsearch" "opensearch" }}
{{- with index $.Values $service }}
{{- $prefix := upper $service }}
{{- include "sluice.variables" (dict
  (printf "%s_HOSTS" $prefix) (join "," .hosts)
  (printf "%s_USERNAME" $prefix) .username
  (printf "%s_PASSWORD_FILE" $prefix) (include "sluice.passwordFile" (dict "name" $service "password" .password))) }}
{{- end }}
{{- end }}
{{- end }}

{{- /* Given { name, password }: where the password of a service is mounted; nothing without a Secret. */}}
{{- define "sluice.passwordFile" }}{{ if .password.secretName }}/certs/{{ .name }}-password/{{ .password.key }}{{ end }}{{ end }}

{{- /* A line for each variable that has a value. */}}
{{- define "sluice.variables" -}}
{{- range $name, $value := . }}
{{- if $value }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end }}
{{- end }}
