-- A part of the list of tasks, the youngest first: each place followed by its document, or by "" if it is gone.
-- KEYS: index
-- ARGV: 1 the place before, or "", 2 at most so many, 3 what the keys of tasks begin with, 4 length of what precedes the id
local from = ARGV[1] == '' and '+' or '(' .. ARGV[1]
local answer = {}
for _, place in ipairs(redis.call('ZREVRANGEBYLEX', KEYS[1], from, '-', 'LIMIT', 0, ARGV[2])) do
  local key = ARGV[3] .. string.sub(place, tonumber(ARGV[4]) + 1)
  answer[#answer + 1] = place
  answer[#answer + 1] = redis.call('HGET', key, 'document') or ''
end
return answer
