"""Lists as data: what a page and its workbook show of each row, and the rows where both are made from the same."""
