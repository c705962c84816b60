"""Texts that several papers of a file are copies of, and those the book has already."""

from attrs import evolve

from ledger.carrier import Document
from ledger.exchange.known import doc_no_key
from ledger.number import DocumentNo
from ledger.register.register import Register

__all__ = ["Texts", "text_key"]


def text_key(document: Document) -> object:
    """What must be the same for two papers of a file to be copies of one text."""
    if document.number:
        return document.number
    return evolve(document, doc_no=doc_no_key(document.doc_no)) if document.doc_no else None


class Texts:
    """The documents of a register, found by all that a file says of a text."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self._by_doc_no: dict[str, list[DocumentNo]] | None = None

    def kept(self, new: Document) -> DocumentNo | None:
        """The document in the book that says everything this one does."""
        numbers = [new.number] if new.number else self._numbers(new.doc_no)
        for number in numbers:
            document = self.register.documents.get(number)
            if document is not None and evolve(new, number=document.number) == document:
                return document.number
        return None

    def _numbers(self, doc_no: str) -> list[DocumentNo]:
        if not doc_no:
            return []
        if self._by_doc_no is None:
            self._by_doc_no = {}
            for document in self.register.documents.values():
                if document.doc_no:
                    key = doc_no_key(document.doc_no)
                    self._by_doc_no.setdefault(key, []).append(document.number)
        return self._by_doc_no.get(doc_no_key(doc_no), [])
