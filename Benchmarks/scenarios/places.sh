# shellcheck shell=bash disable=SC2034,SC2154
# Resolving (the places' issue): what it costs does not grow with the gazetteer; and what loading the gazetteer adds.

echo
echo "== Resolving, with made-up places beside the shipped ones"
factors=(1 10 100)
[ -n "$quick" ] && factors=(1 10)
largest=${factors[-1]}
kinds=(id name in-state zip unknown)
"$tools/places" list "$table" >"$work/inputs"
has valgrind && strip -o "$work/places-stripped" "$tools/places"
# The instructions of 600 inputs less those of 100, over 500: what reading the table and the first of all take is in both.
place_instructions() { echo $((($(place_counted "$1" 600) - $(place_counted "$1" 100)) / (500 * $2))); }
place_counted() { instructions "$work/places-stripped" count "$directory" "$work/inputs" "$1" "$2"; }
# of_places KIND FACTOR MEASURE COLUMN: 4 is the time, 5 how many times that at 1x it is.
of_places() {
    local number=1 factor
    for factor in "${factors[@]}"; do
        [ "$factor" = "$2" ] && break
        number=$((number + 1))
    done
    awk -F '\t' -v kind="$1" -v table="$number" -v measure="$3" -v column="$4" \
        '$1 == kind && $2 == table && $3 == measure { print $column }' "$work/places-times"
}

tables=()
for factor in "${factors[@]}"; do
    cp -R "$table" "$work/table-$factor"
    "$tools/makegazetteer" "$factor" "$table/gazetteer/us-divisions.tsv" \
        "$work/table-$factor/gazetteer/us-divisions.tsv" >"$work/count-$factor"
    tables+=("$work/table-$factor")
done
# All sizes in one process, in turn, so that what disturbs the machine disturbs all of them alike.
"${scheduling[@]}" taskset -c "$server_core" "$tools/places" time "$work/inputs" "${tables[@]}" >"$work/places-times"
for factor in "${factors[@]}"; do
    directory=$work/table-$factor
    places=$(cat "$work/count-$factor")
    # Under valgrind, which takes minutes to read the largest, all that are known together.
    if has valgrind && [ "$factor" -le 10 ]; then
        known=$(place_instructions known 4)
        note places "$factor" resolve-known_instructions "$known"
        printf '%s\tid, name, in-state and zip\t-\t-\t-\t-\t%s\n' "$places" "$known"
    fi
    note places "$factor" read_near_ns "$(of_places read "$factor" kept 4)"
    dependent_read=$(of_places read "$factor" drawn 4)
    note places "$factor" read_far_ns "$dependent_read"
    note places "$factor" memory_bytes "$(of_places memory "$factor" resident 4)"
    printf '%s\tone dependent read\t%s\t%s\t-\t-\t-\n' "$places" "$(of_places read "$factor" kept 4)" "$dependent_read"
    for kind in "${kinds[@]}"; do
        count=-
        if has valgrind && [ "$factor" = 1 ]; then
            count=$(place_instructions "$kind" 1)
            note places "$factor" "resolve-${kind}_instructions" "$count"
        fi
        kept=$(of_places "$kind" "$factor" kept 4)
        drawn=$(of_places "$kind" "$factor" drawn 4)
        displaced=$(of_places "$kind" "$factor" displaced 4)
        note places "$factor" "resolve-${kind}_ns" "$kept"
        note places "$factor" "resolve-${kind}_drawn_ns" "$drawn"
        note places "$factor" "resolve-${kind}_displaced_ns" "$displaced"
        reads=$(awk -v kept="$kept" -v drawn="$drawn" -v read="$dependent_read" \
            'BEGIN { printf "%.1f", (drawn - kept) / read }')
        printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$places" "$kind" "$kept" "$drawn" "$displaced" "$reads" "$count"
    done
done >"$work/places"
print_table PLACES KIND KEPT/ns DRAWN/ns DISPLACED/ns DRAWN-KEPT/reads INSTRUCTIONS <"$work/places"
for kind in "${kinds[@]}"; do
    target "places: $kind, the same inputs at ${largest}x the gazetteer, of that at 1x" \
        "$(of_places "$kind" "$largest" kept 5)" '<=' 1.2
done
for kind in "${kinds[@]}"; do
    target "places: $kind, drawn from all places at ${largest}x, of that at 1x" \
        "$(of_places "$kind" "$largest" drawn 5)" '<=' 1.2
done
for kind in "${kinds[@]}"; do
    target "places: $kind, drawn, each with the caches displaced before it, at ${largest}x, of that at 1x" \
        "$(of_places "$kind" "$largest" displaced 5)" '<=' 1.2
done
rm -rf "$work"/table-1*

echo
echo "== What the gazetteer adds to start and memory"
cp -R "$table" "$work/table-without"
rm -r "$work/table-without/gazetteer"
for kind in with without; do
    directory=$table
    [ $kind = without ] && directory=$work/table-without
    "${scheduling[@]}" "$tools/ready" -r 9 "$work/ready" "$daemon" --table "$directory" --socket "$work/ready" \
        --log-level error | sed "s/^/$kind\t/"
done >"$work/gazetteer"
print_table GAZETTEER READY/ms CPU/ms PEAK-RSS/kB <"$work/gazetteer"
while IFS=$'\t' read -r kind ready processor peak; do
    note gazetteer "$kind" ready_ms "$ready"
    note gazetteer "$kind" cpu_ms "$processor"
    note gazetteer "$kind" peak_rss_kb "$peak"
done <"$work/gazetteer"
