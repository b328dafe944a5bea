#!/bin/sh
# Makes dist/ringmap-*.whl with compiled kernels for each machine below, with Zig's C compiler,
# which comes as a Python package and makes programs for other systems than its own.
set -eu
cd "$(dirname "$0")/.."
ZIG=0.15.1
if [ ! -d .venv/zig ]; then
  .venv/bin/python -m pip install --quiet --no-input --disable-pip-version-check \
    --only-binary :all: --target .venv/zig "ziglang==$ZIG"
fi
rm -rf dist
for machine in \
  x86_64-linux-gnu.2.17=manylinux_2_17_x86_64 \
  aarch64-linux-gnu.2.17=manylinux_2_17_aarch64 \
  x86_64-windows-gnu=win_amd64 \
  x86_64-macos.11.0=macosx_11_0_x86_64 \
  aarch64-macos.11.0=macosx_11_0_arm64; do
  PYTHONPATH=.venv/zig RINGMAP_WHEEL_FOR=$machine \
    .venv/bin/python -m hatchling build --target wheel --directory dist
done
