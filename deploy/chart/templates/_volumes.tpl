{{- /* Every Secret that is mounted, as { folder below /certs: Secret }. */}}
{{- define "sluice.secretMounts" -}}
{{- $mounts := dict }}
{{- range $side := list "internal" "rest" }}
{{- if (index $.Values.tls $side).enabled }}
{{- $_ := set $mounts $side (include "sluice.tlsSecret" (dict "root" $ "side" $side)) }}
{{- end }}
{{- end }}
{{- if .Values.kerberos.enabled }}{{ $_ := set $mounts "kerberos" .Values.kerberos.keytab.secretName }}{{ end }}
{{- range $service, $trust := .Values.trust }}
{{- $_ := set $mounts (printf "trust-%s" ($service | replace "_" "-")) $trust.secretName }}
{{- end }}
{{- range $service := list "kafka" "elasticsearch" "opensearch" }}
{{- with (index $.Values $service).password.secretName }}{{ $_ := set $mounts (printf "%s-password" $service) . }}{{ end }}
{{- end }}
{{- with .Values.kafka.clientCertificateSecret }}{{ $_ := set $mounts "kafka-client" . }}{{ end }}
{{- if .Values.state.sealed.enabled }}{{ $_ := set $mounts "sealed-state" .Values.state.sealed.keySecret }}{{ end }}
{{- toYaml $mounts }}
{{- end }}

{{- define "sluice.volumes" -}}
- name: configuration
  configMap:
    name: {{ include "sluice.fullname" . }}-configuration
- name: tmp
  emptyDir: {}
# What is rendered holds keys and passwords: it stays in memory.
- name: run
  emptyDir:
    medium: Memory
    sizeLimit: 32Mi
{{- if include "sluice.hasClaim" . }}
- name: state
  persistentVolumeClaim:
    claimName: {{ include "sluice.claim" . }}
{{- end }}
{{- range $folder, $secret := include "sluice.secretMounts" . | fromYaml }}
- name: {{ $folder }}
  secret:
    secretName: {{ $secret }}
    defaultMode: 0440
{{- end }}
{{- with .Values.kerberos }}
{{- if and .enabled .krb5ConfConfigMap }}
- name: krb5
  configMap:
    name: {{ .krb5ConfConfigMap }}
{{- end }}
{{- end }}
{{- with .Values.pods.volumes }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "sluice.volumeMounts" -}}
- name: configuration
  mountPath: /opt/flink/conf
  readOnly: true
- name: tmp
  mountPath: /tmp
- name: run
  mountPath: /run/sluice
{{- if include "sluice.hasClaim" . }}
- name: state
  mountPath: /flink/state
{{- end }}
{{- range $folder, $_ := include "sluice.secretMounts" . | fromYaml }}
- name: {{ $folder }}
  mountPath: /certs/{{ $folder }}
  readOnly: true
{{- end }}
{{- with .Values.kerberos }}
{{- if and .enabled .krb5ConfConfigMap }}
- name: krb5
  mountPath: /certs/krb5
  readOnly: true
{{- end }}
{{- end }}
{{- with .Values.pods.volumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end }}
