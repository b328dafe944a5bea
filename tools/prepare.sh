#!/bin/sh
# Prepares this folder for use; the Makefile calls it. Needs Python 3.11 or newer, nothing else.
#   prepare.sh use     .venv with the pinned dependencies and ringmap
#   prepare.sh test    the same, with what the checks and tests need
#   prepare.sh system  the programs the tests drive: Chromium, Firefox, node with npm, a C compiler
set -eu
cd "$(dirname "$0")/.."
unset PYTHONHOME PYTHONPATH 2>/dev/null || true

say() {
  printf '%s\n' "$*" >&2
}

stop() {
  say "ringmap: $*"
  exit 1
}

# Debian and its kin only; elsewhere, and without rights, one line says what to install.
install_packages() {
  command -v apt-get >/dev/null 2>&1 ||
    stop "please install $* with your system's package manager, then run make again"
  if [ "$(id -u)" -eq 0 ]; then
    as_root=""
  elif sudo -n true 2>/dev/null; then
    as_root="sudo -n"
  else
    stop "$* missing; run: sudo apt-get install $*   (then make again)"
  fi
  say "Installing $* with apt-get"
  # An update may fail behind a half-working mirror; what matters is whether the install does.
  $as_root apt-get -qq update </dev/null >&2 || say "apt-get update failed; trying with what is known"
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends \
    install "$@" </dev/null >/dev/null ||
    stop "apt-get could not install $*; see its message above"
}

is_new_enough() {
  "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
  for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
    if is_new_enough "$candidate"; then
      printf '%s\n' "$candidate"
      return
    fi
  done
  stop "needs Python 3.11 or newer and found none; on Debian 12 or newer: apt-get install python3"
}

make_venv() {
  if is_new_enough .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1; then
    return
  fi
  python=$(find_python)
  # Debian ships Python without ensurepip until python3.x-venv is there.
  "$python" -c 'import ensurepip, venv' 2>/dev/null ||
    install_packages "python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
  say "Making .venv with $("$python" --version)"
  "$python" -m venv --clear .venv
}

# Wheels only: nothing of a dependency runs while it is installed.
install_locked() {
  say "Installing what requirements/$1 names; the first time takes a minute or two"
  PIP_USER=0 .venv/bin/python -m pip install --quiet --no-input --disable-pip-version-check \
    --only-binary :all: --require-hashes --requirement "requirements/$1"
  PIP_USER=0 .venv/bin/python -m pip install --quiet --no-input --disable-pip-version-check \
    --no-deps --no-build-isolation --editable .
  ls src/ringmap/kernels/compiled.* >/dev/null 2>&1 ||
    say "No C compiler here: ringmap works, and measures large networks more slowly (docs/install.md)"
}

have_any() {
  for program in "$@"; do
    command -v "$program" >/dev/null 2>&1 && return
  done
  return 1
}

# Not lacking where there is no list of libraries to look in.
lacks_library() {
  known=$(PATH="$PATH:/usr/sbin:/sbin" ldconfig -p 2>/dev/null) || return 1
  case "$known" in
    *"$1"*) return 1 ;;
  esac
}

prepare_system() {
  missing=""
  have_any chromium chromium-browser google-chrome || missing="$missing chromium"
  have_any firefox-esr firefox || missing="$missing firefox-esr"
  have_any node || missing="$missing nodejs"
  have_any npm || missing="$missing npm"
  have_any "${CC:-cc}" gcc clang || missing="$missing gcc libc6-dev"
  lacks_library libatomic.so.1 && missing="$missing libatomic1" # playwright's driver links to it
  # shellcheck disable=SC2086  # a list of package names
  [ -z "$missing" ] || install_packages $missing
}

case "${1:-}" in
  use)
    make_venv
    install_locked run.lock
    ;;
  test)
    make_venv
    install_locked dev.lock
    ;;
  system)
    prepare_system
    ;;
  *) stop "say one of: use, test, system" ;;
esac
