"""Painters: domain values and a size in, lines of `textual.content.Content` out. Pure; nothing here knows a widget."""
