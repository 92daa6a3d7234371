#!/bin/bash
# socat and jq: a call is a JSON object with a NUL byte behind it, and so is a reply.
set -euo pipefail
socket=${LEGALITY_SOCKET:-/run/legalityd/socket}
# call METHOD PARAMETERS [FLAG]: the replies, one a line. The daemon answers and then sees that nothing more comes.
call() {
    jq -cn --arg method "$1" --argjson parameters "$2" --argjson more "${3:-false}" '$ARGS.named' | tr '\n' '\0' |
        socat -t 10 - "UNIX-CONNECT:$socket" | tr '\0' '\n'
}

status=$(call org.legalityd.Lookup.Check '{"place": "US-AL"}' | jq -r .parameters.verdict.status)
echo "Alabama: $status"

for day in 2025-06-01 2026-06-01; do
    parameters=$(jq -cn --arg place 'Rhode Island' --arg on "$day" '$ARGS.named')
    status=$(call org.legalityd.Lookup.Check "$parameters" | jq -r .parameters.verdict.status)
    echo "Rhode Island on $day: $status"
done

first=$(call org.legalityd.Lookup.List \
    '{"country": "US", "kind": "state", "status": "prohibited", "on": "2026-06-01"}' true |
    jq -rn 'first(inputs.parameters.entries[]).place.id')
echo "First US state where kratom is prohibited on 2026-06-01: $first"

case $(call org.legalityd.Lookup.Check '{"place": "Nowhere"}' | jq -r .error) in
org.legalityd.Lookup.UnknownPlace) echo 'Nowhere: no such place' ;;
esac
