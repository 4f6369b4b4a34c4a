{{- /* The arguments of a JobManager's container. */}}
{{- define "sluice.jobManagerArguments" -}}
{{- if eq .Values.mode "session" -}}
- jobmanager
{{- else -}}
- standalone-job
- --job-classname
- {{ .Values.job.className | quote }}
- --job-id
- {{ include "sluice.jobId" . | quote }}
{{- with .Values.job.fromSavepoint }}
- --fromSavepoint
- {{ . | quote }}
{{- end }}
{{- if .Values.job.allowNonRestoredState }}
- --allowNonRestoredState
{{- end }}
{{- range .Values.job.args }}
- {{ . | quote }}
{{- end }}
{{- end }}
{{- end }}
