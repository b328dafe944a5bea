#!/bin/sh
# Writes requirements/*.lock from pyproject.toml: exact versions and hashes, no host name.
# Versions already locked stay; `sh tools/lock.sh --upgrade` takes the newest.
set -eu
cd "$(dirname "$0")/.."

compile() {
  file=$1
  shift
  .venv/bin/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
    --generate-hashes --no-header --no-emit-index-url --no-emit-find-links \
    --output-file "requirements/$file" "$@"
}

compile run.lock --group build "$@"
compile dev.lock --group build --group test --group lint --group lock \
  --constraint requirements/run.lock "$@"

if grep -n '://' requirements/*.lock; then
  echo "a lock names a host; remove the index from your uv configuration and try again" >&2
  exit 1
fi
