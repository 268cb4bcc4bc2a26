"""Documents of offices: PDF, DOCX, RTF."""
