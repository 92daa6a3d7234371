# shellcheck shell=bash disable=SC2034,SC2154
# Target 6, in part: from exec to the first answer, with the shipped table and with made-up ones.

echo
echo "== From exec to the first answer"
times=15
[ -n "$quick" ] && times=5
# With both cores: reading a table uses every one.
started() {
    "${scheduling[@]}" "$tools/ready" -r "$2" "$work/ready" "$daemon" --table "$1" --socket "$work/ready" \
        --log-level error --max-table-size $((2 << 30)) --max-table-files 100000
}
sizes=(1000 10000 100000)
[ -n "$quick" ] && sizes=(1000 10000)
{
    started "$table" "$times" | sed 's/^/shipped\t/'
    for size in "${sizes[@]}"; do
        make_table "$size"
        started "$work/table-$size" $((size >= 100000 ? 1 : 5)) | sed "s/^/$size\t/"
    done
} >"$work/started"
print_table TABLE READY/ms CPU/ms PEAK-RSS/kB <"$work/started"
while IFS=$'\t' read -r name ready processor peak; do
    note load "$name" ready_ms "$ready"
    note load "$name" cpu_ms "$processor"
    note load "$name" peak_rss_kb "$peak"
done <"$work/started"
milliseconds() { awk -F '\t' -v name="$1" '$1 == name { print $2 }' "$work/started"; }
target "6. shipped table ready, milliseconds from exec" "$(milliseconds shipped)" '<=' 150
largest=${sizes[-1]} tenth=${sizes[-2]}
target "6. loading $largest jurisdictions, of the time for $tenth" \
    "$(quotient "$(milliseconds "$largest")" "$(milliseconds "$tenth")")" '<=' 11
