"""Settings changed by a person: checked, kept in the workspace's file, and in force at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from assistant.errors import ModelError, SettingsError
from assistant.llm.trying import Trial, is_final, list_models, trial_of, try_model
from assistant.permissions import Actor, Operation, require
from assistant.records import Indicator
from assistant.registry.own import add_indicator, next_id, remove_indicator
from assistant.registry.registry import load_registry
from assistant.settings import Settings, load_settings
from assistant.settings_file import SECRETS, Value, is_fixed, variable, write_settings
from assistant.store import audit
from assistant.workflow import open_model
from assistant.workspace import OWN_INDICATORS, Workspace

if TYPE_CHECKING:
    from assistant.remapping import Change


EMBEDDINGS = ("auto", "e5", "use", "endpoint", "none")
_TEXTS = ("unit_name", "llm_base_url", "llm_model", "llm_gguf", "embedding", "embedding_base_url", "embedding_model")
_NUMBERS = ("llm_timeout", "llm_retries", "llm_context", "llm_concurrency")
_PRICES = ("llm_price_in", "llm_price_out")
EDITABLE = (*_TEXTS, *_NUMBERS, *_PRICES, *SECRETS)
_KEY_OF = {"llm_base_url": "llm_api_key", "embedding_base_url": "embedding_api_key"}
_TRIAL_SECONDS = 20


def change_settings(workspace: Workspace, given: Mapping[str, str | None], actor: Actor) -> tuple[Workspace, list[str]]:
    """Save the settings that are other than now; returns the workspace with them in force, and their names.

    A key is given only to set it, None takes it away; where an address goes to another host and no key
    is given with it, the key saved for the old one is taken away too. Raises `Forbidden`, and
    `SettingsError` naming what is wrong; nothing is saved then.
    """
    require(actor, Operation.SETTINGS)
    changes = _with_keys(workspace.settings, _changes(workspace.settings, given))
    fixed = [name for name in changes if is_fixed(name)]
    if fixed:
        names = "、".join(map(variable, fixed))
        raise SettingsError(f"{names} 由环境变量设定，不能在这里改。请到启动本程序的地方修改，然后重新启动。")
    if not changes:
        return workspace, []
    update = _checked(workspace.settings, changes)
    write_settings(workspace.folder, changes)
    audit.record(workspace.engine, actor.name, audit.Action.SETTINGS, "、".join(changes))  # names, never values
    return replace(workspace, settings=workspace.settings.model_copy(update=update)), list(changes)


def try_settings(workspace: Workspace, given: Mapping[str, str | None], actor: Actor) -> Trial:
    """Whether the model of these settings (the saved ones where not given) answers."""
    require(actor, Operation.SETTINGS)
    wanted = _wanted(workspace.settings, given)
    known: tuple[str, ...] = ()
    if wanted.llm_base_url and not wanted.llm_gguf:
        try:
            known = _models_of(wanted)
        except ModelError as error:
            if is_final(error):
                return trial_of(error, wanted.llm_model)
    model = open_model(wanted)
    if model is None:
        raise SettingsError("还没有填模型服务地址和模型名称。请填好再测试；不用模型时，留空就可以。")
    try:
        return try_model(model, known)
    finally:
        model.close()


def models_on_offer(workspace: Workspace, given: Mapping[str, str | None], actor: Actor) -> tuple[str, ...]:
    """The models that the endpoint of these settings lists. Raises `SettingsError` without an address, `ModelError` where it does not answer."""
    require(actor, Operation.SETTINGS)
    wanted = _wanted(workspace.settings, given)
    if not wanted.llm_base_url:
        raise SettingsError("还没有填模型服务地址。请先填地址，例如 http://127.0.0.1:11434/v1。")
    return _models_of(wanted)


def _models_of(settings: Settings) -> tuple[str, ...]:
    first = settings.llm_base_url.split(",")[0].strip()
    return list_models(first, settings.llm_api_key.get_secret_value(), min(settings.llm_timeout, _TRIAL_SECONDS))


def _wanted(settings: Settings, given: Mapping[str, str | None]) -> Settings:
    """The settings as they would be, patient enough for a trial only."""
    changes = _with_keys(settings, _changes(settings, given))
    update = _checked(settings, changes)
    short = {"llm_timeout": min(settings.llm_timeout, _TRIAL_SECONDS), "llm_retries": 0}
    return settings.model_copy(update={**update, **short})


def _changes(settings: Settings, given: Mapping[str, str | None]) -> dict[str, Value | None]:
    """What of `given` is other than now, each in its own type; None for what is to be taken out of the file."""
    unknown = [name for name in given if name not in EDITABLE]
    if unknown:
        raise SettingsError(f"{'、'.join(unknown)} 不能在这里改。")
    found: dict[str, Value | None] = {}
    for name, text in given.items():
        if name in SECRETS:
            if text is None or text.strip():
                found[name] = text.strip() if text else None
            continue
        value = _value(name, (text or "").strip())
        if value != _now(settings, name):
            found[name] = value
    for name in ("llm_base_url", "embedding_base_url"):
        _check_address(str(found.get(name) or ""))
    return found


def _value(name: str, text: str) -> Value | None:
    if name == "embedding" and text not in EMBEDDINGS:
        raise SettingsError(f"向量设置“{text}”不认识。可用：{'、'.join(EMBEDDINGS)}。")
    if not text:
        return None
    try:
        value: Value = text if name in _TEXTS else int(text) if name in _NUMBERS else Decimal(text)
    except (ValueError, InvalidOperation):
        kind = "整数" if name in _NUMBERS else "数字"
        raise SettingsError(f"“{text}”不是{kind}。请在“{_title(name)}”里填{kind}。") from None
    return None if value == Settings.model_fields[name].default else value


def _title(name: str) -> str:
    return str(Settings.model_fields[name].description).split("；")[0]


def _now(settings: Settings, name: str) -> Value | None:
    """A setting as it is; None where it is what it is without being set."""
    value = getattr(settings, name)
    if value == Settings.model_fields[name].default:
        return None
    return value if isinstance(value, int | Decimal) else str(value) or None


def _checked(settings: Settings, changes: Mapping[str, Value | None]) -> dict[str, object]:
    """The values the changes come to; raises `SettingsError` naming those that are not possible."""
    given = {name: Settings.model_fields[name].default if value is None else value for name, value in changes.items()}
    checked = load_settings(settings.workspace, **given)
    return {name: getattr(checked, name) for name in changes}


def _check_address(text: str) -> None:
    for part in filter(None, (part.strip() for part in text.split(","))):
        address = urlsplit(part)
        if address.scheme not in ("http", "https") or not address.hostname:
            raise SettingsError(f"地址“{part}”不完整：应以 http:// 或 https:// 开头，例如 http://127.0.0.1:11434/v1。")
        if address.username or address.password or address.query:
            raise SettingsError("地址里不要带用户名、密码或密钥。请把密钥填在密钥一栏，它不会再显示出来。")


def _with_keys(settings: Settings, changes: dict[str, Value | None]) -> dict[str, Value | None]:
    """A key is for the host it was given for: it does not go along to another one."""
    for address, key in _KEY_OF.items():
        moved = address in changes and _hosts(str(changes[address] or "")) != _hosts(getattr(settings, address))
        if moved and key not in changes and getattr(settings, key).get_secret_value() and not is_fixed(key):
            changes[key] = None
    return changes


def _hosts(text: str) -> set[str | None]:
    return {urlsplit(part.strip()).hostname for part in text.split(",") if part.strip()}


# --- The dictionary of indicators ------------------------------------------------------------


def add_own_indicator(workspace: Workspace, entry: Indicator, actor: Actor) -> tuple[Workspace, tuple[Change, ...]]:
    """Add an indicator of the town's own (with a new id where it has none) and read the ledger again with it.

    Returns the workspace with the new dictionary, and the facts that changed. Raises `RegistryError`
    saying what is wrong with it; nothing is changed then.
    """
    require(actor, Operation.SETTINGS)
    path = workspace.folder / OWN_INDICATORS
    add_indicator(path, entry if entry.id else replace(entry, id=next_id(path)))
    return _with_dictionary(workspace, entry.name, actor)


def remove_own_indicator(workspace: Workspace, identity: str, actor: Actor) -> tuple[Workspace, tuple[Change, ...]]:
    """Take one of the town's own indicators out, and read the ledger again without it."""
    require(actor, Operation.SETTINGS)
    remove_indicator(workspace.folder / OWN_INDICATORS, identity)
    return _with_dictionary(workspace, identity, actor)


def _with_dictionary(workspace: Workspace, subject: str, actor: Actor) -> tuple[Workspace, tuple[Change, ...]]:
    audit.record(workspace.engine, actor.name, audit.Action.SETTINGS, f"指标字典：{subject}")
    changed = replace(workspace, registry=load_registry(workspace.folder / OWN_INDICATORS))
    from assistant.remapping import read_again

    return changed, read_again(changed, actor)
