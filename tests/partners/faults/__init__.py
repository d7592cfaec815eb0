"""The fault run: real partners that fail in every way, a runner that is killed, and an account of what arrived."""
