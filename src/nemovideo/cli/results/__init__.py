"""What commands print: each result in words and as the document of CLI.md."""
