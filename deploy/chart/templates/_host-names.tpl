{{- /* Given { root, side }: the names in a certificate, separated by commas. */}}
{{- define "sluice.hostNames" -}}
{{- $ns := .root.Release.Namespace -}}
{{- if eq .side "rest" }}
{{- range $name := list (printf "%s-rest" (include "sluice.fullname" .root)) (include "sluice.jobmanager" .root) -}}
{{ $name }},{{ $name }}.{{ $ns }},{{ $name }}.{{ $ns }}.svc,{{ end -}}
localhost,127.0.0.1
{{- else }}
{{- $jm := include "sluice.jobmanager" .root -}}
flink.internal,{{ $jm }},{{ $jm }}.{{ $ns }}.svc,*.{{ include "sluice.taskmanager" .root }}.{{ $ns }}.svc
{{- end }}
{{- end }}
