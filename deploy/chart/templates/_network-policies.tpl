{{- /* Peers and ports of NetworkPolicies. */}}

{{- /* Given { root, component }: selects the pods of one component of this release. */}}
{{- define "sluice.componentSelector" -}}
podSelector:
  matchLabels: {{- include "sluice.selector" .root | nindent 4 }}
    app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- /* Given a list of port numbers. */}}
{{- define "sluice.tcpPorts" -}}
{{- range . }}
- port: {{ . }}
{{- end }}
{{- end }}

{{- /* The peers that may call the REST API. */}}
{{- define "sluice.restClients" -}}
{{- with .Values.networkPolicy.restClients }}
{{- toYaml . }}
{{- else -}}
- podSelector:
    matchLabels:
      {{ include "sluice.restClientLabel" . }}: "true"
{{- end }}
{{- end }}

{{- /* An egress rule to the API server. */}}
{{- define "sluice.toApiServer" -}}
- to: {{- toYaml .Values.networkPolicy.apiServer.to | nindent 4 }}
  ports: {{- include "sluice.tcpPorts" .Values.networkPolicy.apiServer.ports | nindent 4 }}
{{- end }}

{{- /* An egress rule to the cluster's DNS. */}}
{{- define "sluice.toDns" -}}
{{- with .Values.networkPolicy.dns -}}
- to:
    - namespaceSelector:
        matchLabels: {{- toYaml .namespaceLabels | nindent 10 }}
      podSelector:
        matchLabels: {{- toYaml .podLabels | nindent 10 }}
  ports:
    {{- range .ports }}
    - port: {{ . }}
      protocol: UDP
    - port: {{ . }}
      protocol: TCP
    {{- end }}
{{- end }}
{{- end }}

{{- /* Given a key of networkPolicy.egress: the ports of that service. */}}
{{- define "sluice.defaultPorts" -}}
{{- $ports := dict
  "kdc" (list (dict "port" 88 "protocol" "UDP") (dict "port" 88 "protocol" "TCP"))
  "kafka" (list (dict "port" 9093))
  "hdfs" (list (dict "port" 8020) (dict "port" 9866))
  "search" (list (dict "port" 9200))
  "storage" (list (dict "port" 443)) -}}
{{- toYaml (index $ports .) }}
{{- end }}
