# shellcheck shell=bash
# The checks of script/spec. Sourced.

# name | size | model | expected | how | definitions
#   size: small or large.
#   how: deep explores completely, with compression; short finds the shortest counterexample; cycle looks for runs that
#        go on for ever.
spec_checks() {
  cat <<'CHECKS'
ownership|small|ownership|holds|deep|-DBACKENDS=2 -DINCARNATIONS=2
ownership-at-rest|small|ownership|holds|deep|-DLIVENESS
ownership-no-cycle|small|ownership|holds|cycle|-DLIVENESS
lease|small|lease|holds|deep|-DTRUST=4 -DKILL=1 -DBREAK=6
lease-without-gap-rule|small|lease|holds|deep|-DNO_GAP_RULE
votes-fixed|small|votes|holds|deep|-DFIXED -DELECTORATE=7
votes|small|votes|holds|deep|-DVOTERS=2
votes-asked-before-acting|small|votes|holds|deep|-DVOTERS=2 -DASK_BEFORE_ACTING
users|small|users|holds|deep|
take-over-without-break|small|ownership|faulty|short|-DNO_BREAK
serve-without-claim|small|ownership|faulty|short|-DNO_CLAIM
idle-before-gate|small|ownership|faulty|short|-DIDLE_EARLY
pending-ignored|small|ownership|faulty|short|-DPENDING_IGNORED
withdraw-after-hand-over|small|ownership|faulty|short|-DWITHDRAW_LATE
take-over-to-third|small|ownership|faulty|short|-DTHIRD_BACKEND -DBACKENDS=3
sessions-by-who|small|ownership|faulty|short|-DWHO_ONLY
timeout-is-done|small|ownership|faulty|short|-DTIMEOUT_IS_DONE
timeout-is-no|small|ownership|faulty|short|-DTIMEOUT_IS_NO
remaining-not-known|small|ownership|faulty|short|-DREMAINING_UNKNOWN
done-before-hand-over|small|ownership|faulty|short|-DDONE_EARLY
restart-believes-proposed|small|ownership|faulty|short|-DTRUST_PROPOSED
restart-believes-tables|small|ownership|faulty|short|-DTRUST_TABLES
no-way-back|small|ownership|faulty|short|-DLIVENESS -DSTUCK
gap-is-unchanged|small|lease|faulty|short|-DGAP_UNCHANGED
plain-lease-writes|small|lease|faulty|short|-DPLAIN_WRITES
renewal-timeout-is-yes|small|lease|faulty|short|-DUNKNOWN_IS_APPLIED
trust-from-answer|small|lease|faulty|short|-DTRUST_FROM_ANSWER
trust-of-predecessor|small|lease|faulty|short|-DTRUST_OF_PREDECESSOR
trust-after-release|small|lease|faulty|short|-DTRUST_AFTER_RELEASE
watch-from-begin|small|lease|faulty|short|-DFROM_BEGIN
break-too-early|small|lease|faulty|short|-DBREAK=5
no-hold-time|small|votes|faulty|short|-DFIXED -DELECTORATE=7 -DNO_HOLD
hold-too-short|small|votes|faulty|short|-DVOTERS=2 -DHOLD=2
poll-not-bounded|small|votes|faulty|short|-DFIXED -DELECTORATE=7 -DPOLL_UNBOUNDED
voter-restart-forgets|small|votes|faulty|short|-DFIXED -DELECTORATE=7 -DRESTART_FORGETS
majority-before-counter|small|votes|faulty|short|-DFIXED -DELECTORATE=7 -DASKED_BEFORE_COUNTER
electorate-changes-by-two|small|votes|faulty|short|-DVOTERS=2 -DCHANGE_BY_TWO
old-electorate-at-backend|small|votes|faulty|short|-DVOTERS=2 -DOLD_ELECTORATE
old-electorate-at-taker|small|votes|faulty|short|-DVOTERS=2 -DSTALE_TAKER
stale-user-at-former-owner|small|users|faulty|short|-DSTALE_USER
read-answered-late|small|users|faulty|short|-DLATE_READ
user-moves-with-session|small|users|faulty|short|-DSESSION_STAYS
user-timeout-is-done|small|users|faulty|short|-DTIMEOUT_IS_DONE
leaving-entry-lost|small|users|faulty|short|-DENTRY_LOST
user-move-withdrawn-at-once|small|users|faulty|short|-DWITHDRAWN_AT_ONCE
stay-not-written|small|users|faulty|short|-DSTAY_UNWRITTEN
departure-unconfirmed|small|users|faulty|short|-DUNCONFIRMED
ownership-4-incarnations|large|ownership|holds|deep|-DINCARNATIONS=4
ownership-3-backends|large|ownership|holds|deep|-DBACKENDS=3
lease-half-seconds|large|lease|holds|deep|-DTRUST=8 -DKILL=1 -DBREAK=12 -DGAP=2
votes-real-times|large|votes|holds|deep|-DVOTERS=2 -DTRUST=4 -DHOLD=6
votes-3-voters|large|votes|holds|deep|-DVOTERS=3 -DHOLD=3
votes-3-voters-before-acting|large|votes|holds|deep|-DVOTERS=3 -DHOLD=3 -DASK_BEFORE_ACTING
CHECKS
}

