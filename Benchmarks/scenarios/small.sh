# shellcheck shell=bash disable=SC2034,SC2154
# The same with a small reply, where the kernel copies less and the server's own work shows more.

echo
echo "== A small reply: Resolve of US-AL"
start_legalityd
ask org.legalityd.Lookup.Resolve '{"place":"US-AL"}' >"$work/resolve"
compare_servers small "$work/resolve"
