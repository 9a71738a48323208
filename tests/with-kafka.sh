#!/usr/bin/env bash
# Runs a command with a Kafka broker of its own, whose address is in WEIR_KAFKA, and ends the broker behind it. The broker lives in a
# temporary directory and listens to the loopback alone. It is looked for in this order:
#   1. KAFKA_HOME, the directory of an Apache Kafka that is installed;
#   2. WEIR_KAFKA_KIT, a kit of scripts (start.sh, stop.sh, admin.sh), by default ../shared/kafka beside the repository: it can start
#      several brokers (WEIR_KAFKA_BROKERS);
#   3. Docker, with the image apache/kafka;
#   4. the release archive of Apache Kafka: downloaded once, its checksum compared, and kept in the user's cache.
# WEIR_KAFKA_SET has settings of the broker beside those of the tests: "transactional.id.expiration.ms=10000 num.io.threads=2".
# WEIR_KAFKA_CONTROL is a program: control kill|stop|start|pause|resume [broker], control admin TOOL ARGUMENTS…
# Where none can be had, or Java 17 is missing, the command runs without WEIR_KAFKA, and what needs a broker is skipped.
#   tests/with-kafka.sh dotnet test --project tests/Kafka.Tests -c Release
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
version=4.1.0
image=apache/kafka:$version
name=kafka_2.13-$version
cache=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/weir-tests

# The mirror and the checksum come from different hosts.
archive() {
  [ ! -d "$cache/$name/libs" ] || return 0
  command -v curl > /dev/null || return 1
  local part
  part=$(mktemp -d "${TMPDIR:-/tmp}/weir-kafka-archive.XXXXXX")
  if curl -fsSL --connect-timeout 5 --max-time 300 -o "$part/$name.tgz" "https://dlcdn.apache.org/kafka/$version/$name.tgz" \
    && curl -fsSL --connect-timeout 5 --max-time 30 -o "$part/sum" "https://downloads.apache.org/kafka/$version/$name.tgz.sha512" \
    && [ "$(sed 's/^[^:]*://' "$part/sum" | tr -dc '0-9A-Fa-f' | tr 'A-F' 'a-f' | cut -c1-128)" = "$(sha512sum "$part/$name.tgz" | cut -c1-128)" ] \
    && mkdir -p "$cache" && tar -xzf "$part/$name.tgz" -C "$part" && mv "$part/$name" "$cache/"; then
    rm -rf "$part"
  else
    rm -rf "$part"
    return 1
  fi
}

without() { echo "$1: what needs a Kafka broker will be skipped." >&2; }

# KAFKA_TRANSACTIONAL_ID_EXPIRATION_MS=10000, as the image takes it.
settings() {
  local setting name
  for setting in ${WEIR_KAFKA_SET:-}; do
    name=$(tr a-z. A-Z_ <<< "${setting%%=*}")
    echo "-e KAFKA_$name=${setting#*=}"
  done
}

docker_answers() { command -v docker > /dev/null && docker info > /dev/null 2>&1; }

kit=${WEIR_KAFKA_KIT:-$root/../shared/kafka}
from='' home=${KAFKA_HOME:-}
if [ -n "$home" ]; then
  [ -d "$home/libs" ] || { echo "KAFKA_HOME is $home, and there is no $home/libs: that is no Apache Kafka." >&2; exit 1; }
  from=home
elif [ -f "$kit/start.sh" ]; then
  from=kit
elif docker_answers; then
  from=docker
elif archive; then
  from=home home=$cache/$name
else
  without "There is no Kafka: no KAFKA_HOME, no kit at $kit (WEIR_KAFKA_KIT), no Docker, and no archive of Apache Kafka $version"
  exec "$@"
fi

if [ "$from" != docker ] && ! command -v "${JAVA_HOME:+$JAVA_HOME/bin/}java" > /dev/null; then
  without "Java is not installed (Debian's package: openjdk-17-jre-headless)"
  exec "$@"
fi

folder=$(mktemp -d "${TMPDIR:-/tmp}/weir-kafka.XXXXXX")
control=$folder/control
case "$from" in
  home)
    cat > "$control" << END
#!/usr/bin/env bash
exec bash "$root/tests/kafka-broker.sh" "$home" "$folder" "\$@"
END
    ;;
  kit)
    cat > "$control" << END
