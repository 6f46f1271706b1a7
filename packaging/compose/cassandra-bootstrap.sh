#!/bin/sh
# Checks the settings, waits for Cassandra, and creates what is missing there, as the settings say: GeoDB's keyspace and tables
# (INIT_GEODB_SCHEMA), and those of fs-dictmap (DICTMAP_ENABLED, INIT_DICTMAP_SCHEMA). The controller adds the site (INIT_SITE).
#
# Runs in the controller's image, before the controller. Settings: /etc/pombal/pombal.conf, if it is there, and the environment.
# CASSANDRA_BOOTSTRAP_PATIENCE is how many seconds to wait for Cassandra (300). Exit code 0 when GeoDB can be used, 78 if the
# settings are wrong, 69 if Cassandra did not come in time.
set -eu

pombal=${POMBAL:-pombal}
config=${POMBAL_CONFIG:-/etc/pombal/pombal.conf}
patience=${CASSANDRA_BOOTSTRAP_PATIENCE:-300}
pause=${CASSANDRA_BOOTSTRAP_PAUSE:-3}
case $patience in
  '' | *[!0-9]*)
    echo "cassandra-bootstrap.sh: CASSANDRA_BOOTSTRAP_PATIENCE = '$patience' is no number of seconds" >&2
    exit 78
    ;;
esac

# Here already, because a start that waits for Cassandra first would tell late what is wrong.
set --
[ ! -e "$config" ] || set -- --config "$config"
settings=$("$pombal" settings show "$@") || exit
setting() {
  printf '%s\n' "$settings" | awk -v name="$1" '$1 == name { print $3 }'
}
task=status
[ "$(setting INIT_GEODB_SCHEMA)" != yes ] || task=init

began=$(date +%s)
until "$pombal" geodb "$task" "$@"; do
  code=$?
  # Anything else than 'not available' does not get better by waiting.
  [ "$code" -eq 69 ] || exit "$code"
  if [ $(($(date +%s) - began)) -ge "$patience" ]; then
    echo "cassandra-bootstrap.sh: gave up after $patience s: 'pombal geodb $task' did not succeed; its last words are above" >&2
    exit 69
  fi
  sleep "$pause"
done
