#!/usr/bin/env bash
# Runs a command with a PostgreSQL server of its own, whose connection string is in WEIR_POSTGRES, and ends the server behind it.
# The server lives in a temporary directory, listens to the loopback alone, and lets in who knows a password made for this run.
# WEIR_POSTGRES_CONTROL is a program that stops, starts and restarts the server: `stop [fast|immediate]`, `start`, `restart [fast|immediate]`.
# Where PostgreSQL is not installed the command runs without WEIR_POSTGRES.
#   tests/with-postgres.sh dotnet test --project tests/Oracle.Tests -c Release
set -euo pipefail

binaries=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2> /dev/null | sort -V | tail -n 1)
if [ -z "$binaries" ] || [ ! -x "$binaries/initdb" ]; then
  echo "PostgreSQL is not installed (Debian's package: postgresql): what needs it will be skipped." >&2
  exec "$@"
fi

home=$(mktemp -d "${TMPDIR:-/tmp}/weir-postgres.XXXXXX")
# PostgreSQL refuses to run as root; its package brings a user.
as_owner=()
if [ "$(id -u)" -eq 0 ]; then
  chown postgres "$home"
  as_owner=(runuser -u postgres --)
fi

stop() {
  [ ! -e "$home/data/postmaster.pid" ] || "${as_owner[@]}" "$binaries/pg_ctl" -D "$home/data" -m immediate -s stop > /dev/null 2>&1 || true
  rm -rf "$home"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
(umask 077 && printf '%s\n' "$password" > "$home/password")
[ "$(id -u)" -ne 0 ] || chown postgres "$home/password"

# A directory that anybody may enter: the owner may not be allowed into the one we are in.
cd_and() { (cd / && "${as_owner[@]}" "$@"); }
cd_and "$binaries/initdb" -D "$home/data" -U weir -A scram-sha-256 --pwfile="$home/password" -E UTF8 --locale=C --no-sync > "$home/initdb.log" 2>&1 \
  || { cat "$home/initdb.log" >&2; exit 1; }

# Somebody else may take a free port between looking and listening: then another one is tried.
for attempt in 1 2 3 4 5; do
  port=$(/usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  options="-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$home -c fsync=off -c shared_buffers=64MB"
  # What sinks that commit in two phases need, and sources that follow the log.
  options="$options -c max_prepared_transactions=64 -c wal_level=logical -c max_replication_slots=32 -c max_wal_senders=32"
  if cd_and "$binaries/pg_ctl" -D "$home/data" -l "$home/server.log" -o "$options" -w -t 30 -s start > /dev/null 2>&1; then
    break
  fi
  if [ "$attempt" -eq 5 ]; then
    cat "$home/server.log" >&2
    exit 1
  fi
done

cat > "$home/control" << END
#!/usr/bin/env bash
# From a directory that anybody may enter.
set -euo pipefail
cd /
case "\$1" in
  stop) ${as_owner[@]+"${as_owner[@]}"} "$binaries/pg_ctl" -D "$home/data" -m "\${2:-fast}" -w -t 60 -s stop ;;
  start) ${as_owner[@]+"${as_owner[@]}"} "$binaries/pg_ctl" -D "$home/data" -l "$home/server.log" -o "$options" -w -t 60 -s start ;;
  restart) "\$0" stop "\${2:-fast}" && "\$0" start ;;
  *) echo "usage: control stop|start|restart [fast|immediate]" >&2; exit 2 ;;
esac
END
chmod 755 "$home/control"
export WEIR_POSTGRES_CONTROL="$home/control"

export WEIR_POSTGRES="Host=127.0.0.1;Port=$port;Username=weir;Password=$password;Database=postgres"
"$@"
