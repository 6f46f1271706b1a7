# shellcheck shell=bash
# The suites that are not Maven's. Each is a function that prints what it does, sets suite_tests and suite_failed, and fails
# if anything failed.

suite_rows=()
suite_tests=0 suite_failed=0

# Runs the suite named $1, which is the function $1_suite, and keeps its row for print_suites.
run_suite() {
  local name=$1 began=$SECONDS status=0
  echo "== $name"
  suite_tests=0 suite_failed=0
  "${name}_suite" || status=$?
  ((status == 0 || suite_failed > 0)) || suite_failed=1
  suite_rows+=("$name $suite_tests $suite_failed 0 $((SECONDS - began))")
  return "$status"
}

behind='' behind_folder=''

# Starts the suites named, one after the other, on what processor time everything else leaves: for suites that only compute and take no
# notice of the clock. A process group of its own, so that end_behind reaches all of it.
start_behind() {
  behind_folder=$(mktemp -d)
  set -m
  (
    chrt --idle --pid 0 "$BASHPID"
    local name
    for name in "$@"; do
      run_suite "$name" || echo "$name" >>"$behind_folder/failed"
      printf '%s\n' "${suite_rows[-1]}" >>"$behind_folder/rows"
    done
  ) >"$behind_folder/output" 2>&1 &
  behind=$!
  set +m
}

# Waits for the suites behind, prints what they printed, keeps their rows, and adds the names of those that failed to the array failed.
finish_behind() {
  local lines=()
  wait "$behind" || failed+=("suites behind others")
  behind=''
  cat "$behind_folder/output"
  mapfile -t lines < <(cat "$behind_folder/rows")
  suite_rows+=("${lines[@]}")
  mapfile -t lines < <(cat "$behind_folder/failed" 2>/dev/null)
  failed+=("${lines[@]}")
  rm -rf "$behind_folder"
}

# Ends the suites behind, if they still run.
end_behind() {
  [[ -z $behind ]] || kill -- "-$behind" 2>/dev/null || true
}

# The header of the table, and a line for each suite that was run here: tests, failed, skipped, seconds.
print_suites() {
  printf '%-14s %7s %7s %8s %9s\n' suite tests failed skipped seconds
  local row
  for row in "${suite_rows[@]}"; do
    # shellcheck disable=SC2086 # a name and four numbers
    printf '%-14s %7d %7d %8d %9.1f\n' $row
  done
}

shell_suite() {
  local scripts
  mapfile -t scripts < <(shell_scripts)
  suite_tests=${#scripts[@]}
  shellcheck --external-sources "${scripts[@]}"
}

# What Prometheus records and tells, as its own tool computes it.
rules_suite() {
  local rules=packaging/prometheus
  suite_tests=$(cat "$rules"/*.test.yml | grep -c '^  - name: ')
  promtool test rules "$rules"/*.test.yml && promtool check config --syntax-only "$rules/prometheus.example.yml"
}

spec_suite() {
  local lines status=0
  lines=$(mktemp)
  script/spec | tee "$lines" || status=$?
  suite_tests=$(grep -cE ' (holds|faulty) ' "$lines")
  rm -f "$lines"
  return "$status"
}

guardian_suite() {
  local results=guardian/target/results status=0
  rm -f "$results"
  make --silent --directory guardian test || status=$?
  [[ -r $results ]] && read -r suite_tests suite_failed _ <"$results"
  return "$status"
}

# Times are judged too, on a machine that may do other things meanwhile: so a run that was only late or refused is repeated once,
# with another seed. A user who was served twice is never excused.
chaos_suite() {
  local lines seed=${CHAOS_SEED:-1} status=0
  lines=$(mktemp)
  script/chaos --minutes 3 --seed "$seed" | tee "$lines" || status=$?
  if ((status != 0)) && grep -q '^chaos: .* 0 overlaps' "$lines"; then
    rm -rf build/chaos.first
    mv build/chaos build/chaos.first
    echo "nobody was served twice, but not everything went well in time: once more; report and logs of this are in build/chaos.first"
    status=0
    script/chaos --minutes 3 --seed $((seed + 1)) | tee -a "$lines" || status=$?
  fi
  suite_tests=$(grep -c 'all served' "$lines")
  rm -f "$lines"
  return "$status"
}

# Two sites with a data centre each, and the link between them cut.
sites_suite() {
  suite_tests=1
  script/chaos --sites
}

packages_suite() {
  local results=packaging/target/results status=0
  rm -f "$results"
  script/package >/dev/null && packaging/test/run || status=$?
  [[ -r $results ]] && read -r suite_tests suite_failed _ <"$results"
  return "$status"
}

simulation_suite() {
  local lines listed caught status=0
  lines=$(mktemp)
  script/simulate | tee "$lines" || status=$?
  listed=$(script/simulate --list-variants | wc -l)
  caught=$(grep -cE '^variant [a-z-]+ +caught after [0-9,]+ schedules( of sites: .*)?$' "$lines")
  rm -f "$lines"
  # The protocol, and each faulty variant that must be caught.
  suite_tests=$((1 + listed)) suite_failed=$((listed - caught))
  ((suite_failed == 0)) || status=1
  return "$status"
}
