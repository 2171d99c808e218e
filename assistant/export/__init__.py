"""Word and Excel files: the report in the official layout, the annotated copy."""
