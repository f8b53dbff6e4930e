#!/usr/bin/env bash
# Run a command on a PostgreSQL of its own, which is gone afterwards:
#
#     tests/postgres.sh .venv/bin/pytest tests/voting -n 2
#
# The command sees its address in DATABASE_URL. The cluster lies in a temporary folder, listens on
# a free port below 32768 of 127.0.0.1, and does not wait for the disk (it is for tests alone).
# PostgreSQL refuses to run as root: then it runs as the system user `martahi-pg`, made if missing.
set -u

binaries=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
if [ -z "$binaries" ]; then
    echo "tests/postgres.sh: no /usr/lib/postgresql/*/bin; apt-get install postgresql" >&2
    exit 69
fi

folder=$(mktemp -d /tmp/martahi-pg.XXXXXX) || exit 1
if [ "$(id -u)" = 0 ]; then
    id martahi-pg >/dev/null 2>&1 || useradd --system --no-create-home --shell /bin/false martahi-pg || exit 1
    chown martahi-pg "$folder" || exit 1
    as_owner() { runuser -u martahi-pg -- "$@"; }
else
    as_owner() { "$@"; }
fi

stop() {
    as_owner "$binaries/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1
    rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

cd "$folder" || exit 1 # its owner may not be allowed to read the folder we came from
as_owner "$binaries/initdb" -D "$folder/data" -U martahi -A trust -E UTF8 --locale=C.UTF-8 \
    --no-sync >"$folder/initdb.log" 2>&1 || { cat "$folder/initdb.log" >&2; exit 1; }

started=""
for _ in 1 2 3 4 5 6 7 8 9 10; do
    port=$((20000 + RANDOM % 12000))
    if as_owner "$binaries/pg_ctl" -D "$folder/data" -l "$folder/server.log" -w -t 30 -o "-p $port -k $folder \
        -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off \
        -c full_page_writes=off -c max_connections=200" start >/dev/null 2>&1; then
        started=yes
        break
    fi
done
[ -n "$started" ] || { cat "$folder/server.log" >&2; exit 1; }
as_owner "$binaries/createdb" -h "$folder" -p "$port" -U martahi martahi || exit 1
cd "$OLDPWD" || exit 1

DATABASE_URL="postgres://martahi@127.0.0.1:$port/martahi" "$@"
