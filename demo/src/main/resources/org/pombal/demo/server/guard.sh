# Runs the server given as arguments, and ends it when standard input ends: this happens also if the program that holds
# the other end is killed. To be started in a process group of its own, all of which it ends at last.
"$@" </dev/null &
server=$!
while read -r _; do :; done
kill -TERM "$server"
{
  sleep 10
  kill -KILL 0
} &
wait "$server"
kill -KILL 0
