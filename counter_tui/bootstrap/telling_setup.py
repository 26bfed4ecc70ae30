"""What the agencies' tellings are made by at a post: its agreement, the law of joint decisions, its allowance."""

from collections.abc import Callable
from datetime import datetime

from ..domain.posts import Post
from ..settings import load_law
from ..settings_allowance import load_allowance_terms
from ..settings_sharing import load_sharing
from ..single_window.telling import Setup


def telling_setup(post: Post, now: Callable[[], datetime], *, training: bool) -> Setup:
    """The setup; `now` is aware. Raises ConfigError."""
    return Setup(
        post.id,
        training,
        load_sharing(demo=training),
        now,
        country=post.country,
        law=load_law(demo=training),
        currency=load_allowance_terms().currency,
    )
