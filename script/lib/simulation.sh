# shellcheck shell=bash
# Builds what script/simulate and script/decisions run; needs lib/build.sh.

# Builds the module in the checkout $1 unless it is there for these very sources, and sets simulation_class_path.
build_simulation() {
  local root=$1 stamp=$1/simulation/target/fingerprint now
  require_jdk
  now=$(source_fingerprint "$root")
  if ! is_current "$stamp" "$now"; then
    mvn --quiet --file "$root/pom.xml" --projects simulation --also-make process-classes \
      -Dmaven.test.skip=true -Dspotless.check.skip=true </dev/null >&2
    printf '%s\n' "$now" >"$stamp"
  fi
  # shellcheck disable=SC2034 # used by those who source this
  simulation_class_path="$root/simulation/target/classes:$root/model/target/classes:$root/geodb/target/classes:$root/simulation/target/lib/*"
}
