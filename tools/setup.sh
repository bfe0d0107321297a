#!/bin/sh
# tools/setup.sh run|dev: makes .venv from the pinned requirements; does nothing when it is current.
# `dev` adds the tools and servers that the tests use.
set -eu
cd "$(dirname "$0")/.."

kind=${1:-}
case $kind in
  run) requirements=requirements.txt ;;
  dev) requirements=requirements-dev.txt ;;
  *) echo "usage: tools/setup.sh run|dev" >&2; exit 2 ;;
esac
uv_version=0.13.9

say() { printf '%s\n' "$*" >&2; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then sudo -n "$@"
  else return 1
  fi
}

apt_install() {
  command -v apt-get >/dev/null || return 1
  as_root true || return 1
  say "Installing $* with apt-get …"
  as_root apt-get update -qq >/dev/null &&
    as_root env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# 3.11 first: it is what the requirements were pinned with.
find_python() {
  for python in ${PYTHON:-} python3.11 python3.12 python3.13 python3 /usr/bin/python3; do
    if "$python" -c '
import ensurepip, sqlite3, sys, venv
sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$python"
      return
    fi
  done
  return 1
}

make_venv() {
  if ! python=$(find_python); then
    apt_install python3 python3-venv || true
    python=$(find_python) || {
      say "Python 3.11 or newer with its venv module is needed: apt-get install python3 python3-venv"
      exit 1
    }
  fi
  rm -rf .venv
  "$python" -m venv .venv
}

install_requirements() {
  .venv/bin/python -c '' 2>/dev/null || make_venv
  case $(.venv/bin/uv --version 2>/dev/null || true) in
    "uv $uv_version"*) ;;
    *) .venv/bin/python -m pip install -q --disable-pip-version-check "uv==$uv_version" ;;
  esac
  UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy .venv/bin/uv pip install -q \
    --python .venv/bin/python --require-hashes -r "$requirements"
}

# What the tests run besides Python. Each is looked for first, so that nothing is replaced.
install_servers() {
  missing=""
  command -v chromium >/dev/null || missing="$missing chromium"
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
  command -v redis-server >/dev/null || missing="$missing redis-server"
  [ -x /usr/sbin/nginx ] || missing="$missing nginx-light"
  # The Node inside playwright needs it.
  ls /usr/lib/*/libatomic.so.1 >/dev/null 2>&1 || missing="$missing libatomic1"
  [ -n "$missing" ] || return 0
  # shellcheck disable=SC2086
  if ! apt_install $missing; then
    say "Not installed, and no right to install:$missing. The tests that need them are skipped."
    [ "${CI:-}" != true ] || exit 1
  fi
}

stamp=.venv/.ready-$kind
wanted=$(cat tools/setup.sh "$requirements" | sha256sum)
if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ] || ! .venv/bin/python -c '' 2>/dev/null; then
  say "Installing $requirements into .venv …"
  install_requirements
  printf '%s\n' "$wanted" >"$stamp"
fi
[ "$kind" = run ] || install_servers
