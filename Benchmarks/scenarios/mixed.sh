# shellcheck shell=bash disable=SC2034,SC2154
# Target 4: all methods, places by Zipf's law, ages and dates, ZIP codes, unknown places; beside target 2's load, in turn.

echo
echo "== A mixed load, beside the same question over and over"
start_legalityd
mixed_requests >"$work/mixed"
ask org.legalityd.Lookup.Check '{"place":"US-AL"}' >"$work/check"
measure mixed/50x1 -c 50 -d 1 "legalityd,varlink,$work/legalityd,$work/mixed,$legalityd_pid" \
    "same,varlink,$work/legalityd,$work/check,$legalityd_pid"
target "4. mixed load, of target 2's rate" "$(ratio same)" '>=' 0.6

echo
echo "== The same requests over and over without a socket, by how much is kept of their replies"
for megabytes in 0 16 32 64; do
    time=$(micro --table "$table" --requests "$work/mixed" --cache $((megabytes << 20)) mixed |
        awk -F '\t' '$1 == "mixed" { print $2 }')
    note mixed "$megabytes MB" ns "$time"
    printf '%s\t%s\n' "$megabytes" "$time"
done | print_table KEPT/MB NS/REQUEST
