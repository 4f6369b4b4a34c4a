{{- /* What every pod has in common. */}}

{{- define "sluice.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ .Values.pods.user }}
runAsGroup: {{ .Values.pods.user }}
fsGroup: {{ .Values.pods.user }}
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "sluice.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
privileged: false
capabilities:
  drop:
    - ALL
{{- end }}

{{- /* Given { root, role: jobManager or taskManager }. */}}
{{- define "sluice.resources" -}}
{{- $role := index .root.Values .role -}}
requests:
  cpu: {{ $role.cpu.request | quote }}
  memory: {{ $role.memory }}
  ephemeral-storage: {{ $role.ephemeralStorage }}
limits:
  cpu: {{ $role.cpu.limit | quote }}
  memory: {{ $role.memory }}
  ephemeral-storage: {{ $role.ephemeralStorage }}
{{- end }}

{{- /* Given { root, role }: a change of these restarts pods. Sluice reads configuration and certificates when it starts. */}}
{{- define "sluice.podAnnotations" -}}
checksum/configuration: {{ include "sluice.flinkConfiguration" .root | cat (include "sluice.log4j" .root) | sha256sum }}
# 9999 is the user of Flink's images; a tag is as good as Always where nothing overwrites tags, and a digest is better.
kube-score/ignore: container-security-context-user-group-id,container-image-pull-policy
{{- with (index .root.Values .role).podAnnotations }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- /* Given { root, role }: where a pod may run. */}}
{{- define "sluice.placement" -}}
{{- $role := index .root.Values .role -}}
{{- $selector := dict "matchLabels" (merge (dict "app.kubernetes.io/component" (lower .role)) (include "sluice.selector" .root | fromYaml)) -}}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: {{ .root.Values.pods.topologyKey }}
    whenUnsatisfiable: ScheduleAnyway
    labelSelector: {{- toYaml $selector | nindent 6 }}
affinity:
  podAntiAffinity:
    preferredDuringSchedulingIgnoredDuringExecution:
      - weight: 100
        podAffinityTerm:
          topologyKey: {{ .root.Values.pods.topologyKey }}
          labelSelector: {{- toYaml $selector | nindent 12 }}
tolerations:
  {{- range $taint := list "not-ready" "unreachable" }}
  - key: node.kubernetes.io/{{ $taint }}
    operator: Exists
    effect: NoExecute
    tolerationSeconds: {{ $role.unreachableSeconds }}
  {{- end }}
  {{- with $role.tolerations }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with $role.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $role.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- end }}

{{- define "sluice.podCommon" -}}
enableServiceLinks: false
securityContext: {{- include "sluice.podSecurity" . | nindent 2 }}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- with .Values.pods.hostAliases }}
hostAliases: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "sluice.containerCommon" -}}
image: {{ include "sluice.image" . }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext: {{- include "sluice.containerSecurity" . | nindent 2 }}
{{- end }}
