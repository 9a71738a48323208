#!/usr/bin/env bash
# One Kafka broker out of a directory of Apache Kafka, for tests: all of it is in a folder, and it listens to the loopback alone.
#   tests/kafka-broker.sh KAFKA_HOME FOLDER start|kill|stop|pause|resume
#   tests/kafka-broker.sh KAFKA_HOME FOLDER admin topics|transactions|configs|consumer-groups ARGUMENTS…
# WEIR_KAFKA_LISTENERS and WEIR_KAFKA_PROTOCOLS have further listeners (TLS://127.0.0.1:1234) and what they speak (TLS:SSL),
# WEIR_KAFKA_PROPERTIES is a file of settings, and WEIR_KAFKA_SCRAM a user of SCRAM: all for the first start.
# `start` goes on with the data that are there, at the same address, which is in FOLDER/bootstrap. KAFKA_JVM has further flags for Java.
set -euo pipefail

home=$1 folder=$2 command=$3
shift 3
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
run=("$java" -Xms64m -Xmx384m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dlog4j2.StatusLogger.level=OFF
  -Dorg.slf4j.simpleLogger.defaultLogLevel=warn ${KAFKA_JVM:-} -cp "$home/libs/*")

free_port() { /usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

answers() { (exec 3<> "/dev/tcp/127.0.0.1/${1##*:}") 2> /dev/null; }

configure() {
  mkdir -p "$folder/data"
  local port controller
  port=$(free_port) controller=$(free_port)
  cat > "$folder/server.properties" << END
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:$controller
listeners=PLAINTEXT://127.0.0.1:$port,CONTROLLER://127.0.0.1:$controller${WEIR_KAFKA_LISTENERS:+,$WEIR_KAFKA_LISTENERS}
advertised.listeners=PLAINTEXT://127.0.0.1:$port${WEIR_KAFKA_LISTENERS:+,$WEIR_KAFKA_LISTENERS}
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT${WEIR_KAFKA_PROTOCOLS:+,$WEIR_KAFKA_PROTOCOLS}
log.dirs=$folder/data
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=5
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=5
transaction.abort.timed.out.transaction.cleanup.interval.ms=1000
group.initial.rebalance.delay.ms=0
broker.session.timeout.ms=2500
broker.heartbeat.interval.ms=400
$(printf '%s\n' ${WEIR_KAFKA_SET:-})
$(cat "${WEIR_KAFKA_PROPERTIES:-/dev/null}")
END
  # Twenty-two letters of base64 are the sixteen bytes that an id has.
  "${run[@]}" kafka.tools.StorageTool format --cluster-id "$(head -c 16 /dev/urandom | base64 | tr '+/' 'ab' | cut -c1-22)" \
    --config "$folder/server.properties" ${WEIR_KAFKA_SCRAM:+--add-scram "$WEIR_KAFKA_SCRAM"} > "$folder/format.log" 2>&1 || { cat "$folder/format.log" >&2; exit 1; }
  echo "127.0.0.1:$port" > "$folder/bootstrap"
}

start() {
  [ -f "$folder/bootstrap" ] || configure
  # A session of its own: a signal to whoever runs the tests does not reach it.
  setsid "${run[@]}" kafka.Kafka "$folder/server.properties" >> "$folder/log" 2>&1 < /dev/null &
  echo $! > "$folder/pid"
  for ((i = 0; i < 1200; i++)); do
    answers "$(cat "$folder/bootstrap")" && return
    kill -0 "$(cat "$folder/pid")" 2> /dev/null || break
    sleep 0.05
  done
  tail -n 20 "$folder/log" >&2
  exit 1
}

end() {
  local pid
  pid=$(cat "$folder/pid" 2> /dev/null) || return 0
  kill "-$1" "$pid" 2> /dev/null || return 0
  for ((i = 0; i < 600; i++)); do kill -0 "$pid" 2> /dev/null || return 0; sleep 0.05; done
  kill -KILL "$pid"
}

admin() {
  local tools=org.apache.kafka.tools class
  case "$1" in
    topics) class=$tools.TopicCommand ;;
    transactions) class=$tools.TransactionsCommand ;;
    configs) class=kafka.admin.ConfigCommand ;;
    consumer-groups) class=$tools.consumer.group.ConsumerGroupCommand ;;
    *) echo "unknown tool $1" >&2; exit 2 ;;
  esac
  shift
  exec "${run[@]}" "$class" --bootstrap-server "$(cat "$folder/bootstrap")" "$@"
}

case "$command" in
  start) start ;;
  kill) end KILL ;;
  stop) end TERM ;;
  pause) kill -STOP "$(cat "$folder/pid")" ;;
  resume) kill -CONT "$(cat "$folder/pid")" ;;
  admin) admin "$@" ;;
  *) sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
