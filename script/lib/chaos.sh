# shellcheck shell=bash
# Builds what script/chaos runs; needs lib/build.sh.

# Builds the module and its recorder in the checkout $1 unless they are there for these very sources.
build_chaos() {
  local root=$1 stamp=$1/chaos/target/fingerprint now
  now=$(source_fingerprint "$root")
  is_current "$stamp" "$now" && return
  mvn --quiet --file "$root/pom.xml" --projects chaos --also-make package \
    -Dmaven.test.skip=true -Dspotless.check.skip=true </dev/null >&2
  gcc -std=c17 -O2 -Wall -Wextra -Werror -o "$root/chaos/target/recorder" "$root/chaos/src/main/c/recorder.c"
  printf '%s\n' "$now" >"$stamp"
}
