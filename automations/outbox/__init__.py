"""The outbox: what a partner may be told, on whose agreement, when it goes, and how it is called back."""
