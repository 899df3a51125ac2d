"""Web pages: the tree of tags, the article in it, and its lines."""
