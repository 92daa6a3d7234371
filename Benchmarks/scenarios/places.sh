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
# The medians of lines of KIND and three figures.
place_medians() {
    local kind field
    for kind in "${kinds[@]}" read; do
        printf '%s' "$kind"
        for field in 2 3 4; do
            printf '\t%s' "$(awk -F '\t' -v kind="$kind" -v field="$field" '$1 == kind { print $field }' "$1" |
                sort -n | awk '{ value[NR] = $0 } END { print value[int((NR + 1) / 2)] }')"
        done
        echo
    done
}
# of_places KIND FACTOR FIELD
of_places() { awk -F '\t' -v kind="$1" -v field="$3" '$1 == kind { print $field }' "$work/places-$2"; }

for factor in "${factors[@]}"; do
    cp -R "$table" "$work/table-$factor"
    "$tools/makegazetteer" "$factor" "$table/gazetteer/us-divisions.tsv" \
        "$work/table-$factor/gazetteer/us-divisions.tsv" >"$work/count-$factor"
done
# In turn, so that what disturbs the machine disturbs all sizes alike.
for round in 1 2 3; do
    for factor in "${factors[@]}"; do
        "${scheduling[@]}" taskset -c "$server_core" "$tools/places" time "$work/table-$factor" "$work/inputs" \
            >>"$work/places-all-$factor"
    done
done
for factor in "${factors[@]}"; do
    directory=$work/table-$factor
    places=$(cat "$work/count-$factor")
    place_medians "$work/places-all-$factor" >"$work/places-$factor"
    # Under valgrind, which takes minutes to read the largest, all that are known together.
    if has valgrind && [ "$factor" -le 10 ]; then
        known=$(place_instructions known 4)
        note places "$factor" resolve-known_instructions "$known"
        printf '%s\tid, name, in-state and zip\t-\t-\t-\t%s\n' "$places" "$known"
    fi
    dependent_read=$(of_places read "$factor" 3)
    while IFS=$'\t' read -r kind near far memory; do
        if [ "$kind" = read ]; then
            note places "$factor" read_near_ns "$near"
            note places "$factor" read_far_ns "$far"
            note places "$factor" memory_bytes "$memory"
            printf '%s\tone dependent read\t%s\t%s\t-\t-\n' "$places" "$near" "$far"
            continue
        fi
        count=-
        if has valgrind && [ "$factor" = 1 ]; then
            count=$(place_instructions "$kind" 1)
            note places "$factor" "resolve-${kind}_instructions" "$count"
        fi
        note places "$factor" "resolve-${kind}_ns" "$near"
        note places "$factor" "resolve-${kind}_drawn_ns" "$far"
        reads=$(quotient $((far - near)) "$dependent_read")
        printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$places" "$kind" "$near" "$far" "$reads" "$count"
    done <"$work/places-$factor"
done >"$work/places"
print_table PLACES KIND KEPT/ns DRAWN/ns DIFFERENCE/reads INSTRUCTIONS <"$work/places"
for kind in "${kinds[@]}"; do
    target "places: $kind, the same inputs at ${largest}x the gazetteer, of that at 1x" \
        "$(quotient "$(of_places "$kind" "$largest" 2)" "$(of_places "$kind" 1 2)")" '<=' 1.2
done
for kind in id name in-state zip; do
    target "places: $kind, drawn from all places at ${largest}x, of that at 1x" \
        "$(quotient "$(of_places "$kind" "$largest" 3)" "$(of_places "$kind" 1 3)")" '<=' 1.2
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
