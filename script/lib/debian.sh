# shellcheck shell=bash
# What is taken from Debian: packages on this machine, and folders with Debian 13 and 12. The former has Dovecot 2.4 and
# OpenJDK 21, which Debian 12 does not have; Pombal's own packages are installed into copies of both. Sourced by scripts.
# Everything said goes to standard error; only results go to standard output.

pombal_cache=${POMBAL_CACHE:-${HOME:?HOME is not set; set it or POMBAL_CACHE}/.cache/pombal}

debian13_packages=(
  ca-certificates dovecot-auth-lua dovecot-core dovecot-imapd dovecot-lmtpd dovecot-managesieved dovecot-pop3d
  dovecot-sieve dovecot-submissiond openjdk-21-jre-headless procps
)
debian12_packages=(
  ca-certificates dovecot-core dovecot-imapd dovecot-lmtpd dovecot-managesieved dovecot-pop3d
  dovecot-sieve dovecot-submissiond openjdk-17-jre-headless procps
)
# What Pombal's packages need besides, in both. Not in the lists above, because a folder is made anew when its list changes.
packaging_packages=(systemd)

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

# Prints the folder with Debian $1, 12 or 13. Makes it first unless it is there; takes one to three minutes and about 600 MB.
require_debian_chroot() {
  local name=debian-$1 root=$pombal_cache/debian-$1
  if ! is_complete "$root" "$1" || ! has_packaging "$root"; then
    if ((EUID != 0)); then
      echo "pombal: a folder with Debian $1 is needed, and making it needs root. Run this line, then try again:" >&2
      echo "sudo POMBAL_CACHE=$pombal_cache script/setup" >&2
      exit 1
    fi
    if [[ $root == *[[:space:]]* ]]; then
      echo "pombal: debootstrap cannot make $root: the path has a space. Set POMBAL_CACHE to another folder" >&2
      exit 1
    fi
    require_packages debootstrap
    with_lock "$name" make_debian "$1" "$root" || exit
  fi
  printf '%s\n' "$root"
}

# Prints the packages in the folder with Debian $1, in one line.
packages_of_debian() {
  case $1 in
    12) echo "${debian12_packages[*]}" ;;
    13) echo "${debian13_packages[*]}" ;;
  esac
}

# The marker is written last and holds the list of packages: a folder that is half made, or that was made for an older
# list, is made again.
is_complete() {
  [[ -r $1/.pombal-complete && $(<"$1/.pombal-complete") == "$(packages_of_debian "$2")" ]]
}

has_packaging() {
  [[ -r $1/.pombal-packaging && $(<"$1/.pombal-packaging") == "${packaging_packages[*]}" ]]
}

make_debian() {
  local version=$1 root=$2
  is_complete "$root" "$version" || bootstrap_debian "$version" "$root" || return
  has_packaging "$root" || add_packaging "$version" "$root"
}

bootstrap_debian() {
  local version=$1 root=$2 codename mirror packages
  codename=$([[ $version == 12 ]] && echo bookworm || echo trixie)
  mirror=$(debian_mirror)
  packages=$(packages_of_debian "$version")
  echo "pombal: making $root from ${mirror:-the mirror that debootstrap knows}" >&2
  remove_chroot "$root" || return
  mkdir -p "$root"
  # Some installers that run inside, as the one of the Java runtime, read /proc; debootstrap mounts it.
  logged "debian-$version" apt_proxy debootstrap --variant=minbase \
    --include="${packages// /,}" "$codename" "$root" ${mirror:+"$mirror"}
  local status=$?
  unmount_below "$root"
  ((status == 0)) || return "$status"
  printf '%s\n' "$packages" >"$root/.pombal-complete"
}

# In a mount namespace, so that nothing stays mounted whatever happens.
add_packaging() {
  local version=$1 root=$2
  # shellcheck disable=SC2016 # the inner shell's
  logged "debian-$version-packaging" apt_proxy env DEBIAN_FRONTEND=noninteractive unshare --mount sh -euc '
    root=$1
    shift
    mount -t proc proc "$root/proc"
    mount --bind /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null || cp /etc/resolv.conf "$root/etc/resolv.conf"
    chroot "$root" apt-get --quiet update
    chroot "$root" apt-get --quiet --yes --no-install-recommends install "$@"
  ' sh "$root" "${packaging_packages[@]}" || return
  printf '%s\n' "${packaging_packages[*]}" >"$root/.pombal-packaging"
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
