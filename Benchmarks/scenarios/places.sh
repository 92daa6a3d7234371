# shellcheck shell=bash disable=SC2034,SC2154
# Resolving (the places' issue): what it costs does not grow with the gazetteer; and what loading the gazetteer adds.

echo
echo "== Resolving, with made-up places beside the shipped ones (nanoseconds)"
factors=(1 10 100)
[ -n "$quick" ] && factors=(1 10)
parts=(resolve-id resolve-name resolve-in-state resolve-zip resolve-unknown)
for factor in "${factors[@]}"; do
    directory=$work/table-places
    rm -rf "$directory"
    cp -R "$table" "$directory"
    places=$("$tools/makegazetteer" "$factor" "$table/gazetteer/us-divisions.tsv" "$directory/gazetteer/us-divisions.tsv")
    "${scheduling[@]}" taskset -c "$server_core" "$tools/micro" --table "$directory" "${parts[@]}" >"$work/places-$factor"
    printf '%s' "$places"
    for part in "${parts[@]}"; do
        value=$(awk -F '\t' -v part="$part" '$1 == part { print $2 }' "$work/places-$factor")
        note places "$factor" "${part}_ns" "$value"
        printf '\t%s' "$value"
    done
    echo
done >"$work/places"
print_table PLACES ID NAME NAME,STATE ZIP UNKNOWN <"$work/places"
of_places() { awk -F '\t' -v part="$1" '$1 == part { print $2 }' "$work/places-$2"; }
largest=${factors[-1]}
for part in "${parts[@]}"; do
    target "places: ${part#resolve-} at ${largest}x the gazetteer, of that at 1x" \
        "$(quotient "$(of_places "$part" "$largest")" "$(of_places "$part" 1)")" '<=' 1.2
done

echo
echo "== What the gazetteer adds to start and memory"
rm -rf "$work/table-places"
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
