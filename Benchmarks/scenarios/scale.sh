# shellcheck shell=bash disable=SC2034,SC2154
# Targets 5 and 6, in part: made-up tables of 10^3 to 10^6 jurisdictions. What a query costs, and whether loading them
# is linear. The largest is made in memory by micro, since its files would have a gigabyte.

echo
echo "== Queries against made-up tables (micro, nanoseconds; a fresh answer and its parts, then a kept one)"
sizes=(400 1000 10000 100000 1000000)
[ -n "$quick" ] && sizes=(400 1000 10000)
for size in "${sizes[@]}"; do
    micro --made-up "$size" >"$work/micro-$size"
    for part in parse resolve verdict render fresh cached; do
        value=$(awk -F '\t' -v part=$part '$1 == part { print $2 }' "$work/micro-$size")
        note scale "$size" "${part}_ns" "$value"
        printf '%s\t' "$value"
    done | sed "s/^/$size\t/; s/\t\$/\n/"
done | print_table JURISDICTIONS PARSE RESOLVE VERDICT RENDER FRESH CACHED
largest=${sizes[-1]}
fresh() { awk -F '\t' '$1 == "fresh" { print $2 }' "$work/micro-$1"; }
target "5. a fresh answer at $largest jurisdictions, of that at 400" \
    "$(quotient "$(fresh "$largest")" "$(fresh 400)")" '<=' 1.2

echo
echo "== The same through the socket: places of the whole table, by Zipf's law and evenly drawn, 50 connections"
sizes=(400 10000 100000)
[ -n "$quick" ] && sizes=(400 10000)
for size in "${sizes[@]}"; do
    make_table "$size"
    start_legalityd "$work/table-$size"
    for kind in check uniform; do
        "$tools/requests" "$work/legalityd" 100000 "--$kind" >"$work/requests"
        generate -c 50 -r 3 -t "$seconds" "legalityd,varlink,$work/legalityd,$work/requests,$legalityd_pid" \
            >"$work/figures"
        note scale "$size" "${kind}_rate" "$(figure legalityd 6)"
        note scale "$size" "${kind}_cpu_ns_per_reply" "$(figure legalityd 10)"
        printf '%s\t%s\t%s\t%s\n' "$size" "$kind" "$(figure legalityd 6)" "$(figure legalityd 10)"
    done
    stop_servers
done >"$work/drawn"
sed 's/\tcheck\t/\tby Zipf\t/; s/\tuniform\t/\tevenly\t/' "$work/drawn" |
    print_table JURISDICTIONS PLACES REPLIES/S CPU-NS/REPLY
