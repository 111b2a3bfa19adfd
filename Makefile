# `make demo` shows what ringwerk does; `make test` checks everything. Both install what they need into this folder.

# Words that a person may set: make demo CARGO_FLAGS=--offline
CARGO_FLAGS ?=
# Seconds for each thing that is fuzzed.
FUZZ_SECONDS ?= 600
ringwerk := target/release/ringwerk
# cargo-nextest where it is there, else cargo's own runner.
run_tests := $(shell cargo nextest --version >/dev/null 2>&1 && echo "cargo nextest run" || echo "cargo test --lib --bins --tests")
fuzz_for := -max_total_time=$(FUZZ_SECONDS) -dict=fuzz/words.dict

.PHONY: help demo test build libtorch axe fuzz speed bench accuracy train model picture pictures clean

help: ## This list
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

demo: build ## Code the interviews in fixtures/transcripts and show the result
	@mkdir -p out
	$(ringwerk) code fixtures/transcripts --project out/demo
	@$(ringwerk) code fixtures/transcripts --project out/demo --json --quiet > out/demo.jsonl
	@echo
	@echo "Geschrieben:"
	@echo "  out/demo/project.db   das Projekt; ein zweiter Lauf rechnet nur, was neu ist"
	@echo "  out/demo.jsonl        dasselbe als JSON Lines, für andere Programme"
	@echo
	@echo "Als Nächstes:"
	@echo "  $(ringwerk) review out/demo                            die Vorschläge im Browser ansehen und entscheiden"
	@echo "  $(ringwerk) code EIGENER_ORDNER --project PROJEKT      eigene Transkripte (Word, PDF, Text, Untertitel …)"
	@echo "  $(ringwerk) evaluate fixtures/gold --split test        wie gut die Vorschläge sind"
	@echo "  $(ringwerk) --help                                     alle Befehle"

build: libtorch
	cargo build --release $(CARGO_FLAGS)

libtorch:
	@scripts/fetch-libtorch

test: libtorch axe ## Format, lints, documentation and all tests
	cargo fmt --check
	cargo clippy --all-targets $(CARGO_FLAGS) -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --document-private-items $(CARGO_FLAGS)
	$(run_tests) $(CARGO_FLAGS)
	cargo test --doc $(CARGO_FLAGS)
	scripts/test-fetch-libtorch

axe:
	@scripts/fetch-axe || echo "axe-core is not there; accessibility is not tested" >&2

fuzz: ## Ten minutes each of any bytes as files and of any words as turns (needs a nightly Rust and `cargo install cargo-fuzz`)
	@mkdir -p fuzz/corpus/segment fuzz/corpus/ingest
	cargo +nightly fuzz run --sanitizer none segment fuzz/corpus/segment fixtures/ingest -- $(fuzz_for)
	cargo +nightly fuzz run --sanitizer none ingest fuzz/corpus/ingest fixtures/ingest fixtures/transcripts -- -max_len=20000 $(fuzz_for)

speed: build ## Seconds and memory for 300 pages, start-up
	scripts/measure-speed

bench: build ## Speed of every stage, of 300 pages, and of other programs' encoders beside ours (3 GB, a quarter of an hour)
	cargo bench $(CARGO_FLAGS)
	-scripts/measure-speed
	cargo build --release $(CARGO_FLAGS) --example encode-speed
	scripts/compare-encoders

accuracy: build ## The figures of docs/accuracy.md, on the test projects
	scripts/write-accuracy $(ringwerk)
	@cat docs/accuracy.md

train: build ## Train a model from the beginning in place of the shipped one (each interview once, some two hours on two cores; how that was made: docs/experiments.md)
	$(ringwerk) train fixtures/gold --out models/e5-small-de

model: ## Make the encoder anew from its origin (the same bytes)
	scripts/import-model

picture: build ## Draw docs/demo.png (needs Debian's aha and chromium)
	scripts/draw-demo

pictures: ## Draw the pictures of the page, docs/review*.png (needs Debian's chromium and chromium-driver)
	cargo run --no-default-features --example review-pictures $(CARGO_FLAGS) -- docs

clean:
	cargo clean
	rm -rf out
