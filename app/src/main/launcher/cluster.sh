# shellcheck shell=bash
# Starts the command line 'pombal cluster'. Sourced by the launchers of pombal and doveadm.

# Runs the command line of the installation $1, called by the name $2, with the arguments after these. Does not return.
run_cluster() {
  local home=$1 program=$2 terminals='' columns='' fd
  shift 2
  local jars=("$home"/lib/pombal-cli-*.jar)
  if [[ ! -r ${jars[0]} || ${#jars[@]} -ne 1 ]]; then
    echo "$program: there must be one pombal-cli jar in $home/lib: this is no complete installation (POMBAL_HOME says where it is)" >&2
    exit 69
  fi
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
    columns=$(stty size <&1 2>/dev/null) && columns=${columns#* }
  fi
  local options=(-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData -Xshare:auto -Xmx64m
    -Dpombal.program="$program" -Dpombal.terminal="$terminals" -Dpombal.columns="$columns" -Dfile.encoding=UTF-8)
  # Made by cluster-archive for this very Java; with another Java it is passed over, which costs half a second.
  [[ -r $home/lib/pombal-cli.jsa ]] && options+=(-XX:SharedArchiveFile="$home/lib/pombal-cli.jsa" -Xlog:disable -Xlog:all=error:stderr)
  local given
  read -ra given <<<"${POMBAL_JAVA_OPTIONS:-}"
  # Java reads its arguments in the locale's encoding, and a name that is not ASCII must not change on its way.
  # shellcheck disable=SC2154 # find_java sets java_home
  LC_ALL=C.UTF-8 exec "$java_home/bin/java" "${options[@]}" "${given[@]}" -cp "${jars[0]}" org.pombal.cli.Main "$@"
}
