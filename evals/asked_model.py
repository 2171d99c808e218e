"""The model a measurement asks: a local file, an endpoint, or the fetched development weights; answers may be kept."""

from __future__ import annotations

import argparse
from pathlib import Path

from assistant.llm.chat import ChatModel
from assistant.llm.local import open_gguf
from assistant.llm.openai_chat import open_endpoint
from evals.model import weights
from evals.recorded import RecordedModel


def add_model_options(parser: argparse.ArgumentParser) -> None:
    """The options that name a model."""
    parser.add_argument("--gguf", default="", help="本机模型文件")
    parser.add_argument("--fetched", action="store_true", help="用 make eval-model 取得的模型")
    parser.add_argument("--url", default="", help="模型服务地址")
    parser.add_argument("--model", default="", help="模型名称")
    parser.add_argument("--key", default="", help="密钥")
    parser.add_argument("--answers", type=Path, help="把模型的回答存在这个目录，中断后接着测")


def model_from(options: argparse.Namespace) -> ChatModel | None:
    """The model the options name; None where they name none."""
    path = Path(options.gguf) if options.gguf else weights() if options.fetched else None
    model: ChatModel | None = open_gguf(path) if path else None
    if options.url:
        model = open_endpoint(options.url, options.model, options.key)
    return RecordedModel(model, options.answers) if model and options.answers else model
