-- Writes down that a task is over, whoever has it in hand. Its entry in the stream goes when a worker comes to it.
-- KEYS: task, delayed, counters
-- ARGV: 1 version before, 2 version, 3 state, 4 document, 5 id, 6 kept for (ms)
if redis.call('HGET', KEYS[1], 'version') ~= ARGV[1] then
  return 0
end
redis.call('HSET', KEYS[1], 'version', ARGV[2], 'state', ARGV[3], 'document', ARGV[4])
redis.call('PEXPIRE', KEYS[1], ARGV[6])
redis.call('ZREM', KEYS[2], ARGV[5])
redis.call('HINCRBY', KEYS[3], ARGV[3], 1)
return 1
