# shellcheck shell=bash disable=SC2034,SC2154
# Target 7: resident memory with the shipped table and gazetteer, beside Redis holding the replies; and what it is.
#
# "The same replies" are taken narrowly: the verdict of every jurisdiction of the table, and no more (every ZIP code's
# would be fifty times that). The daemon has answered each of them once before it is measured.

echo
echo "== Resident memory"
start_legalityd
# memory_of NAME PROCESS: a line of the table.
memory_of() {
    local field value
    printf '%s' "$1"
    for field in VmRSS RssAnon RssFile; do
        value=$(resident "$2" $field)
        note memory "$1" "${field}_kb" "$value"
        printf '\t%s' "$value"
    done
    echo
}
{
    memory_of 'legalityd, before any question' "$legalityd_pid"
    awk '/^[0-9a-f]+-/ { file = $6; sub(/.*\//, "", file) }
        /^Rss:/ && file ~ /^[^[]/ { resident[file] += $2 }
        END { for (file in resident) print resident[file] "\t" file }' "/proc/$legalityd_pid/smaps" |
        sort -rn | head -n 6 >"$work/mapped"
    "$tools/requests" "$work/legalityd" 20000 --uniform | sort -u >"$work/all"
    generate -c 1 -r 1 -t 1 "legalityd,varlink,$work/legalityd,$work/all" >"$work/figures"
    replies=$(wc -l <"$work/all")
    bytes=$(figure legalityd 5)
    memory_of 'legalityd, each verdict asked' "$legalityd_pid"
    mine=$(resident "$legalityd_pid" VmRSS)
    if start_redis; then
        for ((number = 0; number < replies; number++)); do
            # shellcheck disable=SC2016 # a Redis command, whose lengths begin with a dollar sign
            printf '*3\r\n$3\r\nSET\r\n$%d\r\n%s\r\n$%d\r\n%s\r\n' ${#number} "$number" "$bytes" \
                "$(head -c "$bytes" /dev/zero | tr '\0' x)"
        done | redis-cli -s "$work/redis" --pipe >/dev/null
        memory_of "redis, $replies values of $bytes bytes" "$redis_pid"
        target "7. resident memory, of Redis with the same replies" \
            "$(quotient "$mine" "$(resident "$redis_pid" VmRSS)")" '<=' 2
    fi
    mixed_requests >"$work/mixed"
    generate -c 50 -r 1 -t 1 "legalityd,varlink,$work/legalityd,$work/mixed" >"$work/figures"
    memory_of 'legalityd, after a mixed load' "$legalityd_pid"
} >"$work/memory"
print_table SERVER RESIDENT/kB OWN OF-FILES <"$work/memory"
echo "Pages of files before any question, kB:"
awk -F '\t' '{ print "  " $2, $1 }' "$work/mapped"
