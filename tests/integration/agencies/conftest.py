from tests.integration.hub.conftest import configuration, post

__all__ = ["configuration", "post"]
