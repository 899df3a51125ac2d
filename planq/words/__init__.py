"""Words: where jieba cuts them, and the terms it is to keep whole."""
