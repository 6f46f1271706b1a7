# shellcheck shell=bash
# Finds a Java. Sourced by the launcher and by the build; starts no process unless a Java comes without its release file.

# Prints the version (17.0.15, 21.0.8, 1.8.0_412, ...) of the Java in the given home, or fails.
java_version() {
  local home=$1 key value version=
  [[ -x $home/bin/java ]] || return 1
  if [[ -r $home/release ]]; then
    while IFS='=' read -r key value; do
      [[ $key == JAVA_VERSION ]] && version=${value//\"/}
    done <"$home/release"
  else
    version=$("$home/bin/java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p')
  fi
  [[ -n $version ]] && printf '%s\n' "$version"
}

# Sets java_home to the first Java of version $1 to $2 that has the program $3 (java, javac): the one in JAVA_HOME, the
# one on PATH, then Debian's. Sets java_version to its whole version.
find_java() {
  local min=$1 max=$2 program=$3 candidate version feature on_path
  local candidates=("${JAVA_HOME:-}")
  if on_path=$(command -v java); then
    on_path=$(readlink -f "$on_path")
    candidates+=("${on_path%/bin/java}")
  fi
  for ((version = min; version <= max; version++)); do
    candidates+=(/usr/lib/jvm/java-"$version"-openjdk*)
  done
  for candidate in "${candidates[@]}"; do
    [[ -n $candidate && -x $candidate/bin/$program ]] || continue
    version=$(java_version "$candidate") || continue
    feature=${version#1.} # Java 8 calls itself 1.8
    feature=${feature%%[!0-9]*}
    if ((feature >= min && feature <= max)); then
      # shellcheck disable=SC2034 # the caller reads them
      java_home=$candidate java_version=$version
      return 0
    fi
  done
  return 1
}
