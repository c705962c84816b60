"""The screens of those who may not see the whole register: what they decide, and nothing else."""

from tui.app import Baomi

__all__ = ["Deciding"]


class Deciding(Baomi):
    """The program for an approver, a witness or an administrator: requests."""

    DEFAULT_MODE = "requests"
