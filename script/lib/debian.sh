# shellcheck shell=bash
# What is taken from Debian: packages on this machine, and a folder with Debian 13 for Dovecot 2.4 and OpenJDK 21, which
# Debian 12 does not have. Sourced by scripts. Everything said goes to standard error; only results go to standard output.

pombal_cache=${POMBAL_CACHE:-${HOME:?HOME is not set; set it or POMBAL_CACHE}/.cache/pombal}

debian13_packages=(
  ca-certificates dovecot-auth-lua dovecot-core dovecot-imapd dovecot-lmtpd dovecot-managesieved dovecot-pop3d
  dovecot-sieve dovecot-submissiond openjdk-21-jre-headless procps
)

# Installs those of the named packages that are missing. Without root: prints the line to run, and exits.
require_packages() {
  local missing
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]} > 0)) || return 0
  if ((EUID != 0)); then
    echo "pombal: these Debian packages are missing. Run this line, then try again:" >&2
    echo "sudo apt-get install --no-install-recommends ${missing[*]}" >&2
    exit 1
  fi
  echo "pombal: installing ${missing[*]}" >&2
  with_lock packages install_packages "${missing[@]}"
}

missing_packages() {
  local package
  for package; do
    [[ $(dpkg-query --show --showformat '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || echo "$package"
  done
}

# In a subshell, so that the trap is its own. Mail servers that come with packages must not be started: if the machine
# has no policy about that, ours forbids it meanwhile (one that a killed run left behind counts as ours).
install_packages() (
  policy=/usr/sbin/policy-rc.d signature='Made by Pombal while it installs packages'
  if [[ ! -e $policy ]] || grep -q "$signature" "$policy"; then
    trap 'rm -f "$policy"' EXIT
    trap 'exit 130' INT TERM
    printf '#!/bin/sh\n# %s: start no service.\nexit 101\n' "$signature" >"$policy"
    chmod 755 "$policy"
  fi
  export DEBIAN_FRONTEND=noninteractive
  logged packages apt-get --quiet update || echo "pombal: going on with the package lists that are there" >&2
  logged packages apt-get --quiet --yes --no-install-recommends --option DPkg::Lock::Timeout=300 \
    --option Dpkg::Options::=--force-confold install "$@"
)

# Prints the folder with Debian 13. Makes it first unless it is there; takes one to three minutes and about 600 MB.
require_debian13_chroot() {
  local root=$pombal_cache/debian-13
  if ! is_complete "$root"; then
    if ((EUID != 0)); then
      echo "pombal: a folder with Debian 13 is needed, and making it needs root. Run this line, then try again:" >&2
      echo "sudo POMBAL_CACHE=$pombal_cache script/setup" >&2
      exit 1
    fi
    if [[ $root == *[[:space:]]* ]]; then
      echo "pombal: debootstrap cannot make $root: the path has a space. Set POMBAL_CACHE to another folder" >&2
      exit 1
    fi
    require_packages debootstrap
    with_lock debian-13 make_debian13 "$root" || exit
  fi
  printf '%s\n' "$root"
}

# The marker is written last and holds the list of packages: a folder that is half made, or that was made for an older
# list, is made again.
is_complete() {
  [[ -r $1/.pombal-complete && $(<"$1/.pombal-complete") == "${debian13_packages[*]}" ]]
}

make_debian13() {
  local root=$1 mirror
  is_complete "$root" && return
  mirror=$(debian_mirror)
  echo "pombal: making $root from ${mirror:-the mirror that debootstrap knows}" >&2
  remove_chroot "$root" || return
  mkdir -p "$root"
  # Some installers that run inside, as the one of the Java runtime, read /proc; debootstrap mounts it.
  logged debian-13 apt_proxy debootstrap --variant=minbase \
    --include="$(IFS=, && echo "${debian13_packages[*]}")" trixie "$root" ${mirror:+"$mirror"}
  local status=$?
  unmount_below "$root"
  ((status == 0)) || return "$status"
  printf '%s\n' "${debian13_packages[*]}" >"$root/.pombal-complete"
}

# The Debian mirror that apt uses on this machine, or nothing.
debian_mirror() {
  local mirror
  # shellcheck disable=SC2016 # these are apt's variables
  mirror=$(
    apt-get indextargets --format '$(LABEL) $(CODENAME) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
      awk '$1 == "Debian" && $2 !~ /-/ && $3 ~ /^https?:/ { print $3; exit }'
  )
  printf '%s\n' "$mirror"
}

# Runs a command that reads the usual proxy variables with the proxy that apt is configured to use, if any.
apt_proxy() {
  local proxy
  proxy=$(apt-config dump --format '%v' Acquire::http::Proxy)
  if [[ -n $proxy && $proxy != DIRECT ]]; then
    http_proxy=$proxy https_proxy=$proxy "$@"
  else
    "$@"
  fi
}

# Never deletes through a mount: /proc, or what somebody bound into the folder, is unmounted first.
remove_chroot() {
  unmount_below "$1"
  if [[ -n $(mounts_below "$1") ]]; then
    echo "pombal: cannot renew $1: something in it is mounted and in use:" >&2
    mounts_below "$1" >&2
    return 1
  fi
  rm -rf --one-file-system "$1"
}

unmount_below() {
  local mount
  mounts_below "$1" | while read -r mount; do
    umount "$mount" || true
  done
}

# Innermost first.
mounts_below() {
  local prefix
  prefix=$(readlink -f "$1")/
  awk -v prefix="$prefix" 'index($2, prefix) == 1 { print $2 }' /proc/self/mounts | tac
}

# Runs a command with its output in a log file, whose end is shown if it fails.
logged() {
  local log=$pombal_cache/$1.log
  shift
  "$@" </dev/null >"$log" 2>&1 && return
  local status=$?
  echo "pombal: '$1' failed with exit code $status; the end of $log:" >&2
  tail -n 20 "$log" >&2
  return "$status"
}

# Runs a command while holding the lock of that name, so that two runs do not get in each other's way.
with_lock() {
  local name=$1
  shift
  mkdir -p "$pombal_cache"
  (
    flock --nonblock 9 || { echo "pombal: waiting for another run that holds $pombal_cache/$name.lock" >&2 && flock 9; }
    "$@" 9>&-
  ) 9>"$pombal_cache/$name.lock"
}
