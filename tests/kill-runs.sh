#!/usr/bin/env bash
# Kills the main job with kill -9 at random moments, starts it again until it is done, and compares what it finished with an undisturbed run.
# usage: tests/kill-runs.sh [RUNS] [FIRST_SEED]     a failing seed is repeated by: tests/kill-runs.sh 1 SEED
set -euo pipefail
cd "$(dirname "$0")/.."

runs=${1:-20}
first_seed=${2:-1}
job=artifacts/bin/FlightDelays/release/FlightDelays.dll
[ -f "$job" ] || dotnet build -c Release samples/FlightDelays --nologo -v quiet
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

rows() { find "$1" -name '*.jsonl' -not -name '.*' -not -name '_*' -exec cat {} + | LC_ALL=C sort; }

echo "undisturbed run"
dotnet "$job" --output "$work/whole" --checkpoints "$work/whole-chk" --rate 0 > "$work/whole.log" 2>&1 || { cat "$work/whole.log"; exit 1; }
rows "$work/whole" > "$work/expected"
[ -s "$work/expected" ] || { echo "the undisturbed run finished no rows"; exit 1; }
echo "  $(wc -l < "$work/expected") rows"

failed=0
for ((run = 0; run < runs; run++)); do
  seed=$((first_seed + run))
  RANDOM=$seed
  parallelism=$((1 + seed % 2))
  dir="$work/$seed"
  kills=0
  resumed=0
  while true; do
    dotnet "$job" --output "$dir/out" --checkpoints "$dir/chk" --interval 20 --rate 6000 --parallelism "$parallelism" > "$dir.log" 2>&1 &
    pid=$!
    # Half of the kills fall into start-up and recovery, which take a few hundred milliseconds; after 12 the job may end.
    delay_ms=$((kills < 12 ? 150 + RANDOM % 1200 : 60000))
    for ((waited = 0; waited < delay_ms; waited += 10)); do
      kill -0 "$pid" 2> /dev/null || break
      sleep 0.01
    done
    if kill -9 "$pid" 2> /dev/null; then kills=$((kills + 1)); fi
    if wait "$pid" 2> /dev/null; then status=0; else status=$?; fi
    if grep -q 'Resumed from' "$dir.log"; then resumed=$((resumed + 1)); fi
    [ "$status" -eq 0 ] && break
    [ "$status" -eq 137 ] || { echo "seed $seed: exit code $status"; cat "$dir.log"; failed=$((failed + 1)); break; }
  done
  if rows "$dir/out" | cmp -s - "$work/expected"; then
    echo "seed $seed  parallelism $parallelism  kills $kills  resumed $resumed  equal"
  else
    echo "seed $seed  parallelism $parallelism  kills $kills  resumed $resumed  DIFFERENT"
    rows "$dir/out" | diff - "$work/expected" | head -20 || true
    failed=$((failed + 1))
  fi
  rm -rf "$dir" "$dir.log"
done

echo "$((runs - failed)) passed, $failed failed"
[ "$failed" -eq 0 ]
