-- Takes a task out of its queue that nobody can read, unless it has been written anew meanwhile.
-- KEYS: task, stream, counters
-- ARGV: 1 group, 2 entry, 3 document
if redis.call('HGET', KEYS[1], 'document') == ARGV[3] then
  redis.call('DEL', KEYS[1])
end
redis.call('XACK', KEYS[2], ARGV[1], ARGV[2])
if redis.call('XDEL', KEYS[2], ARGV[2]) == 1 then
  redis.call('HINCRBY', KEYS[3], 'unreadable', 1)
end
return 1
