{{- /* What things are called. A release "flink" has flink-jobmanager-…, flink-taskmanager-0, flink-rest. */}}

{{- define "sluice.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if .Values.fullnameOverride -}}{{ .Values.fullnameOverride }}
{{- else if .Values.nameOverride -}}{{ printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" }}
{{- else -}}{{ .Release.Name | trunc 40 | trimSuffix "-" }}{{- end -}}
{{- end }}

{{- define "sluice.jobmanager" }}{{ include "sluice.fullname" . }}-jobmanager{{ end }}
{{- define "sluice.taskmanager" }}{{ include "sluice.fullname" . }}-taskmanager{{ end }}
{{- define "sluice.certificates" }}{{ include "sluice.fullname" . }}-certificates{{ end }}

{{- define "sluice.selector" -}}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "sluice.labels" -}}
{{ include "sluice.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- define "sluice.image" -}}
{{ .Values.image.repository }}
{{- if .Values.image.digest }}@{{ .Values.image.digest }}{{ else }}:{{ default .Chart.AppVersion .Values.image.tag }}{{ end }}
{{- end }}

{{- /* Given { root, side }: the Secret that internal or REST TLS is read from. */}}
{{- define "sluice.tlsSecret" -}}
{{- $tls := index .root.Values.tls .side -}}
{{- if eq $tls.source "secret" }}{{ $tls.secretName }}
{{- else if eq $tls.source "generated" }}{{ include "sluice.fullname" .root }}-{{ .side }}-tls-{{ int .root.Values.tls.generated.generation }}
{{- else }}{{ include "sluice.fullname" .root }}-{{ .side }}-tls{{ end -}}
{{- end }}

{{- /* The same for as long as the job is the same one. Another savepoint or run is another job, whose past is not this one's. */}}
{{- define "sluice.jobId" -}}
{{- $job := .Values.job -}}
{{ printf "%s/%s/%s/%d" .Release.Namespace (include "sluice.fullname" .) $job.fromSavepoint (int $job.run) | sha256sum | trunc 32 }}
{{- end }}

{{- define "sluice.clusterConfigMap" }}{{ include "sluice.fullname" . }}-cluster-config-map{{ end }}
{{- define "sluice.jobConfigMap" }}{{ include "sluice.fullname" . }}-{{ include "sluice.jobId" . }}-config-map{{ end }}

{{- define "sluice.claim" -}}
{{ .Values.storage.claim.existing | default (printf "%s-state" (include "sluice.fullname" .)) }}
{{- end }}

{{- /* True where a claim is mounted: state is then kept in files. */}}
{{- define "sluice.hasClaim" }}{{ if not .Values.storage.uri }}true{{ end }}{{ end }}

{{- /* The label of pods that NetworkPolicies let in to the REST API. */}}
{{- define "sluice.restClientLabel" }}{{ include "sluice.fullname" . }}-rest-client{{ end }}
