# shellcheck shell=bash disable=SC2034,SC2154
# Where the daemon's processor time goes while it is driven, in percent of all samples: the kernel, its own code and the
# libraries, which are the whole; and the parts of a request, with what they call, which are some of it.

echo
echo "== Where the daemon's processor time goes"
if ! has perf; then
    echo "skipped: perf is missing (Debian: linux-perf)"
    return 0
elif ! perf record -q -e cpu-clock:k -o "$work/perf.data" true 2>/dev/null; then
    echo "skipped: perf may not look at the kernel here"
    return 0
fi
profiled=4
[ -n "$quick" ] && profiled=1

# profile NAME REQUESTS CONNECTIONS: of legalityd, which runs already.
profile() {
    local name=$1 generator kind key share
    rm -f "$work/driving"
    generate -c "$3" -r 1 -t $((profiled + 2)) -b "$work/driving" \
        "legalityd,varlink,$work/legalityd,$2,$legalityd_pid" >"$work/figures" &
    generator=$!
    await "$work/driving"
    sleep 1
    taskset -c "$generator_core" perf record -q -g -F 1999 -o "$work/perf.data" -p "$legalityd_pid" -- \
        sleep "$profiled" 2>/dev/null
    wait "$generator"
    perf script -i "$work/perf.data" --no-inline -F ip,sym,dso 2>/dev/null | swift demangle --simplified |
        awk -v program="/${daemon##*/}" -f "$here/lib/profile.awk" >"$work/profile"
    printf '%s\t%s\t%s' "$name" "$(figure legalityd 6)" "$(figure legalityd 10)"
    while IFS=$'\t' read -r kind key share; do
        [ "$kind" = function ] && continue
        note profile "$name" "${key}_percent" "$share"
        printf '\t%s' "$share"
    done <"$work/profile"
    echo
    sed -n 's/^function\t//p' "$work/profile" | sort -t $'\t' -k 2 -rg | head -n 6 |
        awk -F '\t' -v name="$name" '{ list = list (NR > 1 ? ", " : "") $1 " " $2 } END { print name ": " list }' \
            >>"$work/dearest"
}

{
    start_legalityd
    ask org.legalityd.Lookup.Check '{"place":"US-AL"}' >"$work/check"
    profile 1x1 "$work/check" 1
    profile 50x1 "$work/check" 50
    mixed_requests >"$work/mixed"
    profile mixed "$work/mixed" 50
    stop_servers
    if [ -z "$quick" ]; then
        make_table 100000
        start_legalityd "$work/table-100000"
        "$tools/requests" "$work/legalityd" 100000 --uniform >"$work/requests"
        profile "10^5 evenly" "$work/requests" 50
        stop_servers
    fi
} >"$work/profiles"
print_table LOAD REPLIES/S CPU-NS/REPLY KERNEL OWN LIBC LIBSYSTEMD OTHER PARSING KEPT RESOLVING JUDGING RENDERING \
    <"$work/profiles"
echo "The dearest functions:"
sed 's/^/  /' "$work/dearest"
