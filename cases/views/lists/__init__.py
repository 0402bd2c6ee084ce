"""Lists as asked for in a request: what a page shows and its workbook holds."""
