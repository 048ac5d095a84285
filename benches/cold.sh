#!/usr/bin/env bash
# Times popchart on made-up inputs (benches/inputs.py), from process start to exit.
#
#     benches/cold.sh [ROUNDS]        default: 15
#
# Two figures come out for SVG and for PNG at 2400 x 1350: a cold process that
# draws five figures, and the cost of one more figure, which is what 200
# figures in one process take more than five, divided by 195. Wall time is the
# median; CPU time is user and system of all threads. Uses hyperfine where it
# is installed. Quote CPU time when the machine does other things too.
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-15}

cargo build --release --quiet
popchart=$PWD/${CARGO_TARGET_DIR:-target}/release/popchart
case ${CARGO_TARGET_DIR:-} in /*) popchart=$CARGO_TARGET_DIR/release/popchart ;; esac
inputs=$PWD/benches/inputs.py
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

median() { sort -n "$1" | awk '{ value[NR] = $1 } END { print (value[int((NR + 1) / 2)] + value[int(NR / 2) + 1]) / 2 }'; }

# Wall and CPU milliseconds of drawing all figures of the folder it is called in.
measure() {
    "$popchart" render --force > messages 2>&1 || { cat messages >&2; return 1; }
    if command -v hyperfine > /dev/null; then
        hyperfine -N --warmup 1 --runs "$rounds" --export-csv times "$popchart render --force" > /dev/null 2>&1
        awk -F, 'NR == 2 { printf "%.2f %.2f\n", 1000 * $4, 1000 * ($5 + $6) }' times
        return
    fi
    local TIMEFORMAT='%3R %3U %3S' i
    for ((i = 0; i < rounds; i++)); do
        { time "$popchart" render --force > /dev/null 2>&1; } 2>> times
    done
    awk '{ print 1000 * $1 }' times > wall
    awk '{ print 1000 * ($2 + $3) }' times > cpu
    printf '%s %s\n' "$(median wall)" "$(median cpu)"
}

printf '| | five figures, cold: wall | CPU | one more figure: wall | CPU |\n|---|--:|--:|--:|--:|\n'
for format in svg png; do
    for figures in 5 200; do
        python3 "$inputs" "$work/$format-$figures" --figures "$figures" --format "$format"
    done
    few=$(cd "$work/$format-5" && measure)
    many=$(cd "$work/$format-200" && measure)
    awk -v name="$format" -v few="$few" -v many="$many" 'BEGIN {
        split(few, a, " "); split(many, b, " ")
        printf "| %s | %.1f ms | %.1f ms | %.2f ms | %.2f ms |\n", name, a[1], a[2], (b[1] - a[1]) / 195, (b[2] - a[2]) / 195
    }'
done
