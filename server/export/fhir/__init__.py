"""A summary as a FHIR R4 document: a Composition and what stands behind it, for programs of a clinic.

The figures are those of the summary, and none is computed again. A *resource* is one thing as FHIR writes it; what a
section says for people to read is its *narrative*. What one's own document says beyond a reader's are *details*.
"""
