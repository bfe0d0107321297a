#!/bin/sh
# tools/pin.sh: pins what pyproject.toml asks for, and all that it brings, with hashes.
# For every Python from 3.11.0 on; without addresses, so that each machine uses its own registry.
set -eu
cd "$(dirname "$0")/.."

pin() {
  .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
    --no-header --no-annotate pyproject.toml "$@"
}

tools/setup.sh dev
pin --output-file requirements.txt
pin --group dev --output-file requirements-dev.txt
