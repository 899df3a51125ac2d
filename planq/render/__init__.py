"""Writers: records and nodes in, text out. Only `term` knows Rich."""
