-- A queue in numbers: waiting, running, lag (ms), done, given up, unreadable.
-- KEYS: stream, delayed, counters
-- ARGV: 1 group
local counted = redis.call('HMGET', KEYS[3], 'done', 'given-up', 'unreadable')
local done, given_up, unreadable = tonumber(counted[1] or 0), tonumber(counted[2] or 0), tonumber(counted[3] or 0)
local delayed = redis.call('ZCARD', KEYS[2])
if redis.call('EXISTS', KEYS[1]) == 0 then
  return {delayed, 0, 0, done, given_up, unreadable}
end
local running = redis.call('XPENDING', KEYS[1], ARGV[1])[1]
local last = '0-0'
for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
  local facts = {}
  for at = 1, #group, 2 do
    facts[group[at]] = group[at + 1]
  end
  if facts['name'] == ARGV[1] then
    last = facts['last-delivered-id']
  end
end
local lag = 0
local next = redis.call('XRANGE', KEYS[1], '(' .. last, '+', 'COUNT', 1)[1]
if next then
  local now = redis.call('TIME')
  local since = tonumber(string.match(next[1], '^%d+'))
  lag = math.max(0, tonumber(now[1]) * 1000 + math.floor(tonumber(now[2]) / 1000) - since)
end
return {redis.call('XLEN', KEYS[1]) - running + delayed, running, lag, done, given_up, unreadable}
