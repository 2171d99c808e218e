"""What a person can set: environment variables ``JUSHI_…``, or ``jushi.toml`` in the workspace folder.

The environment wins over the file. Only `assistant.workflow`, the command line and the page see these;
stages take plain arguments.
"""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from assistant.errors import SettingsError
from assistant.records import ALL_TOWNS

DEFAULT_WORKSPACE = Path("jushi-data")
SETTINGS_FILE = "jushi.toml"


class Settings(BaseSettings):
    """Every setting, with its default."""

    model_config = SettingsConfigDict(env_prefix="JUSHI_", extra="forbid")

    workspace: Path = Field(DEFAULT_WORKSPACE, description="工作目录：数据库、索引和导出文件都在其中")
    unit_name: str = Field("", description="单位名称，如“青梧镇”；空则取自台账标题或往年总结")
    town: str = Field(
        "", description="乡镇：一个数据库里有多个乡镇的台账时，看哪一个，“全县”为合计；只有一个乡镇时留空"
    )
    database_url: str = Field("", description="数据库地址；空则用工作目录中的 SQLite")

    llm_base_url: str = Field(
        "", description="模型服务地址（OpenAI 兼容），如 http://127.0.0.1:11434/v1；多个用逗号隔开，问最空闲的一个"
    )
    llm_api_key: SecretStr = Field(SecretStr(""), description="模型服务密钥；本地服务可不填")
    llm_model: str = Field("", description="模型名称")
    llm_gguf: Path | None = Field(None, description="本地模型文件（GGUF）；需要另装 xllamacpp，见 docs/models.md")
    llm_timeout: int = Field(120, gt=0, description="等待模型的秒数")
    llm_retries: int = Field(2, ge=0, description="失败后重试的次数")
    llm_context: int = Field(8192, ge=1024, description="模型的上下文长度（token）")

    embedding: str = Field(
        "auto", description="资料库的向量：auto 自动，e5、use 内置，endpoint 向量服务，none 只按关键词检索"
    )
    embedding_base_url: str = Field("", description="向量服务地址（OpenAI 兼容）；空则用内置的")
    embedding_api_key: SecretStr = Field(SecretStr(""), description="向量服务密钥；本地服务可不填")
    embedding_model: str = Field("", description="向量模型名称")
    chroma_url: str = Field("", description="Chroma 服务地址，如 http://127.0.0.1:8000；空则放在工作目录里")

    llm_concurrency: int = Field(1, ge=1, le=32, description="同时让模型写几节；本地模型用 1，在线服务可用 4")
    llm_price_in: Decimal = Field(
        Decimal(0), ge=0, description="模型输入每千 token 的价格（元），用来显示费用；0 为不显示"
    )
    llm_price_out: Decimal = Field(Decimal(0), ge=0, description="模型输出每千 token 的价格（元）")

    host: str = Field("127.0.0.1", description="网页监听的地址")
    port: int = Field(7860, gt=0, lt=65536, description="网页端口")
    login: Literal["auto", "on", "off"] = Field(
        "auto",
        description="打开网页要不要登录：auto 有用户或别的电脑也能访问时要，on 总要，off 不要（只在可信的网络里用）",
    )

    @field_validator("town")
    @classmethod
    def _all_together(cls, given: str) -> str:
        """全县 is what people call all towns together."""
        return ALL_TOWNS if given in ("全县", "全市", "全区", "全旗") else given

    @field_validator("llm_base_url", mode="before")
    @classmethod
    def _joined(cls, given: object) -> object:
        """Several addresses may be a list in the file; they are kept with commas between them."""
        return ",".join(map(str, given)) if isinstance(given, list | tuple) else given

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - named by pydantic-settings
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - named by pydantic-settings
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments first, then the environment, then the workspace's own file."""
        file = _workspace_of(init_settings) / SETTINGS_FILE
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, toml_file=file)


def load_settings(workspace: Path | None = None, **given: Any) -> Settings:  # noqa: ANN401 - any setting
    """The settings of a workspace, `given` ones first; raises `SettingsError` naming each that is wrong."""
    if workspace:
        given["workspace"] = workspace
    try:
        return Settings(**given)
    except ValidationError as error:
        raise SettingsError(_explain(error)) from None
    except ValueError as error:  # not TOML
        raise SettingsError(f"设置文件 {SETTINGS_FILE} 不是有效的 TOML：{error}。请改正后重试。") from None


def _workspace_of(init_settings: PydanticBaseSettingsSource) -> Path:
    given = init_settings().get("workspace") or os.environ.get("JUSHI_WORKSPACE")
    return Path(given) if given else DEFAULT_WORKSPACE


def _explain(error: ValidationError) -> str:
    wrong = "；".join(f"{'.'.join(map(str, item['loc']))}：{_reason(item['type'])}" for item in error.errors())
    return f"设置有误——{wrong}。请检查环境变量 JUSHI_… 和工作目录中的 {SETTINGS_FILE}。"


def _reason(kind: str) -> str:
    return {
        "extra_forbidden": "没有这个设置",
        "int_parsing": "应为整数",
        "decimal_parsing": "应为数字",
        "greater_than": "数值太小",
        "greater_than_equal": "数值太小",
        "less_than": "数值太大",
        "less_than_equal": "数值太大",
    }.get(kind, "取值不合要求")
