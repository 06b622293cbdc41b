#!/bin/bash
# Run once by the postgres image on an empty volume: one database and one role per subgraph and one for
# queues; a role owns its database and may enter no other. Passwords come from the environment.
set -euo pipefail

create() {
  local name="waybill_$1" password="$2"
  psql --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
    --set=name="$name" --set=password="$password" <<'SQL'
create role :"name" login password :'password';
create database :"name" owner :"name";
revoke connect, temporary on database :"name" from public;
SQL
}

create users "$USERS_DATABASE_PASSWORD"
create catalog "$CATALOG_DATABASE_PASSWORD"
create orders "$ORDERS_DATABASE_PASSWORD"
create payments "$PAYMENTS_DATABASE_PASSWORD"

psql --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  --command 'revoke connect, temporary on database postgres from public'
