#!/bin/sh
# Calls what this machine has of Compose, for the project in this folder: compose.sh up, compose.sh stop, compose.sh logs ...
# POMBAL_COMPOSE names another command.
set -eu

cd "$(dirname "$0")"
if [ -n "${POMBAL_COMPOSE:-}" ]; then
  # shellcheck disable=SC2086 # a command with its arguments
  exec $POMBAL_COMPOSE --file docker-compose.yml "$@"
elif command -v docker >/dev/null && docker compose version >/dev/null 2>&1; then
  exec docker compose --file docker-compose.yml "$@"
elif command -v docker-compose >/dev/null; then
  exec docker-compose --file docker-compose.yml "$@"
fi
echo "compose.sh: neither 'docker compose' nor docker-compose is there; install one, or name another in POMBAL_COMPOSE" >&2
exit 69
