"""Office files as they lie on disk: packages, Word text in reading order, LibreOffice as a converter.

Both the readers (`assistant.retrieval`) and the writers (`assistant.export`) stand on this, so that an offset
into a document's text and the run it came from can never disagree.
"""
