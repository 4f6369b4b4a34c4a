{{- /* Given { alive, ready }: the ports that are looked at. */}}
{{- define "sluice.probes" -}}
startupProbe:
  tcpSocket: { port: {{ .alive }} }
  periodSeconds: 2
  failureThreshold: 90
livenessProbe:
  tcpSocket: { port: {{ .alive }} }
  periodSeconds: 30
  failureThreshold: 3
readinessProbe:
  tcpSocket: { port: {{ .ready }} }
  periodSeconds: 5
{{- end }}
