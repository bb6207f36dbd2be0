# Tunewise's commands. Each installs what it misses (tools/setup.sh) and can be repeated at will.

PORT ?= 8080

# wasm-opt comes from npm, trunk and wasm-bindgen from cargo.
export PATH := $(CURDIR)/node_modules/.bin:$(or $(CARGO_HOME),$(HOME)/.cargo)/bin:$(PATH)
# Trunk reads this one as true or false and refuses the usual 1.
unexport NO_COLOR

WASM := --target wasm32-unknown-unknown
CORE := --no-default-features

.NOTPARALLEL:
.PHONY: help run build serve dev check test fmt lint test-tools test-native test-grid fuzz test-web e2e test-tomorrow bench timings words audit screenshots prices clean setup setup-rust setup-browser

help:
	@echo "make run          build Tunewise and serve it on http://localhost:$(PORT)"
	@echo "make build        build the static site into dist/"
	@echo "make serve        serve dist/ as it is"
	@echo "make dev          serve an unoptimised build, rebuilt at each change"
	@echo "make check        format, lints and the fast tests: the short loop"
	@echo "make test         everything that CI checks"
	@echo "make fuzz         a million hostile inputs to all that reads what others wrote (ARGS=COUNT SEED)"
	@echo "make bench        time the engine"
	@echo "make timings      time the built page after an edit (SITE=dist)"
	@echo "make words        words and screens of the built page, folded, fails if too long"
	@echo "make audit        Lighthouse on the built page, five runs, and its sizes (SITE=dist)"
	@echo "make screenshots  pictures of the page in OUT (default target/screenshots)"
	@echo "make prices       refresh the API price table (ARGS=--check prints only, ARGS=--help lists more)"

run: build serve

build: setup
	trunk build --release

serve:
	@serve dist --listen tcp://127.0.0.1:$(PORT) --no-port-switching --no-clipboard --no-request-logging

# Its own directory, so that a slow debug build never passes for the site.
dev: setup
	mkdir -p target/dev-site
	trunk serve --dist target/dev-site --port $(PORT)

# The short loop: the core's lints and all native tests of core and page, in one kind of build each.
check: fmt
	cargo clippy --locked --all-targets -- -D warnings
	cargo test --locked --lib --test it

# Cheap checks first; one target directory, so that dependencies are compiled once per kind.
test: fmt test-tools lint test-native test-grid test-web build e2e test-tomorrow

fmt: setup-rust
	cargo fmt --check

lint: setup-rust
	cargo clippy --locked $(CORE) --all-targets -- -D warnings
	cargo clippy --locked --all-targets -- -D warnings
	cargo clippy --locked $(WASM) --lib --bins --test web -- -D warnings

# -B: no compiled copies beside the sources.
test-tools:
	@tools/setup.sh python
	python3 -B -m unittest discover -s tools -p '*_test.py'

# Twice: the core alone, as it must stand without a browser, then with what the page adds.
test-native: setup-rust
	cargo test --locked $(CORE)
	cargo test --locked

# A hundred thousand scenarios, optimised: about a minute on two cores.
test-grid: setup-rust
	cargo run --locked --profile fast $(CORE) --example grid

# A million inputs, or ARGS="COUNT SEED"; leaves the slowest, the largest and what fails in target/fuzz.
fuzz: setup-rust
	cargo run --locked --profile fast $(CORE) --example fuzz -- $(ARGS)

test-web: setup setup-browser
	CHROMEDRIVER="$$(tools/setup.sh which chromedriver)" \
	CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner \
	cargo test --locked $(WASM) --test web

# Against dist/ as the last build left it.
e2e: setup-browser
	CHROMIUM="$$(tools/setup.sh which chromium)" npm run --silent e2e

# Links of dist/ in a build of a later day, with another price in its catalogue.
test-tomorrow: setup setup-browser
	@tools/setup.sh python
	tools/tomorrow.sh
	CHROMIUM="$$(tools/setup.sh which chromium)" npm run --silent tomorrow

bench: setup-rust
	cargo bench --locked $(CORE) --bench engine

SITE ?= dist
timings: setup-browser
	CHROMIUM="$$(tools/setup.sh which chromium)" node tools/timings.mjs $(SITE)

words: setup-browser
	CHROMIUM="$$(tools/setup.sh which chromium)" node tools/words.mjs --check

# Lighthouse is large and wanted here alone, so it comes when it is asked for.
audit: setup-browser
	CHROMIUM="$$(tools/setup.sh which chromium)" \
	npm exec --yes --package lighthouse@12.8.2 -- node tools/audit.mjs $(SITE)

OUT ?= target/screenshots
screenshots: setup-browser
	CHROMIUM="$$(tools/setup.sh which chromium)" npm run --silent screenshots -- $(OUT)

# Development only: the page loads nothing.
ARGS ?=
prices:
	@tools/setup.sh python pip
	@python3 -B tools/prices.py $(ARGS)

clean:
	cargo clean
	rm -rf dist

setup-rust:
	@tools/setup.sh rust

setup:
	@tools/setup.sh rust trunk wasm-bindgen npm

setup-browser:
	@tools/setup.sh npm browser
