"""The counter that the frame's tests start."""

from tests.screens.frame.conftest import start

__all__ = ["start"]
