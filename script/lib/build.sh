# shellcheck shell=bash
# Builds the program of a checkout when its sources changed.

# shellcheck source=app/src/main/launcher/java.sh
source "$(dirname "${BASH_SOURCE[0]}")/../../app/src/main/launcher/java.sh"

# Exports JAVA_HOME for a JDK the project is built with, or says what to install and exits.
require_jdk() {
  if ! find_java 17 17 javac; then
    echo "pombal: a JDK 17 is needed to build: neither JAVA_HOME (${JAVA_HOME:-not set}) nor PATH has one." >&2
    echo "pombal: on Debian 12: sudo apt-get install --no-install-recommends openjdk-17-jdk-headless maven" >&2
    exit 69
  fi
  export JAVA_HOME=$java_home
  if ! command -v mvn >/dev/null; then
    echo "pombal: Maven is needed to build. On Debian 12: sudo apt-get install --no-install-recommends maven" >&2
    exit 69
  fi
}

# A line that changes when any file that goes into the program is changed, added or removed.
source_fingerprint() {
  (
    cd "$1" || exit
    # All are patterns, so that what a checkout does not have is left out.
    shopt -s nullglob
    find pom.xml .mvn ./*/pom.xml ./*/src/main ./*/Makefile ./*/src/*.[ch] ./ui*/{src,build.sh,index.html,*.json,*.ts} -type f \
      -not -path '*/generated/*' -printf '%p %s %T@\n' | LC_ALL=C sort | cksum
  )
}

# Builds app/target/pombal in the checkout $1 unless it is there already for these very sources. Of several that come at
# once, one builds and the others wait for it.
build_if_outdated() {
  local root=$1 stamp=$1/app/target/pombal/fingerprint now
  now=$(source_fingerprint "$root")
  is_current "$stamp" "$now" && return
  if ! mkdir -p "$root/build" 2>/dev/null || [[ ! -w $root/build ]]; then
    echo "pombal: $root must be built, and $(id -un) may not write there" >&2
    exit 73
  fi
  (
    flock -n 9 || { echo "pombal: waiting for another build of $root" >&2 && flock 9; }
    now=$(source_fingerprint "$root")
    is_current "$stamp" "$now" || build "$root" "$stamp" "$now"
  ) 9>"$root/build/lock" || exit
}

is_current() {
  local stamp=$1 expected=$2
  [[ -r $stamp && $(<"$stamp") == "$expected" ]]
}

build() {
  local root=$1 stamp=$2 fingerprint=$3 log=$1/build/build.log started=$SECONDS builder
  require_jdk
  # A running Pombal keeps the jars it has open; writing into them would bring it down.
  rm -f "$stamp" "$root"/app/target/pombal/lib/*.jar
  # Cassandra's class path is whatever is in its folder, and its version stands in the root's pom.xml.
  if [[ $root/pom.xml -nt $root/app/target/pombal/lib-cassandra ]]; then
    rm -rf "$root/app/target/pombal/lib-cassandra" "$root/cassandra-runtime/target/lib"
  fi
  mvn --file "$root/pom.xml" --projects app --also-make package \
    -Dmaven.test.skip=true -Dspotless.check.skip=true </dev/null >"$log" 2>&1 9>&- &
  builder=$!
  trap 'kill "$builder" 2>/dev/null; exit 130' INT TERM
  show_progress "$builder" "$started" "$log"
  if ! wait "$builder"; then
    echo "pombal: the build failed; the whole of it is in $log" >&2
    # Maven says each error twice, and then at length how to use Maven. Warnings about our sources are errors too.
    sed -n -e '/\[Help 1\]/q' -e 's/^\[ERROR\] *//p' -e 's|^\[WARNING\] */|/|p' "$log" | awk '!seen[$0]++' | head -n 30 >&2
    exit 70
  fi
  trap - INT TERM
  build_guardian "$root" "$log"
  # Pombal also runs without them, so that they fail is no reason not to.
  POMBAL_HOME=$root/app/target/pombal "$root/app/src/main/launcher/class-archives" >>"$log" 2>&1 9>&- ||
    echo "pombal: it will start slower than it could; why is at the end of $log" >&2
  printf '%s\n' "$fingerprint" >"$stamp"
  echo "pombal: built in $((SECONDS - started)) s" >&2
}

# Who runs no backend needs no guardian, and no C compiler.
build_guardian() {
  local root=$1 log=$2
  [[ -r $root/guardian/Makefile ]] || return 0
  if ! command -v gcc >/dev/null || ! command -v make >/dev/null; then
    echo "pombal: the guardian was not built: gcc and make are missing (script/setup installs them)" >&2
  elif ! make --silent --directory "$root/guardian" >>"$log" 2>&1 9>&-; then
    echo "pombal: building the guardian failed; the end of $log:" >&2
    tail -n 20 "$log" >&2
    exit 70
  else
    mkdir -p "$root/app/target/pombal/sbin"
    # Not over a file that runs.
    cp --remove-destination "$root/guardian/target/pombal-guardian" "$root/app/target/pombal/sbin/"
  fi
}

# On a terminal the line counts the seconds.
show_progress() {
  local builder=$1 started=$2 log=$3
  echo "pombal: building (the first time also downloads libraries); log: $log" >&2
  [[ -t 2 ]] || return 0
  while kill -0 "$builder" 2>/dev/null; do
    printf '\rpombal: building, %d s ' "$((SECONDS - started))" >&2
    sleep 1
  done
  printf '\r\033[K' >&2
}
