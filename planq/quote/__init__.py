"""Quoting a plan: citations, the passage some words come from, and the check of a draft.

verify.py    a draft → report.py, one verdict a quotation
  draft.py     files and pipes → the draft's text, and back
  extract.py   the draft's quotations; markup.py, what Markdown prints
  claims.py    the addresses and pages a draft names; beside.py, for which quotation
  verdict.py   exact, folded, near, misattributed, absent
  passages.py  the plan as one line of text; locate.py, align.py, edges.py, diff.py: what is like what
fix.py       a corrected copy of a draft
cite.py      references and pinpoints; styles.py, how each style writes them
"""
