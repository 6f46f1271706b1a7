#!/bin/sh
# Fences a backend of script/chaos. Argument: its host name. Whatever watches processes there starts some again a second later.
host=${1%.test}
# Both commands fail about processes that end meanwhile, which is what they are for.
pids=$(ip netns pids "$host")
while [ -n "$pids" ]; do
  # shellcheck disable=SC2086 # one argument for each process
  kill -KILL $pids 2>/dev/null || true
  pids=$(ip netns pids "$host")
done
exit 0
