"""The parts of the screens: panes that are filled again and again, and the lines around them."""
