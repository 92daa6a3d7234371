# shellcheck shell=bash disable=SC2034,SC2154
# Target 6, in part: what reloads, one after the other, do to concurrent queries and to memory.
#
# The daemon may use both cores (the reading thread would otherwise take the serving one's) and is scheduled as daemons
# are, also with --realtime, since how its threads give way to each other is what is measured; a session of its own that
# the kernel favours keeps other programs out where that is possible. The generator asks over one connection, so that
# the queries and not the generator's own load are what is disturbed.

echo
echo "== Queries while the table is reloaded over and over"
rm -f "$work/legalityd"
setsid sh -c 'echo -20 >/proc/self/autogroup; exec "$@"' sh "$daemon" --table "$table" --socket "$work/legalityd" \
    --log-level warning 2>"$work/legalityd.log" &
legalityd_pid=$!
servers+=("$legalityd_pid")
await "$work/legalityd"
ask org.legalityd.Lookup.Check '{"place":"US-AL"}' >"$work/check"
ask io.systemd.service.Reload '{}' >"$work/reload"
before=$(resident "$legalityd_pid" VmRSS)
subject="legalityd,varlink,$work/legalityd,$work/check,$legalityd_pid"
for state in idle reloading; do
    if [ $state = reloading ]; then
        "$tools/load" -c 1 -r 1 -t 60 "reloads,varlink,$work/legalityd,$work/reload" >/dev/null 2>&1 &
        reloads=$!
    fi
    generate -c 1 -r "$rounds" -t "$seconds" "$subject" >"$work/figures"
    cp "$work/figures" "$work/figures-$state"
    note reload $state p50_us "$(figure legalityd 7)"
    note reload $state p99_us "$(figure legalityd 8)"
    printf '%s\t%s\t%s\t%s\t%s\n' $state "$(figure legalityd 6)" "$(figure legalityd 7)" "$(figure legalityd 8)" \
        "$(figure legalityd 9)"
done >"$work/reload-figures"
kill "$reloads" 2>/dev/null || true
wait "$reloads" 2>/dev/null || true
print_table STATE REPLIES/S P50/µs P99/µs P99.9/µs <"$work/reload-figures"
p99() { awk -F '\t' -v state="$1" '$1 == state { print $4 }' "$work/reload-figures"; }
peak=$(resident "$legalityd_pid" VmHWM)
echo "resident before: $before kB, at the peak of reloads: $peak kB, after: $(resident "$legalityd_pid" VmRSS) kB"
note reload legalityd rss_before_kb "$before"
note reload legalityd rss_peak_kb "$peak"
target "6. p99 during reloads, of the idle one" "$(quotient "$(p99 reloading)" "$(p99 idle)")" '<=' 2
target "6. peak memory during reloads, of that before" "$(quotient "$peak" "$before")" '<=' 2
