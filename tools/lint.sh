#!/bin/sh
# tools/lint.sh [fix]: style, formatting and the direction of imports; `fix` mends what it can.
# `make lint` has set up .venv.
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"

if [ "${1:-}" = fix ]; then
  ruff check --fix --quiet . || true
  ruff format --quiet .
  find templates -name '*.html' -exec djade --target-version 5.2 {} + || true
fi
ruff check .
ruff format --check .
find templates -name '*.html' -exec djade --target-version 5.2 --check {} +
lint-imports --no-logo
