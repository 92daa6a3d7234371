# shellcheck shell=bash disable=SC2034,SC2154
# Starting and stopping what is measured. Each start sets a variable with the process and waits for the socket.

servers=()

stop_servers() {
    local process
    for process in "${servers[@]}"; do kill "$process" 2>/dev/null || true; done
    for process in "${servers[@]}"; do wait "$process" 2>/dev/null || true; done
    servers=()
}

stop_all() {
    stop_servers
    rm -rf "$work"
}

# await FILE: until there is one; a socket, mostly
await() {
    local _
    for _ in $(seq 600); do
        [ -e "$1" ] && return
        sleep 0.05
    done
    echo "run: there is no $1 after half a minute" >&2
    exit 1
}

# start_legalityd [TABLE [OPTION…]]: sets legalityd_pid; the socket is $work/legalityd.
start_legalityd() {
    local directory=${1:-$table}
    shift || true
    rm -f "$work/legalityd"
    on_server_core "$daemon" --table "$directory" --socket "$work/legalityd" --log-level warning \
        --max-table-size $((2 << 30)) --max-table-files 100000 "$@" 2>"$work/legalityd.log" &
    legalityd_pid=$!
    servers+=("$legalityd_pid")
    await "$work/legalityd"
}

# start_limit REPLY-FILE
start_limit() {
    rm -f "$work/limit"
    on_server_core "$tools/limit" "$work/limit" "$1" &
    limit_pid=$!
    servers+=("$limit_pid")
    await "$work/limit"
}

# Redis with its defaults, but for persistence off and a Unix socket. False where there is no Redis.
start_redis() {
    has redis-server || return 1
    rm -f "$work/redis"
    on_server_core redis-server --port 0 --unixsocket "$work/redis" --save '' --appendonly no --daemonize no \
        --dir "$work" --logfile '' >/dev/null &
    redis_pid=$!
    servers+=("$redis_pid")
    await "$work/redis"
}

# redis_value KEY SIZE: the whole reply to GET has SIZE bytes.
redis_value() {
    local payload=$(($2 - 5 - ${#2}))
    # A header of one digit less, where the payload has one.
    [ ${#payload} -lt ${#2} ] && payload=$((payload + 1))
    head -c "$payload" /dev/zero | tr '\0' x | redis-cli -s "$work/redis" -x SET "$1" >/dev/null
}

# resident PROCESS FIELD: kilobytes of VmRSS, RssAnon, RssFile, or VmHWM, the peak
resident() { sed -n "s/^$2:[^0-9]*\([0-9]*\).*/\1/p" "/proc/$1/status"; }

ask() { printf '{"method":"%s","parameters":%s}\n' "$1" "$2"; }

# The mixed load, of whatever answers: all methods, places by Zipf's law, ages and dates, ZIP codes, unknown places.
mixed_requests() {
    local zip=$table/gazetteer/us-zip.tsv
    [ -f "$zip" ] || zip=/dev/null
    "$tools/requests" "$work/legalityd" 200000 --zip "$zip"
}

# make_table SIZE: a made-up table of so many jurisdictions in $work/table-SIZE, unless it is there.
make_table() {
    [ -d "$work/table-$1" ] || "$tools/maketable" "$1" "$work/table-$1" "$table/substances.yaml"
}

# keep_reply REQUESTS FILE: legalityd's reply to the first request.
keep_reply() { "$tools/load" -k "$2" "legalityd,varlink,$work/legalityd,$1"; }
