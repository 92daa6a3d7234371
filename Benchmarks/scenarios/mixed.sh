# shellcheck shell=bash disable=SC2034,SC2154
# Target 4: all methods, places by Zipf's law, ages and dates, ZIP codes, unknown places; beside target 2's load, in turn.

echo
echo "== A mixed load, beside the same question over and over"
start_legalityd
zip=$table/gazetteer/us-zip.tsv
[ -f "$zip" ] || zip=/dev/null
"$tools/requests" "$work/legalityd" 200000 --zip "$zip" >"$work/mixed"
ask org.legalityd.Lookup.Check '{"place":"US-AL"}' >"$work/check"
measure mixed/50x1 -c 50 -d 1 "legalityd,varlink,$work/legalityd,$work/mixed,$legalityd_pid" \
    "same,varlink,$work/legalityd,$work/check,$legalityd_pid"
target "4. mixed load, of target 2's rate" "$(ratio same)" '>=' 0.6
