#!/usr/bin/env bash
# Runs a command with a MariaDB server of its own, whose connection string is in WEIR_MARIADB, and ends the server behind it.
# The server lives in a temporary directory, listens to the loopback alone, and lets in who knows a password made for this run.
# WEIR_MARIADB_CONTROL is a program that stops, starts and restarts the server: `stop [fast|immediate]`, `start`, `restart [fast|immediate]`.
# Where MariaDB is not installed the command runs without WEIR_MARIADB.
#   tests/with-mariadb.sh dotnet test --project tests/MySql.Tests -c Release
set -euo pipefail

server=$(command -v mariadbd || true)
install=$(command -v mariadb-install-db || true)
if [ -z "$server" ] || [ -z "$install" ]; then
  echo "MariaDB is not installed (Debian's package: mariadb-server): what needs it will be skipped." >&2
  exec "$@"
fi

home=$(mktemp -d "${TMPDIR:-/tmp}/weir-mariadb.XXXXXX")
# MariaDB does not like to run as root; its package brings a user.
as_owner=()
if [ "$(id -u)" -eq 0 ]; then
  chown mysql "$home"
  as_owner=(runuser -u mysql --)
fi

stop() {
  [ ! -e "$home/server.pid" ] || kill -9 "$(cat "$home/server.pid")" 2> /dev/null || true
  rm -rf "$home"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
# A small log, no locks in memory that nobody needs, and nothing that waits for the disk: the process is killed, never the machine.
common=(--no-defaults "--datadir=$home/data" --innodb-log-file-size=32M --innodb-flush-method=fsync --innodb-flush-log-at-trx-commit=2
  --innodb-buffer-pool-size=64M --skip-name-resolve --performance-schema=OFF)

# A directory that anybody may enter: the owner may not be allowed into the one we are in.
cd_and() { (cd / && "${as_owner[@]}" "$@"); }
cd_and "$install" "${common[@]}" --auth-root-authentication-method=normal --skip-test-db > "$home/install.log" 2>&1 \
  || { cat "$home/install.log" >&2; exit 1; }
# A statement a line.
(umask 077 && cat > "$home/first.sql") << END
CREATE USER weir@'%' IDENTIFIED BY '$password';
GRANT ALL ON *.* TO weir@'%' WITH GRANT OPTION;
CREATE DATABASE weir CHARACTER SET utf8mb4;
DROP USER root@localhost;
END
[ "$(id -u)" -ne 0 ] || chown mysql "$home/first.sql"

cat > "$home/control" << END
#!/usr/bin/env bash
# From a directory that anybody may enter.
set -euo pipefail
cd /
# It listens before it is ready, and greets when it is.
up() { (exec 3<> "/dev/tcp/127.0.0.1/\$(cat "$home/port")" && IFS= read -r -N 1 -t 5 -u 3) 2> /dev/null; }
running() { [ -e "$home/server.pid" ] && kill -0 "\$(cat "$home/server.pid")" 2> /dev/null; }
case "\$1" in
  stop)
    pid=\$(cat "$home/server.pid")
    if [ "\${2:-fast}" = immediate ]; then kill -9 "\$pid"; else kill "\$pid"; fi
    for ((i = 0; i < 3000; i++)); do kill -0 "\$pid" 2> /dev/null || break; sleep 0.02; done
    rm -f "$home/server.pid" ;;
  start)
    setsid ${as_owner[@]+"${as_owner[@]}"} "$server" ${common[*]} "--port=\$(cat "$home/port")" --bind-address=127.0.0.1 \\
      "--socket=$home/socket" "--pid-file=$home/server.pid" "--log-error=$home/server.log" \${WEIR_MARIADB_FIRST:+"\$WEIR_MARIADB_FIRST"} \\
      > /dev/null 2>&1 < /dev/null &
    for ((i = 0; i < 1500; i++)); do
      if up && running; then exit 0; fi
      kill -0 \$! 2> /dev/null || exit 1
      sleep 0.02
    done
    exit 1 ;;
  restart) "\$0" stop "\${2:-fast}" && "\$0" start ;;
  *) echo "usage: control stop|start|restart [fast|immediate]" >&2; exit 2 ;;
esac
END
chmod 755 "$home/control"

# Somebody else may take a free port between looking and listening: then another one is tried.
for attempt in 1 2 3 4 5; do
  port=$(/usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  echo "$port" > "$home/port"
  if WEIR_MARIADB_FIRST="--init-file=$home/first.sql" "$home/control" start; then
    break
  fi
  if [ "$attempt" -eq 5 ]; then
    cat "$home/server.log" >&2
    exit 1
  fi
done
rm -f "$home/first.sql"

export WEIR_MARIADB_CONTROL="$home/control"
export WEIR_MARIADB="Server=127.0.0.1;Port=$port;User ID=weir;Password=$password;Database=weir"
"$@"
