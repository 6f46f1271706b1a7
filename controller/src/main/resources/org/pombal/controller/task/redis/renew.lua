-- Says that a worker still has a task in hand; 0 if another has it, or nobody.
-- KEYS: task, stream
-- ARGV: 1 version, 2 group, 3 worker, 4 entry
if redis.call('HGET', KEYS[1], 'version') ~= ARGV[1] then
  return 0
end
local pending = redis.call('XPENDING', KEYS[2], ARGV[2], ARGV[4], ARGV[4], 1)
if #pending == 0 or pending[1][2] ~= ARGV[3] then
  return 0
end
redis.call('XCLAIM', KEYS[2], ARGV[2], ARGV[3], 0, ARGV[4], 'JUSTID')
return 1
