"""The log form: `opening` it, `answering` what it sends, `saving` it, `drafts` of it meanwhile.

What is in it comes from `grid` (or the text itself), `reading` and `session`; `showing` draws it.
"""
