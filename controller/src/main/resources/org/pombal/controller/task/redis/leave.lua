-- Takes a worker off the list that has nothing in hand.
-- KEYS: workers, stream
-- ARGV: 1 worker, 2 group
redis.call('ZREM', KEYS[1], ARGV[1])
if redis.call('EXISTS', KEYS[2]) == 1 and #redis.call('XPENDING', KEYS[2], ARGV[2], '-', '+', 1, ARGV[1]) == 0 then
  redis.call('XGROUP', 'DELCONSUMER', KEYS[2], ARGV[2], ARGV[1])
end
return 1
