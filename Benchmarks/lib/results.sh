# shellcheck shell=bash disable=SC2034,SC2154
# Results: a line each in results.tsv, tables on the terminal, and at the end the targets.

targets=()

# note SCENARIO SUBJECT MEASURE VALUE
note() {
    [ -n "$record" ] || return 0
    local file=$here/results.tsv
    [ -s "$file" ] || printf 'date\tcommit\tmachine\tcores\tscheduling\tscenario\tsubject\tmeasure\tvalue\n' >"$file"
    printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$date" "$commit" "$machine" "$cores" \
        "${realtime:+real-time}" "$1" "$2" "$3" "$4" >>"$file"
}

# target TEXT VALUE OPERATOR BOUND: judged at the end; OPERATOR is >= or <=.
target() {
    local met
    met=$(awk -v value="$2" -v bound="$4" -v operator="$3" \
        'BEGIN { print (operator == ">=" ? value >= bound : value <= bound) ? "met" : "NOT MET" }')
    targets+=("$1"$'\t'"$2"$'\t'"$3 $4"$'\t'"$met")
    note targets "$1" "$3 $4" "$2"
}

print_summary() {
    [ ${#targets[@]} -gt 0 ] || return 0
    echo
    printf '%s\n' "TARGET"$'\t'"MEASURED"$'\t'"ASKED"$'\t'"" "${targets[@]}" | column -t -s $'\t'
}

# table HEAD…, then lines of tab-separated values on standard input
print_table() {
    local IFS=$'\t'
    { echo "$*"; cat; } | column -t -s $'\t'
}

# measure SCENARIO OPTION…: runs the generator, prints its table, notes its figures, leaves its lines in $work/figures.
measure() {
    local scenario=$1
    shift
    generate -l "$scenario" -r "$rounds" -t "$seconds" "$@" >"$work/figures"
    cut -f 2-12 "$work/figures" | print_table SERVER CONN DEPTH BYTES REPLIES/S P50/µs P99/µs P99.9/µs \
        CPU-NS/REPLY SERVER-CPU GENERATOR-CPU
    local line
    while IFS= read -r line; do
        local IFS=$'\t'
        # shellcheck disable=SC2206
        local fields=($line)
        note "$scenario" "${fields[1]}" rate "${fields[5]}"
        note "$scenario" "${fields[1]}" p50_us "${fields[6]}"
        note "$scenario" "${fields[1]}" p99_us "${fields[7]}"
        note "$scenario" "${fields[1]}" p999_us "${fields[8]}"
        note "$scenario" "${fields[1]}" cpu_ns_per_reply "${fields[9]}"
        unset IFS
    done <"$work/figures"
    echo "legalityd's rate as a ratio, median [least … greatest] of $rounds rounds, and the processor time of a reply:"
    awk -F '\t' '{ cost[$2] = $10 } $2 == "legalityd" { line = $0; own = $10 }
        END { count = split(line, field); for (i = 13; i <= count; i++) { split(field[i], part, "=")
            split(part[2], of, ":"); printf "  to %-10s %.2f [%.2f … %.2f], processor time %.2f\n", part[1], of[1],
            of[2], of[3], cost[part[1]] ? own / cost[part[1]] : 0 } }' "$work/figures"
}

# figure SERVER COLUMN, of the last measurement
figure() { awk -F '\t' -v name="$1" -v column="$2" '$2 == name { print $column }' "$work/figures"; }

# ratio SERVER: of legalityd's rate to that server's, in the last measurement; the median of the rounds
ratio() {
    awk -F '\t' -v name="$1" '$2 == "legalityd" { for (i = 13; i <= NF; i++) { split($i, part, "=")
        if (part[1] == name) { split(part[2], of, ":"); print of[1] } } }' "$work/figures"
}

quotient() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.3f", b ? a / b : 0 }'; }
