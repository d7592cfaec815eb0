"""The commands: one module a group, imported only when its command is called."""
