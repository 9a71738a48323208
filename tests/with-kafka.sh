#!/usr/bin/env bash
# Runs a command with a Kafka broker of its own, whose address is in WEIR_KAFKA, and ends the broker behind it.
# The broker lives in a temporary directory and listens to the loopback alone. It is taken from the kit that WEIR_KAFKA_KIT names
# (scripts start.sh and stop.sh), by default ../shared/kafka beside the repository. WEIR_KAFKA_CONTROL is a program that kills, starts,
# pauses and resumes the broker.
# Where there is no kit, or no Java 17, the command runs without WEIR_KAFKA.
#   tests/with-kafka.sh dotnet test --project tests/Kafka.Tests -c Release
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
kit=${WEIR_KAFKA_KIT:-$root/../shared/kafka}
if [ ! -f "$kit/start.sh" ]; then
  echo "There is no Kafka kit at $kit (WEIR_KAFKA_KIT): what needs a broker will be skipped." >&2
  exec "$@"
fi

if ! command -v java > /dev/null; then
  echo "Java is not installed (Debian's package: openjdk-17-jre-headless): what needs Kafka will be skipped." >&2
  exec "$@"
fi

home=$(mktemp -d "${TMPDIR:-/tmp}/weir-kafka.XXXXXX")
stop() {
  bash "$kit/stop.sh" "$home/broker" --kill > /dev/null 2>&1 || true
  rm -rf "$home"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

bash "$kit/start.sh" "$home/broker" --brokers "${WEIR_KAFKA_BROKERS:-1}" > "$home/started"
cat > "$home/control" << END
#!/usr/bin/env bash
# control kill|stop|start|pause|resume [broker], control admin ARGUMENTS…
set -euo pipefail
case "\$1" in
  kill) bash "$kit/stop.sh" "$home/broker" --kill \${2:+--broker "\$2"} ;;
  stop) bash "$kit/stop.sh" "$home/broker" \${2:+--broker "\$2"} ;;
  start) bash "$kit/start.sh" "$home/broker" \${2:+--broker "\$2"} ;;
  pause) bash "$kit/stop.sh" "$home/broker" --pause \${2:+--broker "\$2"} ;;
  resume) bash "$kit/stop.sh" "$home/broker" --resume \${2:+--broker "\$2"} ;;
  admin) shift; bash "$kit/admin.sh" "$home/broker" "\$@" ;;
  *) echo "usage: control kill|stop|start|pause|resume [broker], control admin ARGUMENTS" >&2; exit 2 ;;
esac
END
chmod 755 "$home/control"
export WEIR_KAFKA_CONTROL="$home/control"
WEIR_KAFKA=$(sed -n 's/^BOOTSTRAP=//p' "$home/started")
export WEIR_KAFKA
"$@"
