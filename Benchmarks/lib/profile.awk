# The samples of `perf script -F ip,sym,dso`, their names demangled: percents by where the processor was, by the part of
# a request, and by function. A sample is a paragraph, its innermost frame first: address, name, (file).
BEGIN {
    RS = ""
    FS = "\n"
    OFS = "\t"
    split("kernel own libc libsystemd other", places, " ")
    split("parsing kept resolving judging rendering", parts, " ")
    does["parsing"] = "JSONDocument|FrameScanner"
    does["kept"] = "RequestCache|KeptReplies|RenderedReplies|DatedVerdicts"
    does["resolving"] = "ResolvedPlaces|Resolver\\.|Table\\.resolve"
    does["judging"] = "Table\\.(judge|evaluations|status|history|upcoming|turningPoints|warnings)"
    does["rendering"] = "JSONWriter|SharedParts"
}

# Without address, file, and what Swift tells of parameters and specializations.
function name(frame) {
    sub(/^[ \t]*[0-9a-f]+ (specialized )?/, "", frame)
    sub(/ \([^()]*\)$/, "", frame)
    sub(/[<(].*/, "", frame)
    return frame
}

function place(frame) {
    sub(/.*\(/, "", frame)
    sub(/\)$/, "", frame)
    if (frame ~ /^\[kernel|^\[guest/ || frame ~ /\.ko/) return "kernel"
    if (frame ~ program "$") return "own"
    if (frame ~ /\/libc[.-]/) return "libc"
    if (frame ~ /\/libsystemd/) return "libsystemd"
    return "other"
}

{
    count++
    in_place[place($1)]++
    functions[name($1)]++
    # The innermost frame that tells: a place that is resolved for a verdict is resolving.
    for (frame = 1; frame <= NF; frame++)
        for (part in does)
            if ($frame ~ does[part]) {
                in_part[part]++
                next
            }
}

END {
    for (i = 1; i in places; i++) print "place", places[i], percent(in_place[places[i]])
    for (i = 1; i in parts; i++) print "part", parts[i], percent(in_part[parts[i]])
    for (one in functions) print "function", one, percent(functions[one])
}

function percent(some) { return sprintf("%.1f", count ? 100 * some / count : 0) }
