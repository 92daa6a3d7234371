# shellcheck shell=bash disable=SC2034,SC2154
# Targets 1 to 3: legalityd, Redis and the C loop in turn, with a verdict's size for all of them.

echo
echo "== The same question and reply over and over: a verdict on US-AL"
start_legalityd
ask org.legalityd.Lookup.Check '{"place":"US-AL"}' >"$work/check"
compare_servers sockets "$work/check" 1 2 3
