-- What wrk asks for: the paths in the file BENCH_PATHS in turn. Prints one line of JSON at the end.
local paths, count = {}, 0
for path in io.lines(os.getenv("BENCH_PATHS")) do paths[#paths + 1] = path end
wrk.method = os.getenv("BENCH_METHOD") or "GET"
for line in (os.getenv("BENCH_HEADERS") or ""):gmatch("[^\n]+") do
  local name, value = line:match("([^\t]+)\t(.*)")
  wrk.headers[name] = value
end
if wrk.method == "POST" then wrk.headers["Content-Type"] = "application/x-www-form-urlencoded" end
math.randomseed(os.time())
local run = math.random(1, 1e9)

request = function()
  count = count + 1
  local body = nil
  if wrk.method == "POST" then
    body = "text=Turn+the+newer+codec+off+in+the+app%2C+then+pair+it+again.+It+worked+here%2C+try+" .. run .. "." .. count ..
      "&once=bench" .. run .. "x" .. count
  end
  return wrk.format(nil, paths[(count - 1) % #paths + 1], nil, body)
end

done = function(summary, latency, requests)
  local bad = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout
  io.write(string.format('{"rate":%.1f,"p50":%.2f,"p95":%.2f,"p99":%.2f,"errors":%d}\n',
    summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1000, latency:percentile(95) / 1000,
    latency:percentile(99) / 1000, bad))
end
