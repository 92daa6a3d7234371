# shellcheck shell=bash disable=SC2034,SC2154
# What a request costs without the kernel: time, and instructions counted by valgrind, which no other load disturbs.

echo
echo "== A request, part by part, without a socket"
micro --table "$table" >"$work/micro"
sed -n 's/^# //p' "$work/micro"
# The instructions of 300 runs less those of 100, over 200.
micro_instructions() { echo $((($(micro_counted "$1" 300) - $(micro_counted "$1" 100)) / 200)); }
micro_counted() { instructions "$work/micro-stripped" --table "$work/table-small" --count "$2" "$1"; }
if has valgrind; then
    # Valgrind gives up on some compilers' debugging information.
    strip -o "$work/micro-stripped" "$tools/micro"
    # A table with Alabama and what is above it: reading the whole under valgrind takes minutes and adds nothing.
    mkdir -p "$work/table-small/us"
    cp "$table"/{table,substances,us,eu}.yaml "$work/table-small/"
    cp "$table/us/al.yaml" "$work/table-small/us/"
fi
grep -v '^#' "$work/micro" | while IFS=$'\t' read -r part median least most; do
    note micro "$part" ns "$median"
    count=-
    if has valgrind; then
        count=$(micro_instructions "$part")
        note micro "$part" instructions "$count"
    fi
    printf '%s\t%s\t%s\t%s\t%s\n' "$part" "$median" "$least" "$most" "$count"
done | print_table PART NS LEAST MOST INSTRUCTIONS
