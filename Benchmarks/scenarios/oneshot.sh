# shellcheck shell=bash disable=SC2034,SC2154
# A whole process that asks one question (the client's issue): beside redis-cli, and curl with nginx.

echo
echo "== One question, a whole process"
start_legalityd
ask org.legalityd.Lookup.Check '{"place":"US-AL"}' >"$work/check"
keep_reply "$work/check" "$work/reply"
commands=("$client" is-legal US-AL --socket "$work/legalityd")
order=(legality)
if start_redis; then
    redis_value US-AL "$(stat -c %s "$work/reply")"
    commands+=(-- redis-cli -s "$work/redis" GET US-AL)
    order+=(redis-cli)
fi
if has nginx && has curl; then
    mkdir -p "$work/nginx"
    tr -d '\0' <"$work/reply" >"$work/nginx/US-AL.json"
    cat >"$work/nginx.conf" <<NGINX
daemon off; master_process off; pid $work/nginx.pid; error_log stderr crit;
events { }
http { access_log off; default_type application/json; client_body_temp_path $work; proxy_temp_path $work;
  fastcgi_temp_path $work; uwsgi_temp_path $work; scgi_temp_path $work;
  server { listen unix:$work/http; root $work/nginx; } }
NGINX
    on_server_core nginx -e stderr -c "$work/nginx.conf" 2>"$work/nginx.log" &
    servers+=("$!")
    await "$work/http"
    commands+=(-- curl -s --unix-socket "$work/http" http://localhost/US-AL.json)
    order+=(curl)
fi
times=300
[ -n "$quick" ] && times=50
"${scheduling[@]}" taskset -c "$generator_core" "$tools/oneshot" -n $times "${commands[@]}" >"$work/oneshot"
print_table COMMAND WALL/µs CPU/µs RATIO QUARTILE1 QUARTILE3 <"$work/oneshot"
wall() { awk -F '\t' -v name="$1" '$1 == name { print $2 }' "$work/oneshot"; }
# Of the ratios in the same turn, upside down.
of() { awk -F '\t' -v name="$1" '$1 == name { printf "%.3f", 1 / $4 }' "$work/oneshot"; }
for name in "${order[@]}"; do note oneshot "$name" wall_us "$(wall "$name")"; done
[ -n "$(of redis-cli)" ] && target "client: one question, of redis-cli's time" "$(of redis-cli)" '<=' 0.6
[ -n "$(of curl)" ] && target "client: one question, of curl's time" "$(of curl)" '<=' 0.3
