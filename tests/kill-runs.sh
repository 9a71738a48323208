#!/usr/bin/env bash
# Kills the main job with kill -9 at random moments, starts it again until it is done, and compares what it finished with an undisturbed run.
# By the seed, nothing else happens, or a reader takes each finished file away, or a second job is started on the same output directory and must be refused.
# usage: tests/kill-runs.sh [RUNS] [FIRST_SEED]     a failing seed is repeated by: tests/kill-runs.sh 1 SEED
set -euo pipefail
cd "$(dirname "$0")/.."

runs=${1:-20}
first_seed=${2:-1}
job=artifacts/bin/FlightDelays/release/FlightDelays.dll
[ -f "$job" ] || dotnet build -c Release samples/FlightDelays --nologo -v quiet
work=$(mktemp -d)
reader=
trap '[ -z "$reader" ] || kill "$reader" 2> /dev/null || true; rm -rf "$work"' EXIT

rows() { find "$@" -name '*.jsonl' -not -name '.*' -not -name '_*' -exec cat {} + | LC_ALL=C sort; }

# What a reader of the output does, by the pattern that docs/files.md gives.
take() { for file in "$1"/out/part-*.jsonl; do if [ -f "$file" ]; then mv "$file" "$1/taken/"; fi; done; }
take_for_ever() { while true; do take "$1"; sleep 0.01; done; }

# A second job on the directory, with checkpoints of its own: refused, whether the first one is alive or has just been killed.
rival() {
  local status=0
  dotnet "$job" --output "$1/out" --checkpoints "$1/rival-chk" --rate 0 > "$1.rival.log" 2>&1 || status=$?
  [ "$status" -eq 1 ] && grep -Eq 'is in use|finished files? of this job' "$1.rival.log"
}

echo "undisturbed run"
dotnet "$job" --output "$work/whole" --checkpoints "$work/whole-chk" --rate 0 > "$work/whole.log" 2>&1 || { cat "$work/whole.log"; exit 1; }
rows "$work/whole" > "$work/expected"
[ -s "$work/expected" ] || { echo "the undisturbed run finished no rows"; exit 1; }
echo "  $(wc -l < "$work/expected") rows"

kinds=(alone reader rival)
failed=0
for ((run = 0; run < runs; run++)); do
  seed=$((first_seed + run))
  RANDOM=$seed
  parallelism=$((1 + seed % 2))
  kind=${kinds[$((seed / 2 % 3))]}
  dir="$work/$seed"
  mkdir -p "$dir/taken"
  kills=0
  resumed=0
  rivals=0
  wrong=
  if [ "$kind" = reader ]; then
    take_for_ever "$dir" &
    reader=$!
  fi
  while true; do
    dotnet "$job" --output "$dir/out" --checkpoints "$dir/chk" --interval 20 --rate 6000 --parallelism "$parallelism" > "$dir.log" 2>&1 &
    pid=$!
    # Half of the kills fall into start-up and recovery, which take a few hundred milliseconds; after 12 the job may end.
    delay_ms=$((kills < 12 ? 150 + RANDOM % 1200 : 60000))
    for ((waited = 0; waited < delay_ms; waited += 10)); do
      kill -0 "$pid" 2> /dev/null || break
      sleep 0.01
    done
    if [ "$kind" = rival ] && [ "$rivals" -lt 3 ] && ls "$dir"/out/part-* > /dev/null 2>&1; then
      rivals=$((rivals + 1))
      rival "$dir" || { wrong="the second job was not refused"; cat "$dir.rival.log"; }
    fi
    if kill -9 "$pid" 2> /dev/null; then kills=$((kills + 1)); fi
    if wait "$pid" 2> /dev/null; then status=0; else status=$?; fi
    if grep -q 'Resumed from' "$dir.log"; then resumed=$((resumed + 1)); fi
    [ "$status" -eq 0 ] && break
    [ "$status" -eq 137 ] || { wrong="exit code $status"; cat "$dir.log"; break; }
  done
  if [ -n "$reader" ]; then
    kill "$reader" 2> /dev/null || true
    wait "$reader" 2> /dev/null || true
    reader=
  fi
  what="seed $seed  $kind  parallelism $parallelism  kills $kills  resumed $resumed"
  if [ -n "$wrong" ]; then
    echo "$what  $wrong"
    failed=$((failed + 1))
  elif rows "$dir/out" "$dir/taken" | cmp -s - "$work/expected"; then
    echo "$what  equal"
  else
    echo "$what  DIFFERENT"
    rows "$dir/out" "$dir/taken" | diff - "$work/expected" | head -20 || true
    failed=$((failed + 1))
  fi
  rm -rf "$dir" "$dir.log" "$dir.rival.log"
done

echo "$((runs - failed)) passed, $failed failed"
[ "$failed" -eq 0 ]
