# shellcheck shell=bash disable=SC2034,SC2154
# Target 7: resident memory with the shipped table and gazetteer, beside Redis holding the replies.
#
# "The same replies" are taken narrowly: the verdict of every jurisdiction of the table, and no more (every ZIP code's
# would be fifty times that). The daemon has answered each of them once before it is measured.

echo
echo "== Resident memory"
start_legalityd
"$tools/requests" "$work/legalityd" 20000 --uniform | sort -u >"$work/all"
generate -c 1 -r 1 -t 1 "legalityd,varlink,$work/legalityd,$work/all" >"$work/figures"
resident() { sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$1/status"; }
mine=$(resident "$legalityd_pid")
replies=$(wc -l <"$work/all")
bytes=$(figure legalityd 5)
note memory legalityd rss_kb "$mine"
if start_redis; then
    for ((number = 0; number < replies; number++)); do
        # shellcheck disable=SC2016 # a Redis command, whose lengths begin with a dollar sign
        printf '*3\r\n$3\r\nSET\r\n$%d\r\n%s\r\n$%d\r\n%s\r\n' ${#number} "$number" "$bytes" \
            "$(head -c "$bytes" /dev/zero | tr '\0' x)"
    done | redis-cli -s "$work/redis" --pipe >/dev/null
    other=$(resident "$redis_pid")
    note memory redis rss_kb "$other"
    printf 'legalityd\t%s\nredis, %s values of %s bytes\t%s\n' "$mine" "$replies" "$bytes" "$other" |
        print_table SERVER RESIDENT/kB
    target "7. resident memory, of Redis with the same replies" "$(quotient "$mine" "$other")" '<=' 2
fi
