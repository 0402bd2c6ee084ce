"""A table or a letter as a file: workbook and document. Nothing is counted here."""
