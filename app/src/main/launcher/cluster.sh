# shellcheck shell=bash
# Starts the command line 'pombal cluster', a program of its own, because it must start quickly. Sourced by the launchers of
# pombal and doveadm, after java.sh and archive.sh.

# Sets cluster_jar to the one in $home, or says as program $1 that it is missing, and exits.
find_cluster_jar() {
  local jars=("$home"/lib/pombal-cli-*.jar)
  if [[ ! -r ${jars[0]} || ${#jars[@]} -ne 1 ]]; then
    echo "$1: there must be one $home/lib/pombal-cli-*.jar: this is no complete installation (POMBAL_HOME says where it is)" >&2
    exit 69
  fi
  cluster_jar=${jars[0]}
}

# Runs the command line of the installation in $home, called by the name $1, with the arguments after it. Does not return.
run_cluster() {
  local program=$1 terminals='' columns='' fd given
  shift
  find_cluster_jar "$program"
  if ! find_java 17 99 java; then
    echo "$program: Java 17 or newer is needed: neither JAVA_HOME (${JAVA_HOME:-not set}) nor PATH has one." >&2
    echo "$program: on Debian 12: sudo apt-get install --no-install-recommends openjdk-17-jre-headless" >&2
    exit 69
  fi
  # What Java does not find out by itself.
  for fd in 0 1 2; do
    [[ -t $fd ]] && terminals+=$fd
  done
  if [[ $terminals == *1* ]]; then
    # By way of 3, because 1 is another thing within $().
    { columns=$(stty size <&3 2>/dev/null) && columns=${columns#* }; } 3>&1
  fi
  local options=(-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData -Xshare:auto -Xmx64m -Dfile.encoding=UTF-8
    -Dpombal.program="$program" -Dpombal.terminal="$terminals" -Dpombal.columns="$columns")
  find_archive cluster
  # shellcheck disable=SC2154 # find_archive sets archive
  if [[ $archive -nt $cluster_jar ]]; then
    options+=(-XX:SharedArchiveFile="$archive" "-Xlog:cds*=off" -Xlog:class+path=off)
  fi
  read -ra given <<<"${POMBAL_JAVA_OPTIONS:-}"
  # Java reads its arguments in the locale's encoding, and a name that is not ASCII must not change on its way.
  # shellcheck disable=SC2154 # find_java sets java_home
  LC_ALL=C.UTF-8 exec "$java_home/bin/java" "${options[@]}" "${given[@]}" -cp "$cluster_jar" org.pombal.cli.Main "$@"
}
