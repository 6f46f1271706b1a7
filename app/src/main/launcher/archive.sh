# shellcheck shell=bash
# Where archives of prepared classes are (Java's "class data sharing"). Sourced by what makes them and what uses them.
#
# A start spends most of its time on reading, checking and laying out some thousand classes. An archive holds them as they
# are in memory afterwards. It fits one build of Java and one build of the program at one place; Java looks whether it
# does, and starts without it otherwise. Each kind of start has an archive of its own, because classes that a start does
# not need would cost it something.

# Sets archive to the one for starts of kind $1 of the program in $home on the Java in $java_home.
find_archive() {
  # shellcheck disable=SC2034,SC2154 # the caller reads it; the caller has set them
  archive=$home/archive/$1-$java_version.jsa
}
