"""What stands before the text: title block, issuers and the printed contents."""
