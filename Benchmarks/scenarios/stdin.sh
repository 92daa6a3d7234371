# shellcheck shell=bash disable=SC2034,SC2154
# A million places on standard input, beside the socket's own pipelined rate (the client's issue).

echo
echo "== A million places on standard input"
start_legalityd
count=1000000
[ -n "$quick" ] && count=100000
"$tools/requests" "$work/legalityd" 20000 --check >"$work/requests"
sed 's/.*"place":"\([^"]*\)".*/\1/' "$work/requests" >"$work/places-once"
for ((number = 0; number < count / 20000; number++)); do cat "$work/places-once"; done >"$work/places"
for round in 1 2 3; do
    generate -c 1 -d 64 -r 1 -t "$seconds" "legalityd,varlink,$work/legalityd,$work/requests,$legalityd_pid" >"$work/figures"
    limit=$(figure legalityd 6)
    start=$(date +%s.%N)
    "${scheduling[@]}" taskset -c "$generator_core" "$client" is-legal - --socket "$work/legalityd" \
        <"$work/places" >"$work/answers" || true
    end=$(date +%s.%N)
    [ "$(wc -l <"$work/answers")" = "$count" ] || { echo "run: $(wc -l <"$work/answers") answers of $count" >&2; exit 1; }
    awk -v round="$round" -v count="$count" -v start="$start" -v end="$end" -v limit="$limit" \
        'BEGIN { rate = count / (end - start); printf "%d\t%.0f\t%.0f\t%.3f\n", round, rate, limit, rate / limit }'
done >"$work/stdin"
print_table ROUND PLACES/S SOCKET/S RATIO <"$work/stdin"
middle=$(sort -t $'\t' -k 4 -g "$work/stdin" | sed -n 2p)
note stdin legality rate "$(cut -f 2 <<<"$middle")"
note stdin socket rate "$(cut -f 3 <<<"$middle")"
target "client: places on standard input, of the socket's rate" "$(cut -f 4 <<<"$middle")" '>=' 0.5
