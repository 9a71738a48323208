#!/usr/bin/env bash
# The sample as one native binary, and as the runtime compiles it while it runs: size, time to start, time of the whole job, the same output.
# Medians of five runs in turn.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet publish samples/FlightDelays -c Release -r linux-x64 -p:Native=true -o "$work/native" --artifacts-path "$work/a" --nologo -v quiet
dotnet publish samples/FlightDelays -c Release -r linux-x64 --self-contained -o "$work/jit" --artifacts-path "$work/b" --nologo -v quiet

ms() { # command...
  local start
  start=$(date +%s%N)
  "$@" > "$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
  echo $((($(date +%s%N) - start) / 1000000))
}

run() { # kind
  rm -rf "$work/$1-out" "$work/$1-chk"
  ms "$work/$1/FlightDelays" --rate 0 --output "$work/$1-out" --checkpoints "$work/$1-chk"
}

rows() { cat "$work/$1-out"/part-*.jsonl | LC_ALL=C sort; }
median() { sort -n | sed -n 3p; }

for _ in 1 2 3 4 5; do
  for kind in native jit; do
    ms "$work/$kind/FlightDelays" --version >> "$work/$kind.start"
    run "$kind" >> "$work/$kind.job"
  done
done
cmp <(rows native) <(rows jit)
echo "| sample | size on disk, MB | start (\`--version\`), ms | 20,000 flights, whole job, ms |"
echo "|---|---:|---:|---:|"
for kind in native jit; do
  size=$(find "$work/$kind" -type f -not -name '*.dbg' -not -name '*.pdb' -not -name '*.csv' -printf '%s\n' | awk '{ sum += $1 } END { printf "%.1f", sum / 1e6 }')
  echo "| $kind | $size | $(median < "$work/$kind.start") | $(median < "$work/$kind.job") |"
done
