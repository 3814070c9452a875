#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Copyright The Plimsoll Authors
#
# Builds the console for Maven. Does nothing when the bundle is newer than everything it is made of.
# usage: build.sh fast|full
#   fast: without Node, npm or network the console is left out with a line that says so
#   full: types and tests are checked as well, and whatever fails, fails the build
set -eu
cd "$(dirname "$0")"
mode=${1:-full}
bundle=target/classes/web/index.html
stamp=node_modules/.plimsoll-package-lock.json

stop() {
  echo "console: $1" >&2
  if [ "$mode" = fast ]; then
    echo "console: left out; the API works without it" >&2
    exit 0
  fi
  exit 1
}

is_current() {
  [ -f "$bundle" ] && [ -z "$(find src build.mjs package-lock.json tsconfig.json -newer "$bundle" -print | head -n 1)" ]
}

if [ "$mode" = fast ] && is_current; then
  exit 0
fi
command -v node >/dev/null 2>&1 || stop "node is missing: install Node 18 or newer (Debian: apt-get install nodejs npm)"
command -v npm >/dev/null 2>&1 || stop "npm is missing: install it (Debian: apt-get install npm)"
major=$(node -p 'process.versions.node.split(".")[0]')
[ "$major" -ge 18 ] || stop "node $(node --version) is too old: Node 18 or newer is needed"
mkdir -p target
if ! cmp -s package-lock.json "$stamp"; then
  npm ci --no-fund --no-audit >target/npm.log 2>&1 ||
    stop "npm ci failed, see $(pwd)/target/npm.log (is the npm registry reachable?)"
  cp package-lock.json "$stamp"
fi
if [ "$mode" = full ]; then
  npm run --silent check || stop "the types do not hold"
  npm test >target/test.log 2>&1 || { cat target/test.log >&2; stop "the tests failed"; }
fi
is_current || node build.mjs || stop "the bundle cannot be built"
