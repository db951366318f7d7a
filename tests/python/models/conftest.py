"""Speed is never asserted here, by hypothesis neither."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
