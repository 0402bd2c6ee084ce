"""Official lists as CSV, loaded into tables by commands and never read at run time; no code lives here.

units.csv: the ministry that reviews the whole country (its code is this list's own), the 34 provinces and 3,321
communes in force since 1 July 2025, the 63 provinces, 696 districts and 10,033 communes before, and who followed
whom. Facts of the statistics office's code list and its old-to-new conversion table, taken once from the public
package vietnam-provinces 2026.9.0, which nothing here needs to run. A valid_from of 2004-01-01 means "as far back as
this list reaches". successors are the units that stood in its place the day after valid_to; "~" marks one that took
only a part. Where the conversion table says "in part" but names one successor, it counts as whole. Ten communes of
Mộc Châu and Hồ Chí Minh City stand in the conversion table with codes that the code list lacks; their names are those
of the resolutions of the end of 2024. Tiền Giang is followed by Đồng Tháp alone. Communes that the conversion table
does not know, merged shortly before, stand in former_units.csv.

former_units.csv: communes and districts that ended before the lists of 2025 and whose codes registers since 2018 still
carry, each with its source: the statistics office's lists of 25/02/2020, 03/02/2021, 07/05/2023 and 04/01/2025 (public
package vietnam-provinces 0.2, 0.3.0, 0.5.0, 0.6.0); who followed them by name: the list of former names in the public
package vietnamadminunits 1.0.4. All of it is unverified (M): valid_to is the last day on which the unit can have stood
by those lists, and of a divided unit the one successor named stands for the whole. Eighteen codes whose successor
was not found are left out.

unit_changes.csv: units that got another name since 1 July 2025 under the code they have, each with the resolution; a
province carries its communes on below its new row. Read in the public data set
thanglequoc/vietnamese-provinces-database v5.2.0 and in the list of resolutions it repeats, not in the
resolutions themselves (S).

The cluster 68-C01 is an informal grouping for
reviewing and bears no official code.

holidays.csv: the days off of public offices from 2024 to 2027, Tết and substituted days included, and the Saturdays
that are worked instead; 24/11/2026 stands as a working day, since the Labour Code does not name it, and 24/11/2027
stands as off only if the Code is amended by then. Each with its
source and certainty (V the text, S press or official summary, M not announced yet: to be brought up to date each year).
"""
