-- Puts a task into its queue.
-- KEYS: task, stream, delayed, index, last of its name
-- ARGV: 1 id, 2 state, 3 document, 4 place in the index, 5 what the keys of tasks begin with, 6 "alone" or "", 7 limit,
--       8 group, 9 kept for (ms), 10 how many are kept, 11 length of what precedes the id in the index
local known = redis.call('HGET', KEYS[1], 'document')
if known then
  return {'known', known}
end
local size = redis.call('XLEN', KEYS[2]) + redis.call('ZCARD', KEYS[3])
if ARGV[6] == 'alone' and size > 0 then
  local other = redis.call('GET', KEYS[5])
  local state = other and redis.call('HGET', ARGV[5] .. other, 'state')
  if state == 'waiting' or state == 'running' then
    return {'busy', other}
  end
end
if size >= tonumber(ARGV[7]) then
  return {'full', ARGV[7]}
end
-- The oldest that are over make room, as do those whose time has passed.
local surplus = redis.call('ZCARD', KEYS[4]) - tonumber(ARGV[10])
for number, place in ipairs(redis.call('ZRANGE', KEYS[4], 0, math.max(surplus, 0) + 10)) do
  local key = ARGV[5] .. string.sub(place, tonumber(ARGV[11]) + 1)
  local state = redis.call('HGET', key, 'state')
  if not state or (number <= surplus and (state == 'done' or state == 'given-up')) then
    redis.call('DEL', key)
    redis.call('ZREM', KEYS[4], place)
  end
end
redis.call('HSET', KEYS[1], 'version', '1', 'state', ARGV[2], 'document', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[9])
redis.call('ZADD', KEYS[4], 0, ARGV[4])
redis.call('SET', KEYS[5], ARGV[1], 'PX', ARGV[9])
if redis.call('EXISTS', KEYS[2]) == 0 then
  redis.call('XGROUP', 'CREATE', KEYS[2], ARGV[8], '0', 'MKSTREAM')
end
redis.call('XADD', KEYS[2], '*', 'id', ARGV[1])
return {'added'}
