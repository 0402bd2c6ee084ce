"""Official lists as CSV, loaded into tables by commands and never read at run time; no code lives here.

units.csv: provinces, districts and communes of the former Đắk Nông with their successors since 1 July 2025, and the
homonym xã Krông Nô in Đắk Lắk. Facts of the statistics office's code list and its old-to-new conversion table, taken
from the public package vietnam-provinces 2026.9.0. A valid_from of 2004-01-01, the founding of Đắk Nông, means "as far
back as this list reaches". successors are the units that stood in its place the day after valid_to; "~" marks one that
took only a part. The cluster 68-C01 is an informal grouping for reviewing and bears no official code.

holidays.csv: the days off of public offices from 2024 to 2027, Tết and substituted days included, each with its source
and certainty (V the text, S press or official summary, M not announced yet: to be brought up to date each year).
"""
