# shellcheck shell=bash disable=SC2034,SC2154
# What is measured on, and with what.

# Builds the daemon and the client as they are shipped, and the tools, and finds the programs beside them.
build() {
    local package
    for package in redis-server nginx valgrind curl; do
        command -v "$package" >/dev/null && continue
        if [ "$(id -u)" = 0 ]; then
            echo "installing $package" >&2
            DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$package" >/dev/null || true
        else
            echo "run: without $package some comparisons are left out (apt install $package)" >&2
        fi
    done
    swift build --package-path "$top" -c release --static-swift-stdlib --product legalityd >&2
    swift build --package-path "$top" -c release --product legality --scratch-path "$top/.build-client" \
        -Xswiftc -static-executable >&2
    swift build --package-path "$here" -c release --static-swift-stdlib >&2
    daemon=$(swift build --package-path "$top" -c release --static-swift-stdlib --show-bin-path)/legalityd
    client=$top/.build-client/release/legality
    tools=$(swift build --package-path "$here" -c release --static-swift-stdlib --show-bin-path)
    table=$top/data
}

# instructions COMMAND…: how many it takes, its start included
instructions() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 | sed -n 's/.*Collected : //p'
}

has() { command -v "$1" >/dev/null; }

describe_machine() {
    machine=$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -n 1)
    cores=$(nproc)
    commit=$(git -C "$top" describe --always --dirty --abbrev=12 2>/dev/null || echo unknown)
    date=$(date -u +%Y-%m-%dT%H:%M:%SZ)
    # The servers have one core and the generator another, where there are two.
    server_core=0 generator_core=$((cores > 1 ? 1 : 0))
    scheduling=()
    if [ -n "$realtime" ]; then
        chrt -f 10 true || { echo "run: --realtime needs the right to set it" >&2; exit 77; }
        scheduling=(chrt -f 10)
    fi
    echo "$date, $machine, $cores cores, Linux $(uname -r), commit $commit${realtime:+, real-time scheduling}"
    echo "load average before: $(cut -d ' ' -f 1-3 /proc/loadavg)"
}

on_server_core() { exec "${scheduling[@]}" taskset -c "$server_core" "$@"; }
micro() { "${scheduling[@]}" taskset -c "$server_core" "$tools/micro" "$@"; }
generate() { "${scheduling[@]}" taskset -c "$generator_core" "$tools/load" "$@"; }
