"""Report documents: frozen values in, the bytes of a PDF out."""
