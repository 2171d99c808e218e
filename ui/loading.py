"""Loading the page library in half its time: what it needs only for tables, plots and its own development waits.

As it comes it takes 2.9 s of a quiet machine, of which 1.0 s goes into comparing generated type stubs of its own
source with those on disk, 0.2 s into the wording of its events' docstrings (both of use to developers only), 0.7 s
into pandas and 0.2 s into its commands and the models it can fetch, which this page never uses. While the page is
laid out it then builds three web services that nothing serves, 0.1 s each, before the one that is, and three times
the description of the page that goes to browsers, 0.05 s each, of which the last is the one that goes.
"""

from __future__ import annotations

import importlib
import ssl
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

_LIBRARY = "gradio"
_IDLE = {"gradio.component_meta": "create_or_modify_pyi", "gradio.events": "EventListener.set_doc"}
_LATER = ("pandas",)
_CALLED_LATER = ("gradio.cli", "gradio.external", "gradio.workflow")  # the library only passes their functions on
_COMMANDS = ("httpx._main",)  # a command line of its own, which that library does without where it is not installed


def load_page_library() -> None:
    """Import gradio; does nothing where it is loaded already. What is not here in another version of it is left as it is."""
    if _LIBRARY not in sys.modules:
        stand_ins = [*map(_Later, _LATER), *map(_CalledLater, _CALLED_LATER)]
        with _made_idle(), _in_their_place(stand_ins), _absent(_COMMANDS), _nobody_trusted():
            importlib.import_module(_LIBRARY)


@contextmanager
def services_left_unbuilt() -> Iterator[None]:
    """While a page is laid out: the web service is built when the page is mounted, from what it is by then."""
    from gradio.routes import App

    building = App.create_app
    App.create_app = staticmethod(lambda *_args, **_kwargs: None)  # type: ignore[assignment,method-assign]
    try:
        yield
    finally:
        App.create_app = staticmethod(building)  # type: ignore[method-assign]


@contextmanager
def left_undescribed() -> Iterator[None]:
    """While a page is laid out or mounted: whoever mounts it describes it when all is settled."""
    from gradio.blocks import Blocks

    describing = Blocks.get_config_file
    Blocks.get_config_file = lambda _page: {}  # type: ignore[method-assign,assignment,typeddict-item]
    try:
        yield
    finally:
        Blocks.get_config_file = describing  # type: ignore[method-assign]


class _Later(ModuleType):
    """Stands for a module until one of its names is used."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the module has
        if name.startswith("__"):  # the import system's own questions
            raise AttributeError(name)
        _take_away(self)
        return getattr(importlib.import_module(self.__name__), name)


class _CalledLater(ModuleType):
    """Stands for a module whose names are passed on as they are: each becomes a function that calls the module's own."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the module has
        if name.startswith("__"):
            raise AttributeError(name)
        return partial(_call, self.__name__, name)


def _call(module: str, name: str, *args: object, **kwargs: object) -> object:
    return getattr(importlib.import_module(module), name)(*args, **kwargs)


@contextmanager
def _in_their_place(stand_ins: Sequence[ModuleType]) -> Iterator[None]:
    put_in = [each for each in stand_ins if each.__name__ not in sys.modules]
    sys.modules.update({each.__name__: each for each in put_in})
    try:
        yield
    finally:
        for each in put_in:
            _take_away(each)


@contextmanager
def _absent(names: Sequence[str]) -> Iterator[None]:
    """Let an import of these fail, as where they are not installed."""
    missing = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(missing))  # type: ignore[arg-type]  # what the import system takes for "there is none"
    try:
        yield
    finally:
        for name in missing:
            del sys.modules[name]


def _take_away(stand_in: ModuleType) -> None:
    """From now on an import finds the module itself."""
    if sys.modules.get(stand_in.__name__) is stand_in:
        del sys.modules[stand_in.__name__]


@contextmanager
def _nobody_trusted() -> Iterator[None]:
    """The clients the library makes for fetching what people name by address trust no server.

    This page fetches nothing (`ui.uploads.fetch_nothing`), and reading whom to trust takes 0.03 s for each of them.
    """
    making = ssl.create_default_context
    ssl.create_default_context = lambda *_args, **_kwargs: ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        yield
    finally:
        ssl.create_default_context = making


class _Idling(MetaPathFinder):
    """Finds the modules whose work is of no use here, and takes that function out of each as it is loaded."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path, target) if name in _IDLE else None
        if spec is None or spec.loader is None:
            return None
        run = spec.loader.exec_module

        def run_and_silence(loaded: ModuleType) -> None:
            run(loaded)
            owner, _, function = _IDLE[name].rpartition(".")
            holder = getattr(loaded, owner, None) if owner else loaded
            if hasattr(holder, function):
                setattr(holder, function, lambda *_args, **_kwargs: None)

        spec.loader.exec_module = run_and_silence  # type: ignore[method-assign,assignment]
        return spec


@contextmanager
def _made_idle() -> Iterator[None]:
    finder = _Idling()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
