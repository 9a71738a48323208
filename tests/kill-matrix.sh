#!/usr/bin/env bash
# Kills the process at each failpoint, with each backend, each mode and each sink, and compares what it wrote with what it should have.
# With every build a diagonal of the matrix is run; this runs all of it, or the cells in whose names all WORDS occur.
# usage: tests/kill-matrix.sh [ROUND] [WORD…]     tests/kill-matrix.sh 3 rocks unaligned     another round kills at other hits
# A cell that fails is repeated by its round and its words.
set -euo pipefail
cd "$(dirname "$0")/.."

round=${1:-0}
shift || true
tests=artifacts/bin/Kills.Tests/release/Weir.Kills.Tests
[ -x "$tests" ] || dotnet build -c Release tests/Kills.Tests --nologo -v quiet
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
WEIR_KILLS="${*:-all}" WEIR_KILLS_ROUND="$round" nice tests/with-postgres.sh tests/with-mariadb.sh "$tests" \
  --filter-not-class "*SourceKillTests" --show-live-output on 2>&1 | tee "$log" | sed 's/^OUTPUT: .*)\] //' || status=$?
sed -n 's/.*\] cell .* round [0-9]*: \([0-9]*\) starts, \([0-9]*\) kills, \([0-9]*\) checkpoints, \([0-9]*\) .*/\1 \2 \3 \4/p' "$log" \
  | awk '{ cells++; starts += $1; kills += $2; checkpoints += $3; flight += $4 }
      END { print cells " cells came to their end: " starts " starts, " kills " kills, " checkpoints " checkpoints, " flight " with records in flight" }'
exit "$status"
