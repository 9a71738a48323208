#!/usr/bin/env bash
# Installs what the tests need and runs all of them. Needs the .NET SDK; everything else it gets itself.
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

command -v dotnet > /dev/null || { echo "The .NET SDK 10 is missing: https://dotnet.microsoft.com/download" >&2; exit 1; }

# The codec tests let another MessagePack library read our bytes; native binaries need a linker.
missing=()
/usr/bin/python3 -c 'import msgpack' 2> /dev/null || missing+=(python3-msgpack)
command -v clang > /dev/null || command -v gcc > /dev/null || missing+=(gcc libc6-dev)
[ -e /usr/include/zlib.h ] || missing+=(zlib1g-dev)
# PostgreSQL answers the same questions as we do; the tests compare. Sinks write to it and to MariaDB. Servers of their own are started,
# on free ports.
[ -n "$(find /usr/lib/postgresql -name initdb 2> /dev/null)" ] || missing+=(postgresql)
command -v mariadbd > /dev/null || missing+=(mariadb-server)
# Kafka's broker is a Java program.
command -v java > /dev/null || missing+=(openjdk-17-jre-headless)
if [ "${#missing[@]}" -gt 0 ]; then
  if [ "$(id -u)" -eq 0 ]; then
    apt-get update -qq && apt-get install -y -qq "${missing[@]}" > /dev/null
  elif command -v sudo > /dev/null; then
    sudo apt-get update -qq && sudo apt-get install -y -qq "${missing[@]}" > /dev/null
  else
    echo "Missing, and not to be installed without root: ${missing[*]}. The tests that need them will be skipped."
  fi
fi

# Seeds that nobody has tried before, beside the fixed ones: for so many seconds in each of eight tests.
export WEIR_FRESH_SECONDS="${WEIR_FRESH_SECONDS:-10}"

step() { printf '\n== %s\n' "$1"; }

step "restore and build"
dotnet build Dsl.sln -c Release --nologo -v minimal

step "format"
# The build has enforced the style, and a test the order of using directives: white space is what is left.
dotnet format whitespace Dsl.sln --verify-no-changes --no-restore

step "tests"
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
total_passed=0 total_failed=0 total_skipped=0 total_excused=0

run() {
  local with=()
  case "$1" in
    Oracle.Tests | Postgres.Tests) with=(tests/with-postgres.sh) ;;
    MySql.Tests) with=(tests/with-mariadb.sh) ;;
    Kafka.Tests | Package.Tests) with=(tests/with-kafka.sh) ;;
    Guide.Tests | Kills.Tests) with=(tests/with-postgres.sh tests/with-mariadb.sh tests/with-kafka.sh) ;;
    AdoNet.Tests) with=(tests/with-postgres.sh tests/with-mariadb.sh) ;;
    # A quarter of the collections, since next to nothing lives longer than a seed. And no page of code is mapped twice: thousands of
    # methods are compiled, and run for seconds. No project file can say either.
    Simulation.Tests) with=(env DOTNET_GCgen0size=0x4000000 DOTNET_EnableWriteXorExecute=0) ;;
  esac
  "${with[@]}" dotnet test --project "tests/$1" -c Release --no-build 2>&1
}

tally() {
  local log="$logs/$1" passed failed skipped
  passed=$(sed -n 's/^ *succeeded: *\([0-9]*\).*/\1/p' "$log" | tail -n 1)
  failed=$(sed -n 's/^ *failed: *\([0-9]*\).*/\1/p' "$log" | tail -n 1)
  skipped=$(sed -n 's/^ *skipped: *\([0-9]*\).*/\1/p' "$log" | tail -n 1)
  # A run that does not say how it went has failed.
  total_passed=$((total_passed + ${passed:-0}))
  total_failed=$((total_failed + ${failed:-1}))
  total_skipped=$((total_skipped + ${skipped:-0}))
  # Scripts that another engine executed lie outside of the repository, and so does Kafka: where a machine has no network and nobody has
  # put a Kafka beside the repository, none can be had. What takes minutes at Kafka, or three brokers, is asked for by variables.
  excuse='no golden scripts|WEIR_KAFKA(_LONG=1|_BROKERS=3)? is not set|WEIR_KAFKA_SET has no'
  total_excused=$((total_excused + $(grep -cE "$excuse" "$log" || true)))
  [ "${passed:-0}" -gt 0 ] || total_failed=$((total_failed + 1))
}

for project in Generators.Tests Generators.Corpus Generators.Fuzz Runtime.Tests Execution.Tests Rx.Tests Hosting.Tests Postgres.Tests MySql.Tests AdoNet.Tests Kafka.Tests RocksDb.Tests Properties.Tests Simulation.Tests FlightDelays.Tests Guide.Tests Oracle.Tests Kills.Tests Package.Tests; do
  echo "-- $project"
  case "$project" in
    # Compilers and linkers work beside processes that are killed and waited for. They write into no folder that those run from.
    Kills.Tests)
      run Package.Tests > "$logs/Package.Tests" &
      run "$project" | tee "$logs/$project" || true
      ;;
    Package.Tests)
      wait || true
      cat "$logs/$project"
      ;;
    *) run "$project" | tee "$logs/$project" || true ;;
  esac
  tally "$project"
done

step "the main job, killed and resumed"
kills=${KILL_RUNS:-5}
if tests/kill-runs.sh "$kills"; then total_passed=$((total_passed + kills)); else total_failed=$((total_failed + 1)); fi

step "result"
if [ "${CI:-}" = true ] && [ "$total_skipped" -gt "$total_excused" ]; then
  echo "in CI nothing may be skipped but what has no golden scripts or no Kafka, and $((total_skipped - total_excused)) tests were"
  total_failed=$((total_failed + total_skipped - total_excused))
fi
echo "$total_passed passed, $total_failed failed, $total_skipped skipped"
[ "$total_failed" -eq 0 ]
