"""Lists to choose from whose entries the store knows."""

from __future__ import annotations

import gradio as gr


def outlives_restart(dropdown: gr.Dropdown) -> gr.Dropdown:
    """The dropdown, taking any value while this service has not filled its list.

    The library refuses a value that is not in the list as it was last sent to this page; after a restart of
    the service an open page would get nothing but refusals. Whoever handles the value asks the store for it.
    """
    dropdown.preprocess = lambda payload: payload  # type: ignore[method-assign]
    return dropdown
