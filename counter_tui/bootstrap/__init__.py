"""The only room where concrete parts are wired together."""
