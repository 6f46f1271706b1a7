{{- define "pombal.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 40 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "pombal.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{ include "pombal.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: pombal
{{- end }}

{{- define "pombal.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "pombal.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{/* The settings of every part, as environment variables: a change of one makes new pods. */}}
{{- define "pombal.env" -}}
{{- $cassandra := .Values.global.cassandra -}}
- {name: CLUSTER_SITE, value: {{ .Values.global.site | quote }}}
- {name: DOMAIN, value: {{ .Values.global.domain | quote }}}
- {name: CASSANDRA_SERVERS, value: {{ join "," $cassandra.servers | quote }}}
- {name: CASSANDRA_PORT, value: {{ $cassandra.port | toString | quote }}}
- {name: CASSANDRA_LOCAL_DC, value: {{ $cassandra.localDc | quote }}}
- {name: CASSANDRA_GEODB_KEYSPACE, value: {{ $cassandra.keyspace | quote }}}
{{- with $cassandra.replication }}
{{- $pairs := list }}
{{- range $name, $copies := . }}{{ $pairs = append $pairs (printf "%s:%d" $name (int $copies)) }}{{ end }}
- {name: CASSANDRA_DATACENTER_REPLICATIONFACTOR, value: {{ join "," $pairs | quote }}}
{{- end }}
{{- with $cassandra.credentialsSecret }}
- {name: CASSANDRA_USERNAME, valueFrom: {secretKeyRef: {name: {{ . | quote }}, key: username}}}
- {name: CASSANDRA_PASSWORD, valueFrom: {secretKeyRef: {name: {{ . | quote }}, key: password}}}
{{- end }}
{{- if $cassandra.tls.enabled }}
- {name: CASSANDRA_TLS_ENABLED, value: "yes"}
{{- if $cassandra.tls.caSecret }}
- {name: CASSANDRA_TLS_CA_FILE, value: /etc/pombal/cassandra/ca.crt}
{{- end }}
{{- end }}
- {name: INIT_GEODB_SCHEMA, value: {{ ternary "yes" "no" .Values.init.geodbSchema | quote }}}
- {name: INIT_SITE, value: {{ ternary "yes" "no" .Values.init.site | quote }}}
- {name: DICTMAP_ENABLED, value: {{ ternary "yes" "no" .Values.dictmap.enabled | quote }}}
- {name: CASSANDRA_DICTMAP_KEYSPACE, value: {{ .Values.dictmap.keyspace | quote }}}
{{- if .Values.redis.enabled }}
- {name: CELERY_BROKER_URL, value: {{ printf "redis://%s-redis:6379/0" (include "pombal.name" .) | quote }}}
{{- else if .Values.redis.url }}
- {name: CELERY_BROKER_URL, value: {{ .Values.redis.url | quote }}}
{{- end }}
{{- if .Values.prometheus.enabled }}
- {name: PROMETHEUS_URL, value: {{ printf "http://%s-prometheus:9090" (include "pombal.name" .) | quote }}}
{{- else if .Values.prometheus.url }}
- {name: PROMETHEUS_URL, value: {{ .Values.prometheus.url | quote }}}
{{- end }}
{{- range $name, $value := .Values.settings }}
- {name: {{ $name | quote }}, value: {{ $value | toString | quote }}}
{{- end }}
{{- range $name, $from := .Values.secretSettings }}
- {name: {{ $name | quote }}, valueFrom: {secretKeyRef: {name: {{ $from.secret | quote }}, key: {{ $from.key | quote }}}}}
{{- end }}
{{- end }}

{{- define "pombal.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "pombal.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}

{{- define "pombal.placement" -}}
{{- with .Values.global.imagePullSecrets }}
imagePullSecrets:
{{- range . }}
  - name: {{ . | quote }}
{{- end }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . | quote }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "pombal.mounts" -}}
- {name: tmp, mountPath: /tmp}
{{- if .Values.global.cassandra.tls.caSecret }}
- {name: cassandra-ca, mountPath: /etc/pombal/cassandra, readOnly: true}
{{- end }}
{{- end }}

{{- define "pombal.volumes" -}}
- {name: tmp, emptyDir: {}}
{{- with .Values.global.cassandra.tls.caSecret }}
- {name: cassandra-ca, secret: {secretName: {{ . | quote }}}}
{{- end }}
{{- end }}
