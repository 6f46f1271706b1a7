-- Gives a worker its next task: one with which another fell silent, else the next that nobody had.
-- KEYS: stream, delayed
-- ARGV: 1 group, 2 worker, 3 hold (ms), 4 now (ms), 5 what the keys of tasks begin with
if redis.call('EXISTS', KEYS[1]) == 0 then
  redis.call('XGROUP', 'CREATE', KEYS[1], ARGV[1], '0', 'MKSTREAM')
end
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[4], 'LIMIT', 0, 100)) do
  redis.call('ZREM', KEYS[2], id)
  redis.call('XADD', KEYS[1], '*', 'id', id)
end

local entry
local cursor = '0-0'
repeat
  local claimed = redis.call('XAUTOCLAIM', KEYS[1], ARGV[1], ARGV[2], ARGV[3], cursor, 'COUNT', 1)
  cursor = claimed[1]
  entry = claimed[2][1]
until entry or cursor == '0-0'
if not entry then
  local read = redis.call('XREADGROUP', 'GROUP', ARGV[1], ARGV[2], 'COUNT', 1, 'STREAMS', KEYS[1], '>')
  entry = read and read[1][2][1]
end
if not entry then
  return {}
end
local document = redis.call('HGET', ARGV[5] .. entry[2][2], 'document')
if not document then
  -- Kept for so long that nothing is known of it any more.
  redis.call('XACK', KEYS[1], ARGV[1], entry[1])
  redis.call('XDEL', KEYS[1], entry[1])
  return {}
end
return {entry[1], document, entry[2][2]}
