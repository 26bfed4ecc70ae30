"""The benches: one module each, with a `run` that yields figures. `scripts/bench` runs them."""
