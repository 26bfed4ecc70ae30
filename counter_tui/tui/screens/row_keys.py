"""The arrows of a screen with a list: they go through its rows, whatever has the keys."""

from ..widgets.rows import Rows


class RowKeys:
    """For a screen that has `_rows`."""

    _rows: Rows

    def do_up(self) -> None:
        """One row up."""
        self._rows.action_move(-1)

    def do_down(self) -> None:
        """One row down."""
        self._rows.action_move(1)
