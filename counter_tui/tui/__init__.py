"""The screens: they draw what the workstation tells, and pass on what a person asks. The only room with Textual."""
