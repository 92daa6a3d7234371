#!/bin/bash
# varlinkctl (systemd 257 or later) and jq.
set -euo pipefail
socket=${LEGALITY_SOCKET:-/run/legalityd/socket}
call() { varlinkctl --json=short "$@"; }

status=$(call call "$socket" org.legalityd.Lookup.Check '{"place": "US-AL"}' | jq -r .verdict.status)
echo "Alabama: $status"

for day in 2025-06-01 2026-06-01; do
    # Values belong into JSON by jq, not by pasting text together.
    parameters=$(jq -cn --arg place 'Rhode Island' --arg on "$day" '$ARGS.named')
    status=$(call call "$socket" org.legalityd.Lookup.Check "$parameters" | jq -r .verdict.status)
    echo "Rhode Island on $day: $status"
done

# A stream: one JSON object an entry.
first=$(call --more call "$socket" org.legalityd.Lookup.List \
    '{"country": "US", "kind": "state", "status": "prohibited", "on": "2026-06-01"}' |
    tr -d '\036' | jq -rn 'first(inputs.entries[]).place.id')
echo "First US state where kratom is prohibited on 2026-06-01: $first"

# An error: its name is in what varlinkctl says, its exit status is not 0.
if ! message=$(call call "$socket" org.legalityd.Lookup.Check '{"place": "Nowhere"}' 2>&1 >/dev/null); then
    case $message in
    *org.legalityd.Lookup.UnknownPlace*) echo 'Nowhere: no such place' ;;
    *) echo "$message" ;;
    esac
fi
