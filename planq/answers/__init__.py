"""What the commonest questions answer, strings in and a Result out, one module a command.

Nothing here knows Click, so that the plainest questions are answered without loading it (quick.py).
"""
