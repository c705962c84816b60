"""Which fields of acts and pages say what a document is about, and are sealed in a sealed room.

Numbers, days, marks, names of people and units, and the ledger's own words stay as they are: the
book is found, folded and checked by them. What an officer writes in his own words is content.
"""

from typing import Final

__all__ = ["CONTENT", "PLAIN_ACTS", "PLAIN_TABLES", "is_content"]

CONTENT: Final = frozenset(
    [
        # of a document
        *("title", "alias", "doc_no", "issuer", "basis", "distribution", "attachments"),
        # of work with documents
        *("drafts", "waste", "purpose", "range", "remark", "topics", "decisions", "project"),
        *("undertaking", "what", "file", "instruction", "content", "details", "consulted"),
        # of questions, opinions and reviews
        *("queried", "answer", "opinion", "review_opinion", "approval_opinion", "excuse"),
        *("suggestions", "premises", "facilities", "problems", "result", "violations"),
        # of what went wrong
        *(
            "circumstances",
            "course",
            "harm",
            "measures",
            "remedies",
            "corrections",
            "handling",
            "fault",
        ),
        *("outcome", "penalty", "ground", "settled", "void"),
        # of a count, and of an import
        *("abandoned", "waits"),
        # of every act, and what the rules said of it
        *("note", "happened", "reason", "ended", "fact", "facts"),
    ]
)
"""The names of fields that are content wherever they stand, but for the acts and tables below."""

PLAIN_ACTS: Final = frozenset(
    [
        "operator_added",
        "roles_granted",
        "operator_removed",
        "operator_unlocked",
        "credential_set",
        "signed_in",
        "sign_in_failed",
        "viewed",
        "content_key_given",
        "content_key_written",
        "backed_up",
    ]
)
"""Acts that say nothing of documents, and may be written by those who hold no key."""

PLAIN_TABLES: Final = frozenset(["operators", "backups"])
"""The tables those acts write."""

_HERE: Final = frozenset({("queried", "about"), ("queries", "about")})
"""Fields that are content in one act or table and name a piece of recurring work in others."""
_PLAIN_PARTS: Final = frozenset({"custody", "numbering"})
"""Parts of a page in which every text is the ledger's own, or a place."""


def is_content(name: str, kind: str) -> bool:
    """Whether a text under this name is content; ``kind`` is its act, its table or part of a page."""
    return (name in CONTENT and kind not in _PLAIN_PARTS) or (kind, name) in _HERE
