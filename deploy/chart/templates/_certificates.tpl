{{- /* The certificates that a Job of this release makes before Flink starts. */}}

{{- /* A YAML list of the sides, internal and rest, whose certificate is generated. */}}
{{- define "sluice.generatedSides" -}}
{{- range $side := list "internal" "rest" }}
{{- $tls := index $.Values.tls $side }}
{{- if and $tls.enabled (eq $tls.source "generated") }}
- {{ $side }}
{{- end }}
{{- end }}
{{- end }}

{{- /* Given a weight. Helm deletes the object when the Job is done: nothing that can create Secrets stays. */}}
{{- define "sluice.hook" -}}
helm.sh/hook: pre-install,pre-upgrade
helm.sh/hook-weight: {{ . | quote }}
helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
{{- end }}
