{{- /* What Flink's high availability keeps in ConfigMaps. */}}

{{- /*
A YAML list of the ConfigMaps in which Flink keeps the leader and the last checkpoint. The chart creates them empty, so that
Flink needs no right to create any: RBAC cannot limit `create` to a name. Helm does not change what Flink writes into them.
*/}}
{{- define "sluice.flinkConfigMaps" -}}
- {{ include "sluice.clusterConfigMap" . }}
{{- if eq .Values.mode "application" }}
- {{ include "sluice.jobConfigMap" . }}
{{- end }}
{{- end }}

{{- define "sluice.leaderAnnotation" }}control-plane.alpha.kubernetes.io/leader{{ end }}

{{- /*
The record of the leader, as JSON. Flink would try to create a ConfigMap without one. A new release gets a record that expired
long ago; an upgrade keeps the current one.
*/}}
{{- define "sluice.leaderRecord" -}}
{{- $expired := dict
  "holderIdentity" ""
  "leaseDuration" 15
  "acquireTime" "2020-01-01T00:00:00.000000Z"
  "renewTime" "2020-01-01T00:00:00.000000Z"
  "leaderTransitions" 0 | toJson -}}
{{- $current := lookup "v1" "ConfigMap" .Release.Namespace (include "sluice.clusterConfigMap" .) | default dict -}}
{{- dig "metadata" "annotations" (include "sluice.leaderAnnotation" .) $expired $current -}}
{{- end }}
