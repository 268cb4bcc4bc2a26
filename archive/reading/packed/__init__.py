"""Files within files: ZIP, TAR, GZIP, BZIP2."""
