#!/bin/sh
# tools/test.sh: everything that must hold before a change is done. `make test` has set up .venv.
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"

section() { printf '\n── %s ──\n' "$*"; }

section "Style and imports"
tools/lint.sh

section "Translations and migrations"
python tools/compile_messages.py
DJANGO_SETTINGS_MODULE=config.settings_test python manage.py makemigrations --check --dry-run

section "Tests on SQLite"
pytest -n 2 -m "not browser and not stack" "$@"

# In processes of their own: the browser's server shares the database in memory with its test.
section "Tests in a browser and with servers"
pytest -n 2 --dist loadgroup -m "browser or stack" "$@"

section "Tests on PostgreSQL"
# What asks no database has nothing to tell here.
status=0
python tools/with_services.py postgres -- pytest -n 2 -m "not browser and not stack" --of-database \
  "$@" || status=$?
if [ "$status" = 69 ] && [ "${CI:-}" != true ]; then
  echo "Skipped: there is no PostgreSQL on this machine."
elif [ "$status" != 0 ]; then
  exit "$status"
fi
