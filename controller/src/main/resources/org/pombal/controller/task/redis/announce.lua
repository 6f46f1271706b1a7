-- Says that a worker is there, and forgets those of old.
-- KEYS: workers, stream
-- ARGV: 1 worker, 2 group, 3 forgotten after (ms)
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
redis.call('ZADD', KEYS[1], string.format('%d', now), ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('(%d', now - tonumber(ARGV[3])))
if redis.call('EXISTS', KEYS[2]) == 1 then
  for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[2], ARGV[2])) do
    local facts = {}
    for at = 1, #consumer, 2 do
      facts[consumer[at]] = consumer[at + 1]
    end
    -- What a worker had in hand would be lost with its name.
    if facts['pending'] == 0 and facts['idle'] > 3600000 then
      redis.call('XGROUP', 'DELCONSUMER', KEYS[2], ARGV[2], facts['name'])
    end
  end
end
return 1
