"""登录、职责、审批、两人在场: who may write what, and what has to be signed by whom."""

from typing import Final

from ledger.rules.access import approving, keys, roles, signing

__all__ = ["ENTRY", "RULES", "WHO"]

ENTRY: Final = (*signing.ENTRY, *roles.ENTRY, *approving.ENTRY, *keys.ENTRY)
"""What holds for recording as well as for doing."""

WHO: Final = (*signing.ENTRY, roles.acts_keep_to_their_roles)
"""Those that ask who writes and what kind of act it is, and look at nothing the act says."""

RULES: Final = approving.RULES
