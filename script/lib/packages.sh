# shellcheck shell=bash
# The Debian packages that are needed beyond OpenJDK 17 and Maven. Sourced; one list for each purpose.

# What the guardian is built with.
# shellcheck disable=SC2034 # whoever sources this file reads the lists
guardian_packages=(gcc libc6-dev make)

# shellcheck disable=SC2034
demo_packages=(
  "${guardian_packages[@]}"
  dovecot-core dovecot-imapd dovecot-pop3d dovecot-lmtpd dovecot-submissiond dovecot-managesieved dovecot-sieve
)

# shellcheck disable=SC2034
spec_packages=(gcc libc6-dev spin)

# Hosts in network namespaces, beside what the demo needs.
# shellcheck disable=SC2034
chaos_packages=("${demo_packages[@]}" iproute2)

# shellcheck disable=SC2034
test_packages=(
  "${chaos_packages[@]}" "${spec_packages[@]}"
  chromium curl debootstrap docker-compose openssl haproxy isync prometheus python3 python3-jsonschema python3-yaml redis-server shellcheck socat swaks
)