list_checks() {
  spec_checks | while IFS='|' read -r name size model expected _ definitions; do
    printf '%-27s %-5s  %-9s  %-7s %s\n' "$name" "$size" "$model" "$expected" "$definitions"
  done
}

# Runs the check in line $3 in a folder below $2 and prints: name, expected, found, states, seconds.
run_check() {
  local models=$1 work=$2 name size model expected how definitions found states began
  IFS='|' read -r name size model expected how definitions <<<"$3"
  began=$(date +%s%N)
  mkdir "$work/$name"
  if ! explore "$models" "$work/$name" "$model" "$size" "$expected" "$how" "$definitions"; then
    found=failed states=0
    sed 's/^/  /' "$work/$name/log" >&2
  else
    found=$(found_in "$work/$name/out")
    states=$(awk '/states, stored/ { print $1; exit }' "$work/$name/out")
  fi
  printf '%-27s %-9s %-11s %10s %8.1f\n' "$name" "$expected" "$found" "${states:-0}" "$((($(date +%s%N) - began) / 100000000))e-1"
}

# Writes spin's program for the model, compiles and runs it; `out` in the folder is what it said.
explore() {
  local models=$1 folder=$2 model=$3 size=$4 expected=$5 how=$6 given options memory=1500 depth=1000000 hash=22
  read -ra given <<<"$7"
  [[ $expected == holds ]] || given+=(-DVARIANT)
  if [[ $size == large ]]; then
    memory=12000 depth=10000000 hash=26
  fi
  local run=("-m$depth" "-w$hash" -E)
  case $how in
    deep) options=(-DSAFETY -DCOLLAPSE) ;;
    short) options=(-DSAFETY -DBFS) run=("-w$hash" -E) ;;
    cycle) options=(-DNP -DCOLLAPSE) run+=(-l) ;;
  esac
  # Atomic steps touch shared variables everywhere, so partial order reduction finds nothing to leave out.
  cd "$folder" &&
    spin "${given[@]}" -a "$models/$model.pml" >log 2>&1 &&
    gcc -O1 -w -DNOREDUCE "-DMEMLIM=$memory" "${options[@]}" -o pan pan.c >>log 2>&1 || return
  # Its exit code says nothing; an interrupted search has no result line.
  ./pan "${run[@]}" >out 2>&1 || true
}

# Exploring everything without an error is the only proof.
found_in() {
  if grep -qE '^pan:1: (assertion violated|non-progress cycle)' "$1"; then
    echo faulty
  elif grep -qE 'max search depth too small|out of memory|MEMLIM|Search not completed' "$1" || ! grep -q 'errors: 0' "$1"; then
    echo incomplete
  else
    echo holds
  fi
}

# Two checks run at a time. The longest begin first, so that none is left alone at the end.
run_checks() {
  local models=$1 work=$2 selection=$3 line began=$SECONDS unexpected
  printf '%-27s %-9s %-11s %10s %8s\n' check expected found states seconds
  spec_checks | awk -F'|' -v all="$selection" '$2 == "small" || all == "all"' >"$work/checks"
  {
    while read -r line; do
      while (($(jobs -rp | wc -l) >= 2)); do wait -n || true; done
      (run_check "$models" "$work" "$line") &
    done <"$work/checks"
    wait
  } | tee "$work/results"
  unexpected=$(awk '$2 != $3' "$work/results")
  if [[ -n $unexpected || $(wc -l <"$work/results") != $(wc -l <"$work/checks") ]]; then
    echo "spec: NOT AS EXPECTED after $((SECONDS - began)) s: $(awk '{ printf "%s ", $1 }' <<<"$unexpected")"
    return 1
  fi
  echo "spec: the protocol holds in all $(grep -c '|holds|' "$work/checks") configurations, and all $(
    grep -c '|faulty|' "$work/checks"
  ) broken variants are found faulty ($((SECONDS - began)) s)"
}

# The shortest run that breaks what the check is about, in the words of the model.
print_trail() {
  local models=$1 work=$2 line name size model expected how definitions given
  line=$(spec_checks | grep "^$3|") || {
    echo "script/spec: there is no check '$3'; see script/spec --list" >&2
    return 64
  }
  run_check "$models" "$work" "$line"
  IFS='|' read -r name size model expected how definitions <<<"$line"
  if [[ ! -e $work/$name/$model.pml.trail ]]; then
    echo "nothing to replay: no counterexample was found"
    return
  fi
  read -ra given <<<"$definitions"
  [[ $expected == holds ]] || given+=(-DVARIANT)
  (cd "$work/$name" && spin "${given[@]}" -k "$model.pml.trail" -T -B "$models/$model.pml" </dev/null) |
    grep -vE '^spin: (trail ends|couldn)|^#processes' | sed "s|$models/||"
}
