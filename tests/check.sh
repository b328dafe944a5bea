#!/bin/sh
# Every check of ringmap, cheapest first, tests last. One failure does not hide the next.
#   check.sh       all of them
#   check.sh lint  those that run nothing of ringmap
set -u
cd "$(dirname "$0")/.."
PATH=$PWD/.venv/bin:$PATH
export PATH
failed=""

try() {
  name=$1
  shift
  printf '== %s\n' "$name"
  "$@" || failed="$failed, $name"
}

report() {
  [ -z "$failed" ] || printf '\nFAILED before the tests: %s\n' "${failed#, }" >&2
}

in_frontend() {
  (cd frontend && npm run --silent "$1")
}

try "format" ruff format --check
try "lint" ruff check
try "types" mypy
try "imports" lint-imports --no-logo
if [ "${1:-}" = lint ]; then
  report
  [ -z "$failed" ]
  exit
fi

if [ -d frontend/node_modules ] && command -v npm >/dev/null 2>&1; then
  try "page script" in_frontend check
  try "page assets are what frontend/src makes" in_frontend compare
else
  echo "== page script: skipped, frontend/node_modules is not there (make test installs it)"
fi
report

# Nothing is printed after this, so that pytest's closing line is the last.
printf '== tests\n'
python -m pytest -n 2 --dist loadfile
tests=$?
[ -z "$failed" ] || exit 1
exit $tests
