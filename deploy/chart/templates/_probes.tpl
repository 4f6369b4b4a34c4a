{{- /* Given jobmanager or taskmanager. Liveness also fails when a newer certificate is mounted than the one in use. */}}
{{- define "sluice.probes" -}}
startupProbe:
  exec:
    command:
      - sluice
      - health
      - {{ . }}
      - --startup
      - --timeout=9s
  timeoutSeconds: 10
  periodSeconds: 3
  failureThreshold: 100
livenessProbe:
  exec:
    command:
      - sluice
      - health
      - {{ . }}
      - --liveness
      - --timeout=29s
  # A node may be busy for a while; a restart would make it busier.
  timeoutSeconds: 30
  periodSeconds: 30
  failureThreshold: 3
# While certificates change, a new JobManager cannot ask the old one that leads: were it not ready, the old one would stay.
readinessProbe:
  exec:
    command:
      - sluice
      - health
      - {{ . }}
      - {{ ternary "--startup" "--readiness" (eq . "jobmanager") }}
      - --timeout=9s
  timeoutSeconds: 10
  periodSeconds: 10
{{- end }}
