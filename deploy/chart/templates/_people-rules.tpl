{{- /* Rules of the three roles for people. */}}

{{- /* Sees objects and logs. No Secrets. */}}
{{- define "sluice.viewerRules" -}}
- apiGroups:
    - ""
  resources:
    - pods
    - services
    - endpoints
    - events
    - persistentvolumeclaims
  verbs:
    - get
    - list
    - watch
- apiGroups:
    - ""
  resources:
    - pods/log
  verbs:
    - get
- apiGroups:
    - ""
  resources:
    - configmaps
  resourceNames:
    - {{ include "sluice.fullname" . }}-configuration
  verbs:
    - get
- apiGroups:
    - apps
  resources:
    - deployments
    - statefulsets
    - replicasets
  verbs:
    - get
    - list
    - watch
- apiGroups:
    - networking.k8s.io
  resources:
    - networkpolicies
  verbs:
    - get
    - list
    - watch
- apiGroups:
    - policy
  resources:
    - poddisruptionbudgets
  verbs:
    - get
    - list
    - watch
- apiGroups:
    - discovery.k8s.io
  resources:
    - endpointslices
  verbs:
    - get
    - list
    - watch
{{- end }}

{{- /*
Restarts and scales as well. `patch deployments`, which `rollout restart` needs, is missing: users who can change a pod template
can mount every Secret of the namespace into it. To restart, delete the pod.
*/}}
{{- define "sluice.operatorRules" -}}
{{ include "sluice.viewerRules" . }}
- apiGroups:
    - ""
  resources:
    - pods
  verbs:
    - delete
- apiGroups:
    - ""
  resources:
    - pods/eviction
  verbs:
    - create
- apiGroups:
    - apps
  resources:
    - statefulsets/scale
  resourceNames:
    - {{ include "sluice.taskmanager" . }}
  verbs:
    - get
    - update
    - patch
{{- end }}

{{- /* Installs and upgrades releases, whose records are Secrets, and runs commands in pods. Limited to the namespace. */}}
{{- define "sluice.adminRules" -}}
- apiGroups:
    - ""
  resources:
    - pods
    - services
    - endpoints
    - events
    - configmaps
    - secrets
    - serviceaccounts
    - persistentvolumeclaims
  verbs: {{- include "sluice.allVerbs" . | nindent 4 }}
- apiGroups:
    - ""
  resources:
    - pods/log
  verbs:
    - get
- apiGroups:
    - ""
  resources:
    - pods/exec
    - pods/portforward
    - pods/eviction
  verbs:
    - get
    - create
- apiGroups:
    - apps
  resources:
    - deployments
    - deployments/scale
    - statefulsets
    - statefulsets/scale
    - replicasets
  verbs: {{- include "sluice.allVerbs" . | nindent 4 }}
- apiGroups:
    - batch
  resources:
    - jobs
  verbs: {{- include "sluice.allVerbs" . | nindent 4 }}
- apiGroups:
    - networking.k8s.io
  resources:
    - networkpolicies
  verbs: {{- include "sluice.allVerbs" . | nindent 4 }}
- apiGroups:
    - policy
  resources:
    - poddisruptionbudgets
  verbs: {{- include "sluice.allVerbs" . | nindent 4 }}
- apiGroups:
    - discovery.k8s.io
  resources:
    - endpointslices
  verbs:
    - get
    - list
    - watch
# Without escalate and bind: nobody can grant more than they have.
- apiGroups:
    - rbac.authorization.k8s.io
  resources:
    - roles
    - rolebindings
  verbs: {{- include "sluice.allVerbs" . | nindent 4 }}
- apiGroups:
    - cert-manager.io
  resources:
    - certificates
  verbs: {{- include "sluice.allVerbs" . | nindent 4 }}
{{- end }}

{{- define "sluice.allVerbs" -}}
- get
- list
- watch
- create
- update
- patch
- delete
- deletecollection
{{- end }}
