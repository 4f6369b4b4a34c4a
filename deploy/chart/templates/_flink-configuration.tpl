{{- /* Flink's configuration as YAML: what the chart sets, and flinkConfiguration over it. */}}
{{- define "sluice.flinkConfiguration" -}}
{{- $storage := default "file:///flink/state" .Values.storage.uri | trimSuffix "/" | printf "%s%s" (ternary "sealed+" "" .Values.state.sealed.enabled) -}}
{{- $set := dict
  "rest.address" (printf "%s-rest" (include "sluice.fullname" .))
  "rest.bind-address" "0.0.0.0"
  "jobmanager.bind-host" "0.0.0.0"
  "jobmanager.rpc.port" 6123
  "blob.server.port" 6124
  "taskmanager.bind-host" "0.0.0.0"
  "taskmanager.data.port" 6121
  "taskmanager.rpc.port" 6122
  "metrics.internal.query-service.port" 6126
  "jobmanager.memory.process.size" (include "sluice.flinkMemory" .Values.jobManager.memory)
  "taskmanager.memory.process.size" (include "sluice.flinkMemory" .Values.taskManager.memory)
  "taskmanager.numberOfTaskSlots" (int .Values.taskManager.slots)
  "parallelism.default" (int .Values.job.parallelism)
  "state.backend.type" .Values.state.backend
  "execution.checkpointing.interval" .Values.state.checkpointInterval
  "execution.checkpointing.storage" "filesystem"
  "execution.checkpointing.dir" (printf "%s/checkpoints" $storage)
  "execution.checkpointing.savepoint-dir" (printf "%s/savepoints" $storage)
  "execution.checkpointing.externalized-checkpoint-retention" "RETAIN_ON_CANCELLATION"
  "execution.shutdown-on-application-finish" false
  "web.submit.enable" (eq .Values.mode "session")
  "env.java.default-opts.all" (include "sluice.javaOptions" .)
  "jobmanager.scheduler" (ternary "default" "adaptive" (eq .Values.scheduler "default"))
-}}
{{- if eq .Values.state.backend "rocksdb" }}
{{- $_ := set $set "execution.checkpointing.incremental" true }}
{{- end }}
{{- if eq .Values.scheduler "reactive" }}
{{- $_ := set $set "scheduler-mode" "reactive" }}
{{- end }}
{{- if .Values.highAvailability.enabled }}
{{- $_ := merge $set (dict
  "high-availability.type" "kubernetes"
  "high-availability.storageDir" (printf "%s/high-availability" $storage)
  "job-result-store.delete-on-commit" false
  "execution.submit-failed-job-on-application-error" true
  "kubernetes.cluster-id" (include "sluice.fullname" .)
  "kubernetes.namespace" .Release.Namespace) }}
{{- end }}
{{- toYaml (mergeOverwrite $set (deepCopy .Values.flinkConfiguration)) }}
{{- end }}

{{- /* What Flink reaches into of the JDK. Its own config.yaml has this, and the ConfigMap takes that one's place. */}}
{{- define "sluice.javaOptions" -}}
{{- /* Else a container that starts again in its pod, and the JobManager that looks for the one before, may meet half-way, each
       with a connection that the other does not read: Pekko discards what comes, and Flink gives up after five minutes. */}}
{{- $options := list "-Dpekko.remote.classic.use-passive-connections=off" }}
{{- $exported := list "java.base/sun.net.util" "java.rmi/sun.rmi.registry" "java.security.jgss/sun.security.krb5" }}
{{- range list "api" "file" "parser" "tree" "util" }}
{{- $exported = append $exported (printf "jdk.compiler/com.sun.tools.javac.%s" .) }}
{{- end }}
{{- range $exported }}{{ $options = append $options (printf "--add-exports=%s=ALL-UNNAMED" .) }}{{ end }}
{{- range list "java.io" "java.lang" "java.lang.reflect" "java.net" "java.nio" "java.text" "java.time" "java.util" "java.util.concurrent" "java.util.concurrent.atomic" "java.util.concurrent.locks" "sun.nio.ch" }}
{{- $options = append $options (printf "--add-opens=java.base/%s=ALL-UNNAMED" .) }}
{{- end }}
{{- join " " $options }}
{{- end }}

{{- /* Kubernetes' 1728Mi is Flink's 1728m. */}}
{{- define "sluice.flinkMemory" }}{{ . | replace "Mi" "m" | replace "Gi" "g" }}{{ end }}

{{- /* Log4j 2 to the console alone: the root file system is read-only, and the kubelet keeps what is written. */}}
{{- define "sluice.log4j" -}}
rootLogger.level = {{ .Values.logging.level }}
rootLogger.appenderRef.console.ref = console
appender.console.name = console
appender.console.type = CONSOLE
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d{ISO8601} %-5p %c - %m%n
{{- range $name, $level := .Values.logging.loggers }}
{{- $id := $name | replace "." "_" }}
logger.{{ $id }}.name = {{ $name }}
logger.{{ $id }}.level = {{ $level }}
{{- end }}
{{- end }}
