# shellcheck shell=bash disable=SC2034,SC2154

# compare_servers SCENARIO REQUESTS [TARGET…]: drives legalityd, which runs already, and beside it Redis and the C loop
# with a reply of the same size, over one connection and fifty, and with sixteen in flight.
compare_servers() {
    local scenario=$1 requests=$2 subjects size redis='' wanted=${3:-}
    keep_reply "$requests" "$work/reply"
    size=$(stat -c %s "$work/reply")
    start_limit "$work/reply"
    subjects=("legalityd,varlink,$work/legalityd,$requests,$legalityd_pid")
    if start_redis; then
        redis=1
        redis_value US-AL "$size"
        echo US-AL >"$work/keys"
        subjects+=("redis,redis,$work/redis,$work/keys,$redis_pid")
    fi
    subjects+=("limit,varlink,$work/limit,$requests,$limit_pid")

    measure "$scenario/1x1" -c 1 -d 1 "${subjects[@]}"
    [ -n "$wanted" ] && target "1. one connection, of the C loop" "$(ratio limit)" '>=' 0.95
    measure "$scenario/50x1" -c 50 -d 1 "${subjects[@]}"
    if [ -n "$wanted" ]; then
        [ -n "$redis" ] && target "2. 50 connections, of Redis" "$(ratio redis)" '>=' 1.15
        target "2. 50 connections, of the C loop" "$(ratio limit)" '>=' 0.9
    fi
    measure "$scenario/50x16" -c 50 -d 16 "${subjects[@]}"
    [ -n "$wanted" ] && [ -n "$redis" ] && target "3. 50 connections, 16 in flight, of Redis" "$(ratio redis)" '>=' 1.3
    return 0
}
