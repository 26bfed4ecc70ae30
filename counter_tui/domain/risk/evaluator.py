"""The evaluator of the Common Expression Language: the compiled part of the package `cel`, and nothing beside it.

Importing the package the usual way also imports a command line of its own: half a second, for nothing here.
"""

import sys
from functools import cache
from types import ModuleType


@cache
def evaluator() -> ModuleType:
    """The module with `compile` and `Context`; some 10 ms the first time. ImportError where there is none."""
    from importlib.machinery import PathFinder
    from importlib.util import module_from_spec

    package = PathFinder.find_spec("cel")
    inner = PathFinder.find_spec("cel.cel", package.submodule_search_locations) if package else None
    if inner is None or inner.loader is None:
        raise ImportError("cel")
    known = sys.modules.get(inner.name)
    if known is not None:
        return known
    module = module_from_spec(inner)
    inner.loader.exec_module(module)
    sys.modules[inner.name] = module  # it may be loaded once only; an import of the package finds it here
    return module
