"""The windows and answers about what a brand keeps."""
