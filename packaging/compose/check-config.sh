#!/bin/sh
# Checks what can be checked of this folder before a container runs: the executable bits of the scripts, the deployment variables in
# .env, and the lines of controller_config. Whether settings have good values the controller's image says: cassandra-bootstrap
# ends with 78 then.
#
# check-config.sh [FOLDER]   Prints a line for each problem: file, line, name, what is wrong. Exit code 0 if there is none, else 78.
set -eu

folder=${1:-$(dirname "$0")}
reader=10001
problems=$(mktemp)
trap 'rm -f "$problems"' EXIT

for script in cassandra-bootstrap.sh check-config.sh compose.sh; do
  if [ ! -e "$folder/$script" ]; then
    echo "$folder/$script: is missing"
  elif [ ! -x "$folder/$script" ]; then
    echo "$folder/$script: is not executable; chmod +x $folder/$script"
  fi
done >>"$problems"

# Without it everything has its default.
if [ -e "$folder/.env" ]; then
  awk -v file="$folder/.env" '
    function wrong(what) { print file ":" FNR ": " name ": " what }
    function whole(low, high) {
      if (value !~ /^[0-9]+$/ || length(value) > 6 || value + 0 < low || value + 0 > high)
        wrong("'\''" value "'\'' is not a whole number from " low " to " high)
    }
    BEGIN {
      split("CONTROLLER_IMAGE_URL REDIS_IMAGE_URL PROMETHEUS_IMAGE_URL", names, " ")
      for (i in names) type[names[i]] = "image"
      split("CONTROLLER_IMAGE_TAG REDIS_IMAGE_TAG PROMETHEUS_IMAGE_TAG", names, " ")
      for (i in names) type[names[i]] = "tag"
      split("CONTROLLER_API_LOG_LEVEL CONTROLLER_WORKER_LOG_LEVEL CONTROLLER_SCHEDULER_LOG_LEVEL", names, " ")
      for (i in names) type[names[i]] = "level"
      type["CONTROLLER_WORKER_LOW_PRIO_REPLICAS"] = type["CONTROLLER_WORKER_HIGH_PRIO_REPLICAS"] = "workers"
      type["CONTROLLER_REDIS_REPLICAS"] = "redis"
      type["CONTROLLER_API_ADDRESS"] = "address"
      type["CONTROLLER_API_PORT"] = "port"
    }
    { sub(/\r$/, "") }
    /^[ \t]*(#|$)/ { next }
    !/^[A-Za-z_][A-Za-z0-9_]*=/ {
      print file ":" FNR ": a line is NAME=value, without spaces around the sign, and this one is not"
      next
    }
    {
      name = substr($0, 1, index($0, "=") - 1)
      value = substr($0, index($0, "=") + 1)
      if (value ~ /^".*"$/ || value ~ /^'\''.*'\''$/) value = substr(value, 2, length(value) - 2)
      if (name ~ /^(COMPOSE|DOCKER)_/) next
      if (!(name in type)) { wrong("is no deployment variable; settings of the controller belong into controller_config"); next }
      if (name in seen) wrong("is given twice, first on line " seen[name])
      seen[name] = FNR
      if (value == "") next
      if (type[name] == "image" && (value !~ /^[a-z0-9][a-z0-9._:\/-]*$/ || value ~ /:[^\/]*$/))
        wrong("'\''" value "'\'' is no name of an image; its tag is a variable of its own")
      if (type[name] == "tag" && (value !~ /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/ || length(value) > 128))
        wrong("'\''" value "'\'' is no tag of an image")
      if (type[name] == "level" && tolower(value) !~ /^(error|warn|info|debug|trace|warning|critical)$/)
        wrong("'\''" value "'\'' is not one of error, warn, info, debug, trace")
      if (type[name] == "workers") whole(1, 64)
      if (type[name] == "port") whole(1, 65535)
      if (type[name] == "redis" && value !~ /^[01]$/)
        wrong("'\''" value "'\'' is neither 1 nor 0: several would not know of one another and lose tasks")
      if (type[name] == "address" && value !~ /^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$/)
        wrong("'\''" value "'\'' is no IPv4 address")
    }' "$folder/.env" >>"$problems"
fi

config=$folder/controller_config
if [ ! -r "$config" ]; then
  echo "$config: is missing, or may not be read by user $(id -un)" >>"$problems"
else
  case $(stat --dereference --format '%A %g' "$config") in
    ???????r??' '* | ????r?????" $reader") ;;
    *) echo "$config: the containers read it as user and group $reader, and may not; chgrp $reader $config; chmod 640 $config" >>"$problems" ;;
  esac
  awk -v file="$config" '
    { sub(/\r$/, "") }
    /^[ \t]*(#|$)/ { next }
    !/^[ \t]*[A-Za-z][A-Za-z0-9_]*[ \t]*=/ { print file ":" FNR ": a line is NAME = value, and this one is not"; next }
    {
      name = $0; sub(/[ \t]*=.*/, "", name); sub(/^[ \t]*/, "", name)
      value = $0; sub(/^[^=]*=[ \t]*/, "", value)
      if (name in seen) print file ":" FNR ": " name ": is given twice, first on line " seen[name]
      seen[name] = FNR
      if (name ~ /_IMAGE_(URL|TAG)$|_REPLICAS$|^CONTROLLER_API_(ADDRESS|PORT)$/)
        print file ":" FNR ": " name ": is a deployment variable; it belongs into .env"
      if (value == "" && (name == "CLUSTER_SITE" || name == "CASSANDRA_SERVERS")) print file ":" FNR ": " name ": is needed, and empty"
    }
    END {
      if (!("CLUSTER_SITE" in seen) && !("cluster_local_site" in seen)) print file ": CLUSTER_SITE: is needed, and not there"
      if (!("CASSANDRA_SERVERS" in seen)) print file ": CASSANDRA_SERVERS: is needed, and not there"
    }' "$config" >>"$problems"
fi

if [ -s "$problems" ]; then
  cat "$problems" >&2
  exit 78
fi
