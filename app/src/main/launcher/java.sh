# shellcheck shell=bash
# Finds a Java. Sourced by the launcher and by the build; starts no process unless a Java comes without its release file.

# Prints the feature version (17, 21, ...) of the Java in the given home, or fails.
java_feature_version() {
  local home=$1 key value version=
  [[ -x $home/bin/java ]] || return 1
  if [[ -r $home/release ]]; then
    while IFS='=' read -r key value; do
      [[ $key == JAVA_VERSION ]] && version=${value//\"/}
    done <"$home/release"
  else
    version=$("$home/bin/java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p')
  fi
  version=${version#1.} # Java 8 calls itself 1.8
  version=${version%%[!0-9]*}
  [[ -n $version ]] && printf '%s\n' "$version"
}

# Sets java_home to the first Java of version $1 to $2 that has the program $3 (java, javac): the one in JAVA_HOME, the
# one on PATH, then Debian's.
find_java() {
  local min=$1 max=$2 program=$3 candidate version on_path
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
    version=$(java_feature_version "$candidate") || continue
    if ((version >= min && version <= max)); then
      # shellcheck disable=SC2034 # the caller reads it
      java_home=$candidate
      return 0
    fi
  done
  return 1
}
