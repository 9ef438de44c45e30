#!/usr/bin/env bash
# Kills a run with SIGKILL at random moments, resumes it, and compares its metrics with those of a
# run that nobody disturbed, byte for byte.
#
#   samples/experiments/kill-test.sh [TIMES] [SEED]        (20 times, seed 1)
#
# LAMBDASCOPE names another launcher than the one of this checkout.
set -u

times=${1:-20}
seed=${2:-1}
here=$(cd "$(dirname "$0")" && pwd -P)
program=${LAMBDASCOPE:-$here/../../lambdascope}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

arguments=(run "$here/kill.yaml" --store "$work/runs.duckdb" --resume --out)

now() { date +%s%3N; }

# The first start may build the program, which must not count.
"$program" --version >/dev/null || exit 1
begun=$(now)
"$program" "${arguments[@]}" "$work/whole" >/dev/null 2>&1 || { echo "the undisturbed run failed" >&2; exit 1; }
length=$(($(now) - begun))
echo "undisturbed: $length ms"

RANDOM=$seed
differing=0
for ((i = 1; i <= times; i++)); do
  moment=$(((RANDOM * 32768 + RANDOM) % length))
  out=$work/killed-$i
  # The script becomes the program, so that this is its process.
  "$program" "${arguments[@]}" "$out" >/dev/null 2>&1 &
  process=$!
  sleep "$(printf '%d.%03d' $((moment / 1000)) $((moment % 1000)))"
  kill -KILL "$process" 2>/dev/null
  wait "$process" 2>/dev/null
  kept=$(find "$out/units" -name '*.json' 2>/dev/null | wc -l)
  if "$program" "${arguments[@]}" "$out" >/dev/null 2>"$work/log" &&
    cmp -s "$work/whole/metrics.csv" "$out/metrics.csv"; then
    verdict=equal
  else
    verdict=DIFFERENT
    differing=$((differing + 1))
    cat "$work/log" >&2
  fi
  echo "$i: killed after $moment ms with $kept units done, resumed: metrics.csv $verdict"
  rm -rf "$out"
done
echo "$((times - differing)) of $times equal"
[ "$differing" -eq 0 ]
