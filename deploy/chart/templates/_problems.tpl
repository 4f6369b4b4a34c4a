{{- /* What the schema cannot say: values that are right one by one and wrong together. All of them at once, each with what to do. */}}
{{- define "sluice.problems" -}}
{{- $v := .Values }}
{{- if and (eq $v.mode "application") (not $v.job.className) }}
- "job.className: mode application runs one job, and this names its main class: set it, or set mode to session"
{{- end }}
{{- if and (eq $v.mode "session") $v.job.className }}
- "job.className: a session is given its jobs later: set mode to application, or leave job.className out"
{{- end }}
{{- if and (eq $v.mode "session") $v.job.fromSavepoint }}
- "job.fromSavepoint: it is for mode application; a session's job gets it from `flink run --fromSavepoint`"
{{- end }}
{{- if and (eq $v.scheduler "reactive") (eq $v.mode "session") }}
- "scheduler: reactive needs mode application: set adaptive"
{{- end }}
{{- range $side := list "internal" "rest" }}
{{- $tls := index $v.tls $side }}
{{- if and $tls.enabled (eq $tls.source "secret") (not $tls.secretName) }}
- "tls.{{ $side }}.secretName: source secret takes a Secret of yours, and this names it"
{{- end }}
{{- if and $tls.secretName (ne $tls.source "secret") }}
- "tls.{{ $side }}.secretName: it is read with source secret only, and the source is {{ $tls.source }}"
{{- end }}
{{- if and $tls.enabled (eq $tls.source "certManager") (not $tls.issuerName) (not $v.tls.certManager.issuer.name) }}
- "tls.certManager.issuer.name: tls.{{ $side }}.source is certManager: name the Issuer that signs, or tls.{{ $side }}.issuerName"
{{- end }}
{{- if and $tls.issuerName (ne $tls.source "certManager") }}
- "tls.{{ $side }}.issuerName: it is asked with source certManager only, and the source is {{ $tls.source }}"
{{- end }}
{{- end }}
{{- with $v.tls.certManager }}
{{- if ge (.renewBefore | trimSuffix "h" | int) (.duration | trimSuffix "h" | int) }}
- "tls.certManager.renewBefore: {{ .renewBefore }} is not shorter than tls.certManager.duration, {{ .duration }}: cert-manager would refuse it"
{{- end }}
{{- end }}
{{- if and $v.tls.internal.verifyHostname (eq $v.tls.internal.source "generated") }}
- "tls.internal.verifyHostname: the generated certificate is shared and pinned, which is stricter: leave this out, or set source to certManager or secret"
{{- end }}
{{- if and $v.tls.internal.verifyHostname $v.highAvailability.enabled }}
- "tls.internal.verifyHostname: with high availability, JobManagers are known by their IP addresses, which no certificate has: leave one of both out"
{{- end }}
{{- if $v.kerberos.enabled }}
{{- if not $v.kerberos.keytab.secretName }}
- "kerberos.keytab.secretName: name the Secret with the keytab"
{{- end }}
{{- if and (not $v.kerberos.kdc) (not $v.kerberos.krb5ConfConfigMap) }}
- "kerberos.kdc: name the KDCs, or a ConfigMap with a krb5.conf in kerberos.krb5ConfConfigMap"
{{- end }}
{{- end }}
{{- range $service := list "kafka" "hdfs" }}
{{- if and (index $v $service).kerberos (not $v.kerberos.enabled) }}
- "{{ $service }}.kerberos: it needs kerberos.enabled"
{{- end }}
{{- end }}
{{- if and $v.state.sealed.enabled (not $v.state.sealed.keySecret) }}
- "state.sealed.keySecret: name the Secret with the keys that checkpoints are sealed with"
{{- end }}
{{- if and $v.storage.uri $v.storage.claim.existing }}
- "storage.claim.existing: with storage.uri no claim is mounted: leave one of both out"
{{- end }}
{{- if and (not $v.storage.uri) (not $v.storage.claim.create) (not $v.storage.claim.existing) }}
- "storage: checkpoints need a place: set storage.claim.create, storage.claim.existing or storage.uri"
{{- end }}
{{- include "sluice.configurationProblems" . }}
{{- include "sluice.networkProblems" . }}
{{- end }}

{{- /* Ports that Services and policies name, names that the chart chooses, and secrets, which a ConfigMap does not keep. */}}
{{- define "sluice.configurationProblems" -}}
{{- $chosen := list "rest.address" "rest.port" "rest.bind-port" "jobmanager.rpc.port" "blob.server.port" "taskmanager.data.port" "taskmanager.rpc.port" "metrics.internal.query-service.port" "kubernetes.cluster-id" "kubernetes.namespace" }}
{{- range $key, $_ := .Values.flinkConfiguration }}
{{- if has $key $chosen }}
- "flinkConfiguration.{{ $key }}: the chart chooses it, and its other objects depend on it: leave it out"
{{- else if regexMatch "(?i)(password|secret|access.?key|api.?key|account.key|token$|sasl.jaas)" $key }}
- "flinkConfiguration.{{ $key }}: a ConfigMap is no place for a secret: mount one with pods.volumes, and name it in pods.env as FLINK_PROPERTIES_FILE"
{{- end }}
{{- end }}
{{- end }}

{{- define "sluice.networkProblems" -}}
{{- $v := .Values }}
{{- $np := $v.networkPolicy }}
{{- if $np.enabled }}
{{- $onHdfs := hasPrefix "hdfs:" $v.storage.uri }}
{{- $needs := dict
  "kdc" (ternary "kerberos.enabled" "" $v.kerberos.enabled)
  "kafka" (ternary "kafka.bootstrapServers" "" (gt (len $v.kafka.bootstrapServers) 0))
  "hdfs" (ternary "hdfs.defaultFs" (ternary "storage.uri" "" $onHdfs) (ne $v.hdfs.defaultFs ""))
  "search" (ternary "hosts of a search service" "" (gt (add (len $v.elasticsearch.hosts) (len $v.opensearch.hosts)) 0))
  "storage" (ternary "storage.uri" "" (and (ne $v.storage.uri "") (not $onHdfs))) }}
{{- range $name, $because := $needs }}
{{- if and $because (not (hasKey $np.egress $name)) }}
- "networkPolicy.egress.{{ $name }}: {{ $because }} is set, and nothing lets pods out to it: name its addresses, such as { to: [{ ipBlock: { cidr: 192.0.2.0/24 } }] }"
{{- end }}
{{- end }}
{{- range $name, $flow := $np.egress }}
{{- if and (not $flow.ports) (not (hasKey $needs $name)) }}
- "networkPolicy.egress.{{ $name }}.ports: only {{ keys $needs | sortAlpha | join ", " }} have separate ports: name them"
{{- end }}
{{- end }}
{{- if and $v.highAvailability.enabled (not $np.apiServer.to) }}
- "networkPolicy.apiServer.to: high availability asks the API server: name its addresses, which `kubectl get endpointslices -n default -l kubernetes.io/service-name=kubernetes` shows"
{{- end }}
{{- end }}
{{- end }}

{{- define "sluice.refuseProblems" -}}
{{- with include "sluice.problems" . | fromYamlArray }}
{{- fail (printf "%d invalid values:\n  %s\n" (len .) (join "\n  " .)) }}
{{- end }}
{{- end }}
