#!/usr/bin/env bash
# Install what is missing, by version, and nothing else.
#
#   tools/setup.sh PART…        rust, trunk, wasm-bindgen, npm, browser, python, pip
#   tools/setup.sh which NAME   print where chromium or chromedriver is
#
# CHROMIUM and CHROMEDRIVER name a browser and its driver where they have an unusual place.
set -euo pipefail
cd "$(dirname "$0")/.."

# wasm-bindgen's must equal the crate's in Cargo.toml; Trunk.toml names it once more.
trunk_version=0.21.14
wasm_bindgen_version=0.2.130

say() { echo "setup: $*" >&2; }
fail() { say "$*"; exit 1; }
has() { command -v "$1" >/dev/null; }

# Debian's packages, where this is a Debian; elsewhere say what is missing.
debian() {
  has apt-get || fail "please install: $*"
  say "installing $*"
  local root=()
  [ "$(id -u)" = 0 ] || root=(sudo)
  "${root[@]}" apt-get update -qq
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

rust() {
  has cargo || fail "please install Rust from https://rustup.rs"
  local sysroot
  sysroot=$(rustc --print sysroot)
  # Without rustup, the target is the business of whoever packaged the compiler.
  [ -d "$sysroot/lib/rustlib/wasm32-unknown-unknown" ] || rustup target add wasm32-unknown-unknown
  cargo fmt --version >/dev/null 2>&1 || rustup component add rustfmt
  cargo clippy --version >/dev/null 2>&1 || rustup component add clippy
  has cc || debian gcc libc6-dev
}

# A tool of cargo: prebuilt where cargo-binstall is at hand, else compiled.
#   cargo_tool CRATE VERSION MINUTES OPTION…
cargo_tool() {
  local crate=$1 version=$2 minutes=$3
  shift 3
  if has cargo-binstall; then
    say "installing $crate $version"
    cargo binstall --no-confirm "$crate@$version" && return
  fi
  say "compiling $crate $version, once (about $minutes minutes on two cores)"
  cargo install "$crate" --version "$version" "$@"
}

trunk() {
  [ "$(command trunk --version 2>/dev/null)" = "trunk $trunk_version" ] && return
  cargo_tool trunk "$trunk_version" 7 --locked
}

wasm_bindgen() {
  local tool missing=
  for tool in wasm-bindgen wasm-bindgen-test-runner; do
    [ "$("$tool" --version 2>/dev/null)" = "$tool $wasm_bindgen_version" ] || missing=1
  done
  [ "$missing" ] || return 0
  # Not --locked: its lock file names a crate version that the registry has withdrawn.
  cargo_tool wasm-bindgen-cli "$wasm_bindgen_version" 2
}

npm_packages() {
  has node || fail "please install Node.js 20 or newer"
  # The lock file that was installed, kept beside what it installed.
  cmp -s package-lock.json node_modules/.installed-lock && return
  say "installing npm packages"
  npm ci --loglevel=error
  cp package-lock.json node_modules/.installed-lock
}

find_chromium() {
  local name
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    [ "$name" ] && command -v "$name" && return
  done
  return 1
}

find_chromedriver() {
  local name
  for name in "${CHROMEDRIVER:-}" chromedriver /usr/lib/chromium/chromedriver; do
    [ "$name" ] && command -v "$name" && return
  done
  return 1
}

browser() {
  find_chromium >/dev/null && find_chromedriver >/dev/null && return
  # The fonts are for screenshots: without any, text has no size.
  debian chromium chromium-driver fonts-liberation
}

python() {
  has python3 || debian python3
}

pip() {
  python3 -m pip --version >/dev/null 2>&1 || debian python3-pip
}

if [ "${1:-}" = which ]; then
  "find_$2" || fail "no $2 found"
  exit
fi

for part in "$@"; do
  case "$part" in
    rust) rust ;;
    wasm-bindgen) wasm_bindgen ;;
    trunk) trunk ;;
    npm) npm_packages ;;
    browser) browser ;;
    python) python ;;
    pip) pip ;;
    *) fail "unknown part: $part" ;;
  esac
done
