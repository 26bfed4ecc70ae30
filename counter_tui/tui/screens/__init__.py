"""One question a screen: who is this, what stands against, what do I do now."""
