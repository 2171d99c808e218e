# 据实. `make` lists what there is.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help demo serve test check format lock eval bench faults eval-model wheel clean

help: ## 列出可用的命令
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 22

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit("需要 Python 3.11 或更新版本，当前为 " + sys.version.split()[0] + "。可用 make PYTHON=python3.12 指定。") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: requirements.lock pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-build.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.ready-dev: requirements-dev.lock $(VENV)/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

demo: $(VENV)/.ready ## 用示例镇走一遍：台账 → 事实 → 初稿 → 核数 → Word，结果在 out/
	$(BIN)/jushi demo --out out

serve: $(VENV)/.ready ## 打开网页（http://127.0.0.1:7860）
	$(BIN)/jushi serve

test: $(VENV)/.ready-dev ## 运行全部测试
	$(BIN)/python -m pytest

check: $(VENV)/.ready-dev ## 代码规范、类型、层次约束、安全检查
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/bandit -q -r assistant ui evals -c pyproject.toml
	$(BIN)/python scripts/audit

format: $(VENV)/.ready-dev ## 整理代码格式
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

eval: $(VENV)/.ready-dev ## 打印各项得分（数量、核数、起草）
	$(BIN)/python -m evals

bench: $(VENV)/.ready-dev ## 测各项基准，与同类工具一并测量，写入 docs/benchmarks.md
	$(BIN)/python -m evals.bench

faults: $(VENV)/.ready-dev ## 试各种故障与恶意输入，列出试了什么、丢了什么
	$(BIN)/python -m evals.faults
	$(BIN)/python -m evals.fuzz

eval-model: $(VENV)/.ready-dev ## 取得开发用的小模型（约 1.1 GB，放在仓库之外）
	$(BIN)/python -m evals.model

wheel: $(VENV)/.ready-dev ## 构建安装包
	$(BIN)/python -m build --no-isolation --wheel

lock: ## 重新解析依赖并写锁文件（需要 uv）
	scripts/lock

clean: ## 删除虚拟环境和产物
	rm -rf $(VENV) out dist build