#!/usr/bin/env bash
set -euo pipefail
broker=("$folder/broker" \${2:+--broker "\$2"})
case "\$1" in
  kill) bash "$kit/stop.sh" "\${broker[@]}" --kill ;;
  stop) bash "$kit/stop.sh" "\${broker[@]}" ;;
  start) bash "$kit/start.sh" "\${broker[@]}" ;;
  pause) bash "$kit/stop.sh" "\${broker[@]}" --pause ;;
  resume) bash "$kit/stop.sh" "\${broker[@]}" --resume ;;
  admin) shift; exec bash "$kit/admin.sh" "$folder/broker" "\$@" ;;
  *) echo "usage: control kill|stop|start|pause|resume [broker], control admin ARGUMENTS" >&2; exit 2 ;;
esac
END
    ;;
  docker)
    port=$(/usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    cat > "$control" << END
#!/usr/bin/env bash
set -euo pipefail
container=weir-tests-$port
case "\$1" in
  kill) docker kill "\$container" > /dev/null ;;
  stop) docker stop "\$container" > /dev/null ;;
  pause) docker pause "\$container" > /dev/null ;;
  resume) docker unpause "\$container" > /dev/null ;;
  admin) shift; tool=\$1; shift
    exec docker exec "\$container" "/opt/kafka/bin/kafka-\$tool.sh" --bootstrap-server 127.0.0.1:$port "\$@" ;;
  start)
    docker start "\$container" > /dev/null 2>&1 || docker run -d --name "\$container" -p 127.0.0.1:$port:$port \\
      -e KAFKA_NODE_ID=1 -e KAFKA_PROCESS_ROLES=broker,controller -e KAFKA_CONTROLLER_QUORUM_VOTERS=1@localhost:9093 \\
      -e KAFKA_LISTENERS=PLAINTEXT://:$port,CONTROLLER://:9093 -e KAFKA_ADVERTISED_LISTENERS=PLAINTEXT://127.0.0.1:$port \\
      -e KAFKA_CONTROLLER_LISTENER_NAMES=CONTROLLER \\
      -e KAFKA_LISTENER_SECURITY_PROTOCOL_MAP=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT \\
      -e KAFKA_AUTO_CREATE_TOPICS_ENABLE=false -e KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR=1 \\
      -e KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR=1 -e KAFKA_TRANSACTION_STATE_LOG_MIN_ISR=1 \\
      -e KAFKA_TRANSACTION_ABORT_TIMED_OUT_TRANSACTION_CLEANUP_INTERVAL_MS=1000 \\
      -e KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS=0 $(settings) $image > /dev/null
    for ((i = 0; i < 600; i++)); do
      ! docker exec "\$container" /opt/kafka/bin/kafka-broker-api-versions.sh --bootstrap-server 127.0.0.1:$port > /dev/null 2>&1 || exit 0
      sleep 0.1
    done
    docker logs "\$container" >&2; exit 1 ;;
  remove) docker rm -f "\$container" > /dev/null ;;
  *) echo "usage: control kill|stop|start|pause|resume, control admin ARGUMENTS" >&2; exit 2 ;;
esac
END
    ;;
esac
chmod 755 "$control"

end() {
  "$control" kill > /dev/null 2>&1 || true
  [ "$from" != docker ] || "$control" remove > /dev/null 2>&1 || true
  rm -rf "$folder"
}
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

case "$from" in
  kit)
    sets=()
    for setting in ${WEIR_KAFKA_SET:-}; do sets+=(--set "$setting"); done
    bash "$kit/start.sh" "$folder/broker" --brokers "${WEIR_KAFKA_BROKERS:-1}" "${sets[@]}" > "$folder/started"
    WEIR_KAFKA=$(sed -n 's/^BOOTSTRAP=//p' "$folder/started") ;;
  home)
    "$control" start
    WEIR_KAFKA=$(cat "$folder/bootstrap") ;;
  docker)
    "$control" start
    WEIR_KAFKA=127.0.0.1:$port ;;
esac
# Where libs/ is: tests start a second broker of it, with users and rights. Docker's has none that they could.
case "$from" in kit) WEIR_KAFKA_JARS=$kit ;; home) WEIR_KAFKA_JARS=$home ;; docker) WEIR_KAFKA_JARS= ;; esac
export WEIR_KAFKA WEIR_KAFKA_CONTROL="$control" WEIR_KAFKA_JARS
"$@"
