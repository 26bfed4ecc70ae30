"""`python -m counter_tui` is `counter`."""

import sys

from .cli import main

sys.exit(main())
