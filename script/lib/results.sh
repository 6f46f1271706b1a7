# shellcheck shell=bash
# Reads what Surefire and Failsafe wrote about the tests they ran.

# The report files of this run: those newer than the file $1.
reports() {
  find . -path '*/target/*-reports/TEST-*.xml' -newer "$1" -not -path './.git/*' | LC_ALL=C sort
}

# One line for each module: tests, failed, skipped, seconds. Counts what is listed: in the sums that Surefire writes those of
# nested classes are missing.
print_results() {
  reports "$1" | while read -r report; do
    module=${report#./}
    printf '%s %s\n' "${module%%/target/*}" "$(grep -m 1 '<testsuite ' "$report")"
    grep -o '^ *<\(testcase\|failure\|error\|skipped\)\b' "$report" | sed "s|^ *<|${module%%/target/*} |" || true
  done | awk '
    function attribute(name) {
      return match($0, " " name "=\"[^\"]*\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : 0
    }
    { modules[$1] = 1 }
    NF == 2 { count[$1, $2]++ }
    NF != 2 {
      gsub(",", "", $0)
      seconds[$1] += attribute("time")
    }
    END {
      for (module in modules) {
        printf "%-14s %7d %7d %8d %9.1f\n", module, count[module, "testcase"], \
          count[module, "failure"] + count[module, "error"], count[module, "skipped"], seconds[module]
      }
    }' | LC_ALL=C sort
}

# The ten test classes that took longest, with their modules and seconds. Some modules run several at a time.
print_slowest() {
  reports "$1" | while read -r report; do
    module=${report#./}
    printf '%s %s\n' "${module%%/target/*}" "$(grep -m 1 '<testsuite ' "$report")"
  done | awk '
    function attribute(name) {
      return match($0, " " name "=\"[^\"]*\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : 0
    }
    {
      gsub(",", "", $0)
      class = attribute("name")
      sub(".*[.]", "", class)
      printf "%-14s %-38s %9.1f\n", $1, class, attribute("time")
    }' | LC_ALL=C sort -k 3,3nr | awk "NR <= 10"
}

# Names each test that failed, each that passed at the second try only, and each that was skipped: nobody should overlook one.
print_failed_and_skipped() {
  reports "$1" | while read -r report; do
    awk '
      function attribute(name) {
        return match($0, " " name "=\"[^\"]*\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : ""
      }
      /<testcase / { test = attribute("classname") "." attribute("name") }
      /<(failure|error)[ >]/ { print "failed: " test }
      /<flaky(Failure|Error)[ >]/ { print "passed at the second try only: " test }
      /<skipped/ { print "skipped: " test }' "$report"
  done
}

# Prints each module that has tests and no results, because Maven did not come to it.
modules_without_results() {
  local all
  all=$(reports "$1")
  find ./*/src/test -name '*Test.java' | sed 's|^\./||; s|/.*||' | LC_ALL=C sort -u | while read -r module; do
    [[ $all == *"./$module/target/"* ]] || printf '%s\n' "$module"
  done
}

# Every shell script of the checkout, known by its first line. Those of the completion are picocli's work.
shell_scripts() {
  find . -type d \( -name .git -o -name target -o -name build -o -name node_modules -o -name completion \) -prune \
    -o -type f -size -100k -exec awk 'FNR == 1 && /^#!.*sh$|^# shellcheck shell=/ { print FILENAME } { nextfile }' {} + |
    LC_ALL=C sort
}
