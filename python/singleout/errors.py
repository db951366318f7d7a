"""What can go wrong, in words that name the place and the remedy and never a value."""


class SingleoutError(Exception):
    """Base of every error that this package raises on purpose."""


class InputError(SingleoutError, ValueError):
    """The input cannot be measured as it is; the message says where and what to do."""


class PolicyError(InputError):
    """The policy cannot be used; the message says which file, line and key, and what to do."""
