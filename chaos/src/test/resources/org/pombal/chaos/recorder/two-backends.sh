# Opens mailboxes below two mounts of one file system while the recorder looks on, and prints what it recorded. Runs in a mount
# namespace of its own. Arguments: the recorder, an empty folder.
set -eu
recorder=$1
cd "$2"
mkdir storage a b
mount -t tmpfs tmpfs storage
mkdir storage/ann storage/bob
echo mail >storage/ann/inbox
echo mail >storage/bob/inbox
mount --bind storage a
mount --bind storage b
mkfifo stop
sleep 60 >stop &
holder=$!
"$recorder" "$PWD/a" "$PWD/b" <stop >recorded &
recorder=$!
until grep -q ready recorded; do sleep 0.02; done

# ann on a, seen to be gone when she comes to b: no overlap.
cat a/ann/inbox >/dev/null
cat b/ann/inbox >/dev/null
# bob on a, who is stopped and so does nothing, and then on b beside: the kernel must say that the first lives.
tail -f a/bob/inbox >/dev/null &
idle=$!
until grep -q bob recorded; do sleep 0.02; done
kill -STOP "$idle"
cat b/bob/inbox >/dev/null
kill -KILL "$idle"
wait "$idle" || true
# One process, two users.
sh -c 'exec 3<a/ann/inbox 4<a/bob/inbox'
until [ "$(grep -c '^end' recorded)" = 6 ]; do sleep 0.02; done
kill "$holder"
wait "$recorder"
cat recorded
