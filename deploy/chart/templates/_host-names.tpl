{{- /* Given { root, side }: the names in a certificate, separated by commas. */}}
{{- define "sluice.hostNames" -}}
{{- $ns := .root.Release.Namespace -}}
{{- $domain := .root.Values.clusterDomain -}}
{{- $jm := include "sluice.jobmanager" .root -}}
{{- if eq .side "rest" }}
{{- range $name := list (printf "%s-rest" (include "sluice.fullname" .root)) $jm -}}
{{ $name }},{{ $name }}.{{ $ns }},{{ $name }}.{{ $ns }}.svc,{{ $name }}.{{ $ns }}.svc.{{ $domain }},{{ end -}}
localhost,127.0.0.1
{{- else }}
{{- /* A TaskManager is asked for by the name that the DNS gives for its address, which is the full one. */}}
{{- $tm := include "sluice.taskmanager" .root -}}
flink.internal,{{ $jm }},{{ $jm }}.{{ $ns }}.svc,*.{{ $tm }}.{{ $ns }}.svc,*.{{ $tm }}.{{ $ns }}.svc.{{ $domain }}
{{- end }}
{{- end }}
