-- Writes down what became of a task, over the version that the worker knows only.
-- KEYS: task, stream, delayed, counters
-- ARGV: 1 version before, 2 version, 3 state, 4 document, 5 entry, 6 id, 7 not before (ms), 8 group, 9 kept for (ms)
if redis.call('HGET', KEYS[1], 'version') ~= ARGV[1] then
  return 0
end
redis.call('HSET', KEYS[1], 'version', ARGV[2], 'state', ARGV[3], 'document', ARGV[4])
redis.call('PEXPIRE', KEYS[1], ARGV[9])
if ARGV[3] ~= 'running' then
  redis.call('XACK', KEYS[2], ARGV[8], ARGV[5])
  redis.call('XDEL', KEYS[2], ARGV[5])
  if ARGV[3] == 'waiting' then
    redis.call('ZADD', KEYS[3], ARGV[7], ARGV[6])
  elseif ARGV[1] ~= ARGV[2] then
    redis.call('HINCRBY', KEYS[4], ARGV[3], 1)
  end
end
return 1
