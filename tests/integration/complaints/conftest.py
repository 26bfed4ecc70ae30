from tests.integration.hub.conftest import configuration, hub, post

__all__ = ("configuration", "hub", "post")
