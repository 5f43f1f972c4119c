# One entrance to everything. `make run` and `make test` are all a newcomer needs.
.POSIX:
.PHONY: gallery help run demo browse pair doctor test check lint trust fuzz evaluate docs bench train golden proof shots lock sbom audit pack clean setup

BIN := .venv/bin
MINUTES := 10
FUZZ := 180
SECONDS := 600

help: ## this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

run: ## install, start the service, analyse the demo article, keep serving until Ctrl-C
	@.ci/setup run
	@exec $(BIN)/truthlens serve --demo

demo: ## the same, but exit after the report
	@.ci/setup run
	@exec $(BIN)/truthlens serve --demo --once

browse: ## start the service and open Chromium on the demo page, extension loaded and paired
	@.ci/setup test
	@exec $(BIN)/python tests/e2e/browse.py

pair: ## print a code with which the extension may use the running service
	@.ci/setup run
	@exec $(BIN)/truthlens pair

doctor: ## say what does not work here, and what to do about it
	@.ci/setup run
	@exec $(BIN)/truthlens doctor

test: ## install what the tests need and run all of them: Python, extension, browser
	@.ci/setup test
	cd tests/extension && npm test --silent
	$(BIN)/python -m pytest tests

trust: ## try every promise of docs/security.md at full length: make trust [MINUTES=10] [FUZZ=180]
	@.ci/setup trust
	$(BIN)/python .ci/trust.py --minutes $(MINUTES) --fuzz $(FUZZ)

check: lint test ## lint, format, types, and all tests

lint:
	@.ci/setup test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	cd tests/extension && npm run --silent types && npm run --silent lint && npm run --silent format

fuzz: ## coverage-guided fuzzing, for a time: make fuzz [SECONDS=600]
	@.ci/setup test
	@.ci/fuzz $(SECONDS)

evaluate: ## measure: make evaluate DATA=folder
	@.ci/setup test
	$(BIN)/truthlens evaluate --data $(DATA)

docs: ## measure, and write docs/evaluation.md and docs/model-card.md anew: make docs DATA=folder
	@.ci/setup test
	$(BIN)/truthlens evaluate --data $(DATA) --docs docs

bench: ## measure time, growth, start, memory and clients, and write docs/performance.md; some 20 minutes
	@.ci/setup test
	$(BIN)/truthlens bench --json docs/performance.json
	$(BIN)/python tests/e2e/click_to_mark.py --json docs/performance.json
	$(BIN)/truthlens bench --from docs/performance.json --docs docs

proof: ## kill a batch of 2,000 articles three times, resume it, tell what it costs: make proof [DATA=folder]
	@.ci/setup test
	$(BIN)/python tests/batch_proof.py --folder dist/proof --json docs/performance.json $(if $(DATA),--also $(DATA)/measure/extraction)
	$(BIN)/truthlens bench --from docs/performance.json --docs docs

train: ## train the weights anew: make train DATA=folder
	@.ci/setup test
	$(BIN)/truthlens train --data $(DATA)

golden: ## write the golden files anew; review them as a diff
	@.ci/setup test
	$(BIN)/python -m pytest -q tests/test_golden.py --write-golden

shots: ## take the screenshots that the README shows
	@.ci/setup test
	$(BIN)/python -m pytest -q tests/e2e
	cp tests/shots/readme-*.png docs/

gallery: ## take pictures of all that readers see, in both browsers, into dist/gallery
	@.ci/setup test
	$(BIN)/python tests/e2e/gallery.py
	$(BIN)/python tests/e2e/store_pictures.py

lock: ## write the lock files and THIRD_PARTY.md anew from what .venv holds
	$(BIN)/python .ci/lock.py "$$(.ci/tool uv)"
	$(BIN)/python .ci/third_party.py

sbom: ## write dist/sbom.cdx.json: all that is installed to run TruthLens, as CycloneDX
	@.ci/setup run
	$(BIN)/python .ci/sbom.py

audit: ## ask for known holes in all that is locked, Python and npm
	@.ci/setup run
	@.ci/audit

pack: ## write the extension's archives for Chrome and Firefox into dist
	@"$${PYTHON:-python3}" .ci/pack.py

setup:
	@.ci/setup run

clean: ## remove what was installed and built here
	rm -rf .venv tests/extension/node_modules tests/shots dist build
