#!/usr/bin/env bash
# Makes the pages for the controller's jar (build.sh pages), or checks and tests their sources (build.sh checks). Maven calls it.
# What was done for the sources as they are is not done again.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

readonly oldest_node=20.19.0

has_node() {
  command -v npm >/dev/null && command -v node >/dev/null &&
    printf '%s\n' "v$oldest_node" "$(node --version)" | sort --version-sort --check=silent
}

fingerprint() {
  find build.sh index.html ./*.json ./*.ts ./*.js .prettierrc.json src browser -type f -not -path '*/generated/*' -printf '%p\n' |
    LC_ALL=C sort | xargs cksum | cksum
}

done_before() {
  [[ -r target/$1.done && $(<"target/$1.done") == "$(fingerprint)" ]]
}

install_packages() {
  if [[ ! node_modules/.package-lock.json -nt package-lock.json ]]; then
    npm ci --ignore-scripts --no-audit --no-fund
    touch node_modules/.package-lock.json
  fi
  npm run --silent client
}

if ! has_node; then
  echo "ui: the controller is built without its web interface: Node $oldest_node or later and npm are needed to make it" >&2
  exit 0
fi
case ${1:-} in
  pages)
    done_before pages && exit 0
    install_packages
    npm run --silent pages
    ;;
  checks)
    [[ ${SKIP_TESTS:-false} != false ]] && exit 0
    done_before checks && exit 0
    install_packages
    npm run --silent checks
    ;;
  *)
    echo "ui/build.sh: give pages or checks" >&2
    exit 64
    ;;
esac
mkdir -p target
fingerprint >"target/$1.done"
