"""What was typed wrongly, said in Chinese."""

from __future__ import annotations

from typer.exceptions import TyperException

HELP = "用 --help 查看用法。"


def explain(error: TyperException) -> str:
    """One sentence for a command that could not be understood, with the command to look at."""
    kind, context = type(error).__name__, getattr(error, "ctx", None)
    command = f"可用 {context.command_path} --help 查看用法。" if context else HELP
    parameter = getattr(error, "param", None)
    hint = parameter.get_error_hint() if parameter is not None else getattr(error, "param_hint", "") or ""
    if kind == "MissingParameter":
        return f"缺少 {hint}。{command}"
    if kind == "NoSuchOption":
        return f"没有 {getattr(error, 'option_name', '')} 这个选项。{command}"
    if kind == "BadParameter":
        return f"{hint or '参数'} 的值不对。{command}"
    return f"看不懂这条命令（{getattr(error, 'message', error)}）。{command}"
